"""News of orders: told freely, by template, later or not at all."""

import asyncio
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from connectors.whatsapp.send import notifier
from console.orders import history
from shop.orders import news, order_status
from shop.whatsapp import notice_templates
from shop.whatsapp.bodies import Template
from storage.engine import database_url, now
from storage.models import Order, OrderNotice, UserProfile, WhatsappMessage
from storage.models.orders import OrderStatus
from whatsapp_account.templates import MetaTemplate

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
    assert notifier.notify_customers(None) == 0
    assert notice(session).state == "held"
    assert "24 hours" in str(notice(session).reason)
    assert notifier.notify_customers(None) == 0
    session.commit()
    writes_now(session)
    assert notifier.notify_customers(None) == 1
    assert [message.message_type for message in queued(session)] == ["text"]
    assert notifier.notify_customers(None) == 0


@pytest.mark.parametrize(
    ("status", "way", "words"),
    [
        ("ready", "pickup", "🔔 Asha, your order is ready to collect!"),
        ("ready", "delivery", "🔔 Asha, your order is ready and will be on its way soon!"),
        ("ready", "dine_in", "🔔 Asha, your order is ready!"),
        ("delivered", "pickup", "your order is complete. Thank you for ordering from Chai Corner!"),
        ("delivered", "delivery", "your order has been delivered. Thank you for ordering from"),
    ],
)
def test_the_words_fit_the_way_that_the_order_is_got(
    session: Session, order: Order, status: OrderStatus, way: str, words: str
) -> None:
    session.execute(update(UserProfile).values(display_name="Asha Verma 🌸"))
    order.fulfilment, order.status = way, status
    session.execute(delete(OrderNotice))
    news.begin_news(session, order, undo=timedelta(0))
    writes_now(session)
    assert notifier.notify_customers(None) == 1
    [message] = queued(session)
    assert words in str(message.content)
    assert str(message.content).endswith(f"Order ID: {order.order_id}")


def test_with_a_template_it_goes_out_at_once(session: Session, order: Order) -> None:
    assert notifier.notify_customers(TEMPLATE) == 1
    [message] = queued(session)
    parameters = message.payload["template"]["components"][0]["parameters"]
    assert parameters[0]["text"] == order.order_id
    assert "ready" in parameters[1]["text"]


def test_a_template_that_would_be_refused_is_never_sent(session: Session, order: Order) -> None:
    """Error 132000 is found here; approved again, or replaced, the news that waits goes out."""
    listed = MetaTemplate("order_news", "en", "APPROVED", "UTILITY", "{{1}}", 1, True)
    notice_templates.store_templates(session, [listed])
    session.commit()
    assert notifier.notify_customers(TEMPLATE) == 0
    assert (notice(session).state, queued(session)) == ("held", [])
    assert "it wants 1 values" in str(notice(session).reason)
    fitting = MetaTemplate("ours", "en", "APPROVED", "UTILITY", "{{1}} {{2}}", 2, True)
    notice_templates.store_templates(session, [listed, fitting])
    notice_templates.set_choice(session, "order_news", "ours")
    session.commit()
    assert notifier.notify_customers(TEMPLATE) == 1
    assert queued(session)[0].payload["template"]["name"] == "ours"


def test_an_acceptance_has_a_template_of_its_own(session: Session, confirmed: Order) -> None:
    session.execute(update(UserProfile).values(last_interaction=None))
    fitting = MetaTemplate("accepted", "en", "APPROVED", "UTILITY", "{{1}} {{2}}", 2, True)
    notice_templates.store_templates(session, [fitting])
    notice_templates.set_choice(session, "acceptance", "accepted")
    a_while_passes(session)
    assert notifier.notify_customers(TEMPLATE) == 1
    assert queued(session)[0].payload["template"]["name"] == "accepted"


def test_who_said_stop_hears_nothing(session: Session, order: Order) -> None:
    session.execute(update(UserProfile).values(subscription="unsubscribed"))
    session.commit()
    assert notifier.notify_customers(TEMPLATE) == 0
    assert notice(session).state == "dropped"
    assert queued(session) == []


def test_news_that_is_old_by_now_is_dropped(session: Session, order: Order) -> None:
    writes_now(session)
    order.status = "delivered"
    session.commit()
    assert notifier.notify_customers(None) == 1
    states = session.execute(select(OrderNotice.status, OrderNotice.state).order_by(OrderNotice.id))
    assert [tuple(row) for row in states] == [("ready", "dropped"), ("delivered", "queued")]


def test_news_in_the_customers_language(session: Session, order: Order) -> None:
    session.execute(update(UserProfile).values(language="hi"))
    writes_now(session)
    assert notifier.notify_customers(None) == 1
    assert "तैयार" in str(queued(session)[0].content)


@pytest.fixture
def confirmed(session: Session, order: Order) -> Order:
    """Ravi has just confirmed the order in the console, and its customer listens."""
    session.execute(delete(OrderNotice))
    order.status = "pending"
    session.commit()
    session.execute(delete(OrderNotice))
    writes_now(session)
    moves(session, order, "confirmed")
    return order


def moves(session: Session, order: Order, status: OrderStatus) -> None:
    order_status.move_order(session, order, status)
    session.commit()


def a_while_passes(session: Session) -> None:
    session.execute(update(OrderNotice).values(not_before=now(session)))
    session.commit()


def test_what_staff_did_is_told_once_it_cannot_be_undone(
    session: Session, confirmed: Order
) -> None:
    assert notifier.notify_customers(None) == 0
    a_while_passes(session)
    assert notifier.notify_customers(None) == 1


def test_of_what_was_undone_the_customer_hears_nothing(session: Session, confirmed: Order) -> None:
    moves(session, confirmed, "pending")
    a_while_passes(session)
    assert notifier.notify_customers(None) == 0
    assert queued(session) == []
    assert history.undelivered_notices(session, {confirmed.order_id: confirmed.status}) == {}


def test_done_undone_and_done_again_is_told_once(session: Session, confirmed: Order) -> None:
    moves(session, confirmed, "pending")
    moves(session, confirmed, "confirmed")
    a_while_passes(session)
    assert notifier.notify_customers(None) == 1
    assert notifier.notify_customers(None) == 0


def test_what_was_told_is_taken_back_aloud(session: Session, confirmed: Order) -> None:
    a_while_passes(session)
    assert notifier.notify_customers(None) == 1
    moves(session, confirmed, "pending")
    a_while_passes(session)
    assert notifier.notify_customers(None) == 1


def next_due(session: Session) -> float | None:
    async def ask() -> float | None:
        url = database_url()
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            return await notifier.next_due(connection)

    return asyncio.run(ask())


def test_it_is_known_when_the_next_notice_is_due(session: Session, confirmed: Order) -> None:
    seconds = next_due(session)
    assert seconds is not None
    assert 0 < seconds <= 8
    a_while_passes(session)
    due = next_due(session)
    assert due is not None
    assert due <= 0
    assert notifier.notify_customers(None) == 1
    assert next_due(session) is None


def test_a_held_notice_is_due_when_its_customer_writes(session: Session, order: Order) -> None:
    assert notifier.notify_customers(None) == 0
    session.commit()
    assert next_due(session) is None
    writes_now(session)
    due = next_due(session)
    assert due is not None
    assert due <= 0
