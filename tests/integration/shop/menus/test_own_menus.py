"""docs/menus.md keeps its word: its SQL and its programs run as they stand there."""

import re

from sqlalchemy.orm import Session

from emulator.checks.interactive import check_interactive
from emulator.fields import Node
from settings import ROOT
from shop.menus import cache, reports, shown
from storage.models import WhatsappMessage
from tests.integration.customers import store_customer


def examples(language: str) -> list[str]:
    page = (ROOT / "docs/menus.md").read_text()
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def test_the_menu_of_the_page_is_shown(session: Session) -> None:
    [insert] = examples("sql")
    session.connection().exec_driver_sql(insert)
    session.commit()
    cache.menus_cache(session).refresh()
    assert shown.render_menu(session, "offers")
    assert reports.reported_problems(session) == []


def test_a_program_queues_a_menu_of_its_own(session: Session) -> None:
    customer = store_customer(session, "919876500001")
    exec(examples("python")[1], {"customer_id": customer.id})
    [queued] = session.query(WhatsappMessage)
    assert (queued.status, queued.direction, queued.customer_id) == (
        "queued",
        "outgoing",
        customer.id,
    )
    assert queued.payload["type"] == "interactive"
    check_interactive(Node(queued.payload["interactive"], "interactive"))


def test_an_action_says_a_menu_of_its_own() -> None:
    said = []

    class Turn:
        class dispatcher:
            @staticmethod
            def utter_message(json_message: dict) -> None:
                said.append(json_message["interactive"])

    exec(examples("python")[0], {"turn": Turn})
    check_interactive(Node(said[0], "interactive"))
