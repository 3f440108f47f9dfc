"""The switch writes what every process finds at its next look."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.opening import switch
from shop.opening.reading import read_schedule, read_settings
from shop.opening.state import busy_minutes, read_opening_state, week_hours
from storage import engine as database

NINE_TO_NINE = """
    INSERT INTO opening_hours (weekday, opens, closes)
    SELECT day, '09:00', '21:00' FROM generate_series(1, 7) AS day
"""


@pytest.fixture
def shop(session: Session) -> Session:
    """A shop in India that is open from nine to nine."""
    session.execute(text(NINE_TO_NINE))
    session.execute(text("UPDATE shop_settings SET time_zone = 'Asia/Kolkata'"))
    session.commit()
    return session


def at(clock: str, day: str = "2026-12-01") -> datetime:
    return datetime.fromisoformat(f"{day} {clock}+05:30")


def position(session: Session, now: datetime) -> str:
    settings = read_settings(session)
    return switch.switch_position(settings, read_schedule(session, settings, now), now)


def test_a_fresh_shop_is_always_open(session: Session) -> None:
    state = read_opening_state(session)
    assert state.is_open
    assert (state.closes_at, state.opens_at, state.note) == (None, None, None)
    assert [(each.opens, each.closes) for each in state.today.hours] == [(time(), time())]


def test_closed_says_when_it_opens(shop: Session) -> None:
    night = read_opening_state(shop, at("23:00"))
    assert night.condition == "closed"
    assert night.opens_at == at("09:00", "2026-12-02")
    day = read_opening_state(shop, at("10:00"))
    assert (day.condition, day.closes_at, day.opens_at) == ("open", at("21:00"), None)


def test_todays_exception_and_its_note(shop: Session) -> None:
    shop.execute(
        text("INSERT INTO opening_exceptions (day, note) VALUES ('2026-12-01', 'Stock-taking')")
    )
    state = read_opening_state(shop, at("10:00"))
    assert (state.condition, state.note, state.today.hours) == ("closed", "Stock-taking", ())
    settings = read_settings(shop)
    week = week_hours(read_schedule(shop, settings, at("10:00")), at("10:00"))
    assert [len(day.hours) for day in week] == [0, 1, 1, 1, 1, 1, 1]


def test_a_pause_ends_by_itself_and_its_note_is_told(shop: Session) -> None:
    now = database.now(shop)
    switch.pause_for(shop, timedelta(minutes=30), "The gas is out")
    shop.flush()
    state = read_opening_state(shop, now + timedelta(minutes=1))
    assert (state.condition, state.note) == ("paused", "The gas is out")
    assert state.opens_at is not None
    assert read_opening_state(shop, now + timedelta(minutes=31)).condition != "paused"


def test_until_i_reopen_says_no_time(shop: Session) -> None:
    switch.pause_until_reopened(shop)
    shop.commit()
    state = read_opening_state(shop)
    assert (state.condition, state.opens_at) == ("paused", None)
    switch.open_shop(shop)
    shop.commit()
    assert read_opening_state(shop, at("10:00")).is_open


def test_until_tomorrow_is_tomorrows_first_opening(shop: Session) -> None:
    now = database.now(shop)
    switch.pause_until_tomorrow(shop)
    shop.flush()
    settings = read_settings(shop)
    schedule = read_schedule(shop, settings, now)
    until = schedule.local(settings.paused_until)
    assert until.date() == schedule.local(now).date() + timedelta(days=1)
    assert (until.hour, until.minute) == (9, 0)


def test_closed_is_until_the_next_opening(shop: Session) -> None:
    now = database.now(shop)
    switch.close_until_next_opening(shop)
    shop.flush()
    settings = read_settings(shop)
    schedule = read_schedule(shop, settings, now)
    assert settings.paused_until == schedule.next_opening(now)
    assert position(shop, now) == "closed"


def test_a_shop_without_hours_stays_closed_until_reopened(session: Session) -> None:
    switch.close_until_next_opening(session)
    session.flush()
    assert read_settings(session).paused_until == switch.FOREVER


def test_positions(shop: Session) -> None:
    assert position(shop, at("10:00")) == "open"
    assert position(shop, at("22:00")) == "closed"
    settings = read_settings(shop)
    settings.busy_minutes, settings.busy_until = 20, at("11:00")
    shop.flush()
    assert position(shop, at("10:00")) == "busy"
    assert busy_minutes(settings, at("10:59")) == 20
    assert busy_minutes(settings, at("11:00")) == 0
    settings.paused_until = at("10:30")
    shop.flush()
    assert position(shop, at("10:00")) == "paused"


def test_busy_ends_a_pause(shop: Session) -> None:
    switch.pause_until_reopened(shop, "back soon")
    switch.set_busy(shop)
    shop.commit()
    settings = read_settings(shop)
    assert (settings.paused_until, settings.pause_note) == (None, None)
    assert busy_minutes(settings, database.now(shop)) == switch.BUSY_MINUTES


def test_another_process_sees_it_at_once(shop: Session, engine) -> None:
    with Session(engine) as other:
        assert read_opening_state(other, at("10:00")).is_open
        other.rollback()
        shop.execute(text("UPDATE shop_settings SET paused_until = '9999-12-31 23:59:59+00'"))
        shop.execute(text("SET timezone = 'Pacific/Kiritimati'"))
        shop.commit()
        assert read_opening_state(other, at("10:00")).condition == "paused"
    assert read_opening_state(shop, at("10:00")).opens_at is None
