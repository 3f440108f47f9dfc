"""A customer and staff who change one order at the same moment, and where its news begin."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from actions.cancel_order import CancelOrder
from shop.orders import news
from shop.orders.changing import NotPending, lock_pending, note_wish
from shop.orders.order_status import (
    NoWay,
    cancel_order,
    cancel_unaccepted,
    move_order,
)
from storage.engine import session as transaction
from storage.models import Order, OrderNotice
from tests.integration.customers import add_customer

NUMBER = "ORD-48213"
Result = TypeVar("Result")


@pytest.fixture
def order(session: Session) -> Order:
    asha = add_customer(session)
    placed = Order(order_id=NUMBER, customer_id=asha.id, notes={"": "less sugar"})
    session.add(placed)
    session.commit()
    return placed


def meanwhile(session: Session, change: Callable[[], Any], attempt: Callable[[], Result]) -> Result:
    """Runs `attempt` on another connection while `change`, made in `session`, is not committed."""
    change()
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(attempt)
        wait_for_lock(session, waiting)
        session.commit()
        return waiting.result(60)


def wait_for_lock(session: Session, attempt: Future[Any]) -> None:
    """Waits until the other connection waits for the row."""
    waits = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
        "OR database IS NULL WHERE datname = current_database() AND NOT granted"
    )
    deadline = time.monotonic() + 60
    while not session.scalar(waits):
        assert not attempt.done(), "the other connection did not wait for the row"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def in_turn(act: Callable[[Session, Order], Result]) -> Callable[[], Result]:
    """What a customer's turn does with the order that it found before."""

    def run() -> Result:
        with transaction() as opened:
            return act(opened, opened.get_one(Order, NUMBER))

    return run


def add_note(session: Session, order: Order, words: str) -> bool:
    """Notes a wish as a customer's turn does; False when it is too late."""
    try:
        lock_pending(session, order)
    except NotPending:
        return False
    note_wish(session, order, words)
    return True


def state_of(engine: Engine) -> tuple[str, Any]:
    with Session(engine) as opened:
        found = opened.get_one(Order, NUMBER)
        return found.status, found.notes


def test_a_cancel_does_not_overwrite_a_confirmation(
    session: Session, engine: Engine, order: Order
) -> None:
    cancelled = meanwhile(
        session, lambda: move_order(session, order, "confirmed"), in_turn(cancel_order)
    )
    assert not cancelled
    assert state_of(engine)[0] == "confirmed"


def test_a_confirmation_does_not_overwrite_a_cancel(
    session: Session, engine: Engine, order: Order
) -> None:
    with pytest.raises(NoWay):
        meanwhile(
            session,
            lambda: cancel_order(session, order),
            in_turn(lambda opened, found: move_order(opened, found, "confirmed")),
        )
    assert state_of(engine)[0] == "cancelled"


def test_the_customer_is_told_that_it_is_too_late(
    session: Session, engine: Engine, order: Order
) -> None:
    dispatcher = CollectingDispatcher()

    def cancels() -> None:
        slots = {"step": "cancelling", "order_id": NUMBER}
        latest = {"text": "/cancel_order", "intent": {"name": "cancel_order"}, "message_id": "w.1"}
        events = [{"event": "session_started", "timestamp": 1.0}]
        tracker = Tracker(str(order.customer_id), slots, latest, events, False, None, {}, None)
        CancelOrder()._run(dispatcher, tracker)

    meanwhile(session, lambda: move_order(session, order, "confirmed"), cancels)
    assert [said["response"] for said in dispatcher.messages] == ["utter_cannot_cancel"]
    assert state_of(engine)[0] == "confirmed"


def test_a_note_is_not_added_once_the_kitchen_has_begun(
    session: Session, engine: Engine, order: Order
) -> None:
    is_added = meanwhile(
        session,
        lambda: move_order(session, order, "confirmed"),
        in_turn(lambda opened, found: add_note(opened, found, "no milk")),
    )
    assert not is_added
    assert state_of(engine) == ("confirmed", {"": "less sugar"})


def test_two_notes_at_once_are_both_kept(session: Session, engine: Engine, order: Order) -> None:
    def add_first() -> None:
        add_note(session, order, "no milk")
        session.flush()

    assert meanwhile(
        session,
        add_first,
        in_turn(lambda opened, found: add_note(opened, found, "very hot")),
    )
    assert state_of(engine)[1] == {"": "less sugar; no milk; very hot"}


def notices(session: Session) -> list[tuple[str, timedelta]]:
    """The status of each notice, and how long it is kept back."""
    kept_back = OrderNotice.not_before - func.now()
    rows = session.execute(select(OrderNotice.status, kept_back).order_by(OrderNotice.id))
    return [(status, left) for status, left in rows]


def test_a_move_in_the_console_begins_its_news_itself(session: Session, order: Order) -> None:
    move_order(session, order, "confirmed")
    assert notices(session) == [("confirmed", news.UNDO)]
    session.rollback()
    session.execute(text("ALTER TABLE orders DISABLE TRIGGER order_moved_by_sql"))
    move_order(session, order, "confirmed")
    assert notices(session) == [("confirmed", news.UNDO)]


def test_a_cancel_by_the_customer_begins_none(session: Session, order: Order) -> None:
    assert cancel_order(session, order)
    assert notices(session) == []


def test_a_change_by_sql_begins_news_at_once(session: Session, order: Order) -> None:
    # Also behind a move in the same transaction.
    move_order(session, order, "confirmed")
    session.execute(text("UPDATE orders SET status = 'ready'"))
    session.execute(text("UPDATE orders SET notes = NULL"))
    assert notices(session) == [("confirmed", news.UNDO), ("ready", timedelta(0))]


def test_what_nobody_accepted_is_told_at_once(session: Session, order: Order) -> None:
    cancel_unaccepted(session, order, news.UNACCEPTED)
    assert (order.status, order.cancel_reason) == ("cancelled", news.UNACCEPTED)
    assert notices(session) == [("cancelled", timedelta(0))]
