"""News of orders: told freely, by template, later or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connectors.whatsapp import notifier
from shop.bodies import Template
from storage.engine import now
from storage.models import Order, OrderNotice, UserProfile, WhatsappMessage

TEMPLATE = Template("order_news", "en")


@pytest.fixture
def order(session: Session) -> Order:
    """An order of Asha's, who wrote 25 hours ago; the kitchen has just finished it."""
    asha = UserProfile(whatsapp_phone="919800000001")
    asha.last_interaction = now(session) - timedelta(hours=25)
    session.add(asha)
    session.flush()
    order = Order(customer_id=asha.id, customer_phone=asha.whatsapp_phone)
    session.add(order)
    session.commit()
    order.status = "ready"
    session.commit()
    return order


def notice(session: Session) -> OrderNotice:
    session.expire_all()
    return session.scalars(select(OrderNotice)).one()


def queued(session: Session) -> list[WhatsappMessage]:
    return list(session.scalars(select(WhatsappMessage)))


def writes_now(session: Session) -> None:
    session.execute(update(UserProfile).values(last_interaction=now(session)))
    session.commit()


def test_without_a_template_it_is_held_until_the_customer_writes(
    session: Session, order: Order
) -> None:
    assert notifier.notify(None) == 0
    assert notice(session).state == "held"
    assert "24 hours" in str(notice(session).reason)
    assert notifier.notify(None) == 0
    session.commit()
    writes_now(session)
    assert notifier.notify(None) == 1
    assert [message.message_type for message in queued(session)] == ["text"]
    assert notifier.notify(None) == 0


def test_with_a_template_it_goes_out_at_once(session: Session, order: Order) -> None:
    assert notifier.notify(TEMPLATE) == 1
    [message] = queued(session)
    parameters = message.payload["template"]["components"][0]["parameters"]
    assert parameters[0]["text"] == order.order_id
    assert "ready" in parameters[1]["text"]


def test_who_said_stop_hears_nothing(session: Session, order: Order) -> None:
    session.execute(update(UserProfile).values(subscription="unsubscribed"))
    session.commit()
    assert notifier.notify(TEMPLATE) == 0
    assert notice(session).state == "dropped"
    assert queued(session) == []


def test_news_that_is_old_by_now_is_dropped(session: Session, order: Order) -> None:
    writes_now(session)
    order.status = "delivered"
    session.commit()
    assert notifier.notify(None) == 1
    states = session.execute(select(OrderNotice.status, OrderNotice.state).order_by(OrderNotice.id))
    assert [tuple(row) for row in states] == [("ready", "dropped"), ("delivered", "queued")]


def test_news_in_the_customers_language(session: Session, order: Order) -> None:
    session.execute(update(UserProfile).values(language="hi"))
    writes_now(session)
    assert notifier.notify(None) == 1
    assert "तैयार" in str(queued(session)[0].content)
