"""The alarm phone is told once of what waits too long: freely, by template, or once it writes."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from connectors.whatsapp.send.alarms import raise_alarms
from shop.orders.alarms import held_alarms
from shop.orders.placing import place_order
from shop.support import tickets
from shop.whatsapp.bodies import Template
from storage import engine as database
from storage.models import Order, UserProfile
from tests.integration.shop.orders.trading import cart_of, close_the_day, settle, somebody

OWNER = "919811111111"
NEWS = Template("order_news", "en")


@pytest.fixture
def order(session: Session) -> Order:
    """An order that waits for eleven minutes, of a shop that accepts within ten."""
    settle(session, accepts_orders="by_staff", alarm_phone=f"+{OWNER}")
    placed = place_order(session, somebody(session), cart_of(session), "wamid.1")
    session.flush()
    ages(session, "orders", 11)
    return placed


@pytest.fixture
def owner(session: Session) -> UserProfile:
    """The owner has just written to the shop."""
    owner = somebody(session, OWNER)
    owner.last_interaction = database.now(session)
    session.commit()
    return owner


def ages(session: Session, table: str, minutes: int) -> None:
    session.execute(
        text(f"UPDATE {table} SET created_at = created_at - make_interval(mins => :minutes)"),
        {"minutes": minutes},
    )
    session.commit()


def told(session: Session) -> list[dict[str, str]]:
    """What is queued for the owner's phone."""
    session.rollback()
    query = """SELECT payload FROM whatsapp_messages JOIN user_profiles AS owner
        ON owner.id = customer_id WHERE whatsapp_phone = :owner ORDER BY whatsapp_messages.id"""
    return list(session.scalars(text(query), {"owner": OWNER}))


def test_an_order_that_nobody_accepts_is_told_once(
    session: Session, order: Order, owner: UserProfile
) -> None:
    assert raise_alarms(None) == 1
    assert raise_alarms(None) == 0
    [message] = told(session)
    assert message["text"]["body"] == (
        f"⏰ Order {order.order_id} has waited 11 minutes, and nobody has accepted it yet."
    )


def test_outside_the_window_it_goes_by_template_to_somebody_unknown(
    session: Session, order: Order
) -> None:
    assert raise_alarms(NEWS) == 1
    assert raise_alarms(NEWS) == 0
    [message] = told(session)
    assert message["template"]["name"] == "order_news"
    assert order.order_id in str(message["template"]["components"])


def test_without_a_template_it_is_held_until_the_phone_writes(
    session: Session, order: Order
) -> None:
    assert raise_alarms(None) == 0
    assert told(session) == []
    somebody(session, OWNER).last_interaction = database.now(session)
    session.commit()
    assert raise_alarms(None) == 1


@pytest.mark.parametrize("category", [tickets.PERSON, "supp_delivery"])
def test_a_person_who_waits_is_told(session: Session, owner: UserProfile, category: str) -> None:
    settle(session, alarm_phone=OWNER)
    ticket = tickets.open_ticket(session, somebody(session), category, "help", "wamid.7")
    session.commit()
    assert raise_alarms(None) == 0
    ages(session, "tickets", 12)
    assert raise_alarms(None) == 1
    assert raise_alarms(None) == 0
    [message] = told(session)
    assert message["text"]["body"] == (
        f"⏰ A customer has waited 12 minutes for an answer: ticket {ticket.ticket_id}."
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE shop_settings SET alarm_phone = NULL",
        "UPDATE shop_settings SET accept_within_minutes = 30",
        "UPDATE shop_settings SET accepts_orders = 'automatically'",
        "UPDATE shop_settings SET when_unaccepted = 'cancel'",
        "UPDATE orders SET status = 'confirmed'",
    ],
)
def test_nobody_is_alarmed_without_need(
    session: Session, order: Order, owner: UserProfile, change: str
) -> None:
    session.execute(text(change))
    session.commit()
    assert raise_alarms(None) == 0


def test_closed_hours_do_not_count(session: Session, order: Order, owner: UserProfile) -> None:
    close_the_day(session)
    session.commit()
    assert raise_alarms(None) == 0


def test_what_cannot_be_told_is_held_and_listed_for_the_console(
    session: Session, order: Order
) -> None:
    assert raise_alarms(None) == 0
    assert [alarm.number for alarm in held_alarms(session, None)] == [order.order_id]
    assert held_alarms(session, NEWS) == []


def test_nothing_is_held_while_the_alarm_phone_can_be_told(
    session: Session, order: Order, owner: UserProfile
) -> None:
    assert held_alarms(session, None) == []
