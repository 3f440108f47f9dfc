"""The question about what ran out: with taps, by template, held, or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connectors.whatsapp.send import notifier
from shop.carts.lines import RequestedLine
from shop.orders.placing import place_order
from shop.orders.shortages import answering, marking
from shop.whatsapp.bodies import Template
from storage.engine import now
from storage.models import Order, OrderNotice, Shortage, UserProfile, WhatsappMessage
from tests.integration.shop.orders.trading import cart_of, somebody

TEMPLATE = Template("order_news", "en")


@pytest.fixture
def order(session: Session) -> Order:
    """Two coffees and a samosa of Asha's, who has just written."""
    asha = somebody(session)
    asha.last_interaction = now(session)
    lines = [RequestedLine("coffee", 2), RequestedLine("samosa", 1)]
    placed = place_order(session, asha, cart_of(session, *lines), "wamid.1")
    session.commit()
    return placed


def marks(session: Session, order: Order, *offered: str) -> Shortage:
    shortage = marking.mark_short(session, order, "coffee", list(offered) or None)
    session.commit()
    return shortage


def told(session: Session, template: Template | None = None) -> int:
    """How many messages are queued once nothing can be undone any more."""
    session.execute(update(OrderNotice).values(not_before=now(session)))
    session.commit()
    return notifier.notify_customers(template)


def said(session: Session) -> list[dict[str, Any]]:
    session.rollback()
    query = select(WhatsappMessage).order_by(WhatsappMessage.id)
    return [message.payload for message in session.scalars(query)]


def wrote(session: Session, hours: int) -> None:
    session.execute(
        update(UserProfile).values(last_interaction=now(session) - timedelta(hours=hours))
    )
    session.commit()


def notice(session: Session) -> OrderNotice:
    session.expire_all()
    return session.scalars(select(OrderNotice).order_by(OrderNotice.id.desc()).limit(1)).one()


def test_one_offer_makes_three_buttons(session: Session, order: Order) -> None:
    shortage = marks(session, order, "tea")
    assert notifier.notify_customers(None) == 0, "it can be taken back unseen"
    assert told(session) == 1
    [body] = said(session)
    shown = body["interactive"]
    assert shown["type"] == "button"
    assert [button["reply"] for button in shown["action"]["buttons"]] == [
        {"id": f"shortage:{shortage.id}:without", "title": "Without it"},
        {"id": f"shortage:{shortage.id}:swap1", "title": "Swap for Tea"},
        {"id": f"shortage:{shortage.id}:cancel", "title": "Cancel order"},
    ]
    words = shown["body"]["text"]
    assert order.order_id in words
    assert "Coffee × 2" in words
    assert "Tea × 2 instead: ₹80 less" in words
    assert "Without it: ₹40 in all" in words


def test_two_offers_make_a_list(session: Session, order: Order) -> None:
    marks(session, order)
    assert told(session) == 1
    [body] = said(session)
    [section] = body["interactive"]["action"]["sections"]
    assert section["title"] == order.order_id
    assert [(row["title"], row["description"]) for row in section["rows"]] == [
        ("Without it", "₹40 in all"),
        ("Swap for Juice", "₹60 less, ₹220 in all"),
        ("Swap for Tea", "₹80 less, ₹200 in all"),
        ("Cancel order", "You pay nothing"),
    ]


def test_it_speaks_the_customers_language(session: Session, order: Order) -> None:
    session.execute(update(UserProfile).values(language="hi"))
    marks(session, order)
    assert told(session) == 1
    assert "ख़त्म" in said(session)[0]["interactive"]["body"]["text"]


def test_outside_the_window_the_template_goes_first(session: Session, order: Order) -> None:
    wrote(session, 25)
    marks(session, order)
    assert told(session, TEMPLATE) == 1
    [body] = said(session)
    assert "Coffee × 2" in body["template"]["components"][0]["parameters"][1]["text"]
    assert (notice(session).state, notice(session).reason) == ("held", marking.BY_TEMPLATE)
    assert told(session, TEMPLATE) == 0
    wrote(session, 0)
    assert told(session, TEMPLATE) == 1
    assert said(session)[1]["type"] == "interactive"
    assert told(session, TEMPLATE) == 0


def test_without_a_template_it_is_held(session: Session, order: Order) -> None:
    wrote(session, 25)
    marks(session, order)
    assert told(session) == 0
    assert notice(session).state == "held"
    wrote(session, 0)
    assert told(session) == 1


def test_who_said_stop_is_not_asked(session: Session, order: Order) -> None:
    session.execute(update(UserProfile).values(subscription="unsubscribed"))
    marks(session, order)
    assert told(session) == 0
    assert notice(session).state == "dropped"


def test_what_was_found_in_time_is_not_spoken_of(session: Session, order: Order) -> None:
    shortage = marks(session, order)
    marking.take_back_shortage(session, shortage, order)
    session.commit()
    assert told(session) == 0
    assert said(session) == []


def test_what_was_found_later_is_said_once(session: Session, order: Order) -> None:
    shortage = marks(session, order)
    assert told(session) == 1
    session.refresh(shortage)
    assert marking.take_back_shortage(session, shortage, order)
    assert not marking.take_back_shortage(session, shortage, order)
    session.commit()
    assert told(session) == 1
    assert told(session) == 0
    assert "do have Coffee × 2 after all" in said(session)[-1]["text"]["body"]


def test_what_was_answered_before_it_was_asked_is_dropped(session: Session, order: Order) -> None:
    shortage = marks(session, order)
    answering.leave_out(session, shortage, order)
    session.commit()
    assert told(session) == 0


def test_a_status_told_before_is_not_told_again(session: Session, order: Order) -> None:
    order.status = "ready"
    session.commit()
    assert told(session) == 1
    marks(session, order)
    assert told(session) == 1
    order.status = "preparing"
    session.commit()
    order.status = "ready"
    session.commit()
    assert told(session) == 0, "the customer knows that it is ready"
