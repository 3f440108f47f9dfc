"""The shop's settings are read once a transaction, and again by the next one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.new_order import NewOrder
from shop.opening.reading import read_settings, read_settings_locked, read_settings_to_change
from storage import engine as database
from tests.integration.conversation import Conversation
from tests.integration.shop.orders.trading import settle

BOTH = {"fulfilment": ["pickup", "delivery"], "order_ahead_days": 2}


@pytest.fixture
def readings(session: Session) -> Iterator[list[str]]:
    """The statements that have read the settings."""
    seen: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        if "FROM shop_settings" in statement:
            seen.append(statement)

    event.listen(database.engine(), "before_cursor_execute", note)
    yield seen
    event.remove(database.engine(), "before_cursor_execute", note)


def test_once_a_transaction(session: Session, readings: list[str]) -> None:
    first = read_settings(session)
    assert read_settings(session) is first
    assert len(readings) == 1
    with database.session() as other:
        read_settings_to_change(other).busy_minutes = 20
    assert read_settings(session).busy_minutes == 0
    session.rollback()
    assert read_settings(session).busy_minutes == 20


def test_a_placing_reads_them_again(session: Session) -> None:
    assert read_settings(session).busy_minutes == 0
    with database.session() as other:
        settle(other, busy_minutes=20)
    assert read_settings_locked(session).busy_minutes == 20
    assert read_settings(session).busy_minutes == 20


def test_what_this_transaction_changed_is_known(session: Session) -> None:
    read_settings(session)
    read_settings_to_change(session).busy_minutes = 20
    assert read_settings(session).busy_minutes == 20
    session.rollback()
    assert read_settings(session).busy_minutes == 0


def test_an_ordering_turn_reads_them_once(session: Session, readings: list[str]) -> None:
    settle(session, **BOTH)
    session.commit()
    talk = Conversation()
    readings.clear()
    talk.types("2 coffees, pickup", NewOrder(), intent="new_order")
    assert len(readings) == 1
    readings.clear()
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    assert list(talk.said) == ["utter_order_confirmed"]
    [locking] = readings
    assert "FOR SHARE" in locking
