"""What is said of an order at a question about something else is said back above that question."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.choose_time import ChooseTime
from actions.edit_order import EditOrder
from actions.fulfilment import ChooseFulfilment, GiveAddress
from actions.new_order import NewOrder
from actions.turn import ShopAction
from storage.models import DeliveryZone
from tests.integration.conversation import Conversation
from tests.integration.shop.orders.trading import add_sizes, settle

WAYS = ["pickup", "delivery"]


@pytest.fixture
def talk(session: Session) -> Conversation:
    """A customer of a shop that delivers, takes orders ahead and asks for a coffee's size."""
    settle(session, fulfilment=WAYS, order_ahead_days=2)
    add_sizes(session, "coffee")
    session.commit()
    return Conversation()


SAID: list[tuple[str, str, ShopAction, str]] = [
    ("deliver to flat 4, 12 MG Road 560001", "give_address", GiveAddress(),
     "🛵 Delivery to flat 4, 12 MG Road 560001"),
    ("pickup please", "choose_fulfilment", ChooseFulfilment(), "🛍️ Pick up"),
    ("tomorrow at 6 pm", "choose_time", ChooseTime(), "🕒 tomorrow at 6 pm"),
    ("less sugar please", "edit_order", EditOrder(), "📝 less sugar"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "intent", "action", "noted"), SAID)
def test_it_is_said_above_the_question(
    talk: Conversation, words: str, intent: str, action: ShopAction, noted: str
) -> None:
    for ordered, step in (("coffee", "options_input"), ("tea", "quantity_input")):
        talk.slots = {}
        talk.types(ordered, NewOrder(), intent="new_order")
        assert "utter_noted_so_far" not in talk.said
        talk.types(words, action, intent=intent)
        assert talk.slots["step"] == step
        assert said_lines(talk) == [noted]
        talk.types("hmm", NewOrder(), intent="new_order")
        assert "utter_noted_so_far" not in talk.said  # Once.


def said_lines(talk: Conversation) -> list[str]:
    said: dict[str, Any] = talk.said["utter_noted_so_far"]
    lines: list[str] = said["lines"].split("\n")
    return lines


def test_a_wish_beside_an_address_is_noted(talk: Conversation) -> None:
    talk.types("tea", NewOrder(), intent="new_order")
    words = "deliver to flat 4, 12 MG Road 560001, leave it with the guard"
    talk.types(words, GiveAddress(), intent="give_address")
    assert said_lines(talk) == [
        "🛵 Delivery to flat 4, 12 MG Road 560001", "📝 leave it with the guard",
    ]  # fmt: skip


def test_everything_said_with_the_product_is_noted(talk: Conversation) -> None:
    talk.types(
        "coffee less sugar to flat 4, 12 MG Road 560001 tomorrow at 6 pm",
        NewOrder(),
        intent="new_order",
    )
    assert said_lines(talk) == [
        "🛵 Delivery to flat 4, 12 MG Road 560001", "🕒 tomorrow at 6 pm", "📝 less sugar",
    ]  # fmt: skip


def test_a_time_is_noted_where_the_way_is_asked(talk: Conversation) -> None:
    talk.types("2 teas tomorrow at 6 pm", NewOrder(), intent="new_order")
    assert talk.slots["step"] == "fulfilment_choice"
    assert said_lines(talk) == ["🕒 tomorrow at 6 pm"]


def test_nothing_is_noted_where_no_time_was_said(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    assert talk.slots["step"] == "fulfilment_choice"
    assert "utter_noted_so_far" not in talk.said
    talk.types("home delivery", ChooseFulfilment(), intent="choose_fulfilment")
    assert talk.slots["step"] == "address_input"
    assert "utter_noted_so_far" not in talk.said


def test_a_time_is_noted_where_the_address_is_asked(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types("home delivery", ChooseFulfilment(), intent="choose_fulfilment")
    talk.types("tomorrow 7 pm", ChooseTime(), intent="choose_time")
    assert talk.slots["step"] == "address_input"
    assert said_lines(talk) == ["🕒 tomorrow 7 pm"]
    talk.types("flat 4, 12 MG Road 560001", GiveAddress(), intent="give_address")
    assert talk.slots["step"] == "confirmation"
    assert talk.slots["terms"]["due_at"][11:16] in {"18:45", "19:00", "19:15"}


def test_what_the_shop_does_not_take_is_said_at_once(talk: Conversation, session: Session) -> None:
    settle(session, fulfilment=["pickup"], order_ahead_days=0)
    session.commit()
    talk.types("tea tomorrow at 6 pm", NewOrder(), intent="new_order")
    assert "utter_for_now_only" in talk.said
    talk.types("home delivery", ChooseFulfilment(), intent="choose_fulfilment")
    assert "utter_fulfilment_not_offered" in talk.said
    assert "utter_noted_so_far" not in talk.said
    assert talk.slots["terms"] is None


# Every question before the summary, and what leads there without saying anything to be noted.
NOTHING_TO_NOTE: list[tuple[dict[str, Any], list[tuple[str, str, ShopAction]], str]] = [
    ({}, [("2 teas", "new_order", NewOrder())], "fulfilment_choice"),
    ({}, [("2 teas", "new_order", NewOrder()),
          ("home delivery", "choose_fulfilment", ChooseFulfilment())], "address_input"),
    ({"zone": True}, [("2 teas", "new_order", NewOrder()),
          ("deliver to flat 4, 12 MG Road", "give_address", GiveAddress())], "address_input"),
    ({"fulfilment": ["dine_in"]}, [("2 teas", "new_order", NewOrder())], "table_input"),
]  # fmt: skip


@pytest.mark.parametrize("language", [None, "hi"])
@pytest.mark.parametrize(("shop", "messages", "step"), NOTHING_TO_NOTE)
def test_nothing_is_noted_where_nothing_was_said(
    session: Session,
    shop: dict[str, Any],
    messages: list[tuple[str, str, ShopAction]],
    step: str,
    language: str | None,
) -> None:
    settle(session, fulfilment=shop.get("fulfilment", WAYS), order_ahead_days=2)
    if shop.get("zone"):
        session.add(DeliveryZone(name="Near", postcodes=["560001"]))
    session.commit()
    talk = Conversation()
    talk.slots = {"language": language}
    for words, intent, action in messages:
        talk.types(words, action, intent=intent)
        assert "utter_noted_so_far" not in talk.said
    assert talk.slots["step"] == step


def test_where_nobody_delivers_is_said_at_once(talk: Conversation, session: Session) -> None:
    session.add(DeliveryZone(name="Near", postcodes=["560001"]))
    session.commit()
    talk.types("tea", NewOrder(), intent="new_order")
    talk.types("deliver to flat 4, 12 MG Road 560099", GiveAddress(), intent="give_address")
    assert talk.slots["step"] == "quantity_input"
    assert talk.said["utter_not_delivered_there"]["address"] == "flat 4, 12 MG Road 560099"
    assert "utter_pick_up_instead" in talk.said
    assert "utter_noted_so_far" not in talk.said
    talk.types("2 teas", NewOrder(), intent="new_order")
    assert talk.slots["step"] == "fulfilment_choice"  # Where it goes is open again.


@pytest.mark.parametrize("ordered", ["tea", "2 teas"])
def test_a_closed_time_is_said_at_once(talk: Conversation, session: Session, ordered: str) -> None:
    session.execute(
        text(
            "INSERT INTO opening_hours (weekday, opens, closes)"
            " SELECT day, '04:00', '02:00' FROM generate_series(1, 7) AS day"
        )
    )
    session.commit()
    talk.types(f"{ordered} tomorrow at 3 am", NewOrder(), intent="new_order")
    assert "utter_time_closed" in talk.said
    assert "utter_noted_so_far" not in talk.said
    assert talk.slots["terms"]["asks_time"]
    assert "said_time" not in talk.slots["terms"]


def test_paused_is_said_before_anything_is_asked(talk: Conversation, session: Session) -> None:
    settle(session, paused_until=datetime(9999, 1, 1, tzinfo=UTC))
    session.commit()
    talk.types("2 teas", NewOrder(), intent="new_order")
    assert {"utter_paused", "utter_kept_while_closed"} <= talk.said.keys()
    assert talk.slots.get("step") is None
