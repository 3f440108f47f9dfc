"""Conversations in `events`, read and written by machines whose clocks differ."""

import time
from collections.abc import Callable

import psycopg
import pytest
from rasa.shared.core.events import Event, SessionStarted, UserUttered

from connectors import event_log
from connectors.event_log import read_events, write_events

SENDER = "somebody"


@pytest.fixture
def connection(database_url: str):
    with psycopg.connect(database_url, autocommit=True) as opened:
        yield opened


@pytest.fixture
def on_machine(connection, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict]]:
    """Appends a turn's events as a machine would whose clock is so many seconds ahead."""

    def turn(ahead: float, *kinds: type[Event] | str) -> list[dict]:
        monkeypatch.setattr(event_log.time, "time", lambda: real() + ahead)
        known, clock = read_events(connection, SENDER)
        new = [
            UserUttered(kind, timestamp=time.time()) if isinstance(kind, str)
            else kind(timestamp=time.time())
            for kind in kinds
        ]  # fmt: skip
        write_events(connection, SENDER, new, clock)
        monkeypatch.setattr(event_log.time, "time", real)
        return known

    real = time.time
    return turn


@pytest.mark.parametrize("ahead", [1, 3, 60, -60, 86_400])
def test_a_session_is_the_same_for_every_clock(on_machine, connection, ahead: float) -> None:
    on_machine(0, SessionStarted, "old")
    on_machine(ahead, SessionStarted, "coffee")
    on_machine(0, "2")
    on_machine(ahead, "yes")
    events, _ = read_events(connection, SENDER)
    assert [event.get("text") for event in events] == [None, "coffee", "2", "yes"]


def test_a_clock_that_jumps_ahead_and_back_reads_the_newer_session(on_machine) -> None:
    on_machine(86_400, SessionStarted, "coffee")
    on_machine(0, SessionStarted, "tea")
    assert [e.get("text") for e in on_machine(0, "yes")] == [None, "tea"]


@pytest.mark.parametrize("ahead", [-3_600, 2, 86_400])
def test_each_machine_sees_ages_on_its_own_clock(
    on_machine, connection, monkeypatch, ahead: float
) -> None:
    on_machine(ahead, SessionStarted, "coffee")
    [_, here] = read_events(connection, SENDER)[0]
    assert abs(time.time() - here["timestamp"]) < 60
    real = time.time
    monkeypatch.setattr(event_log.time, "time", lambda: real() + ahead)
    [_, there], _ = read_events(connection, SENDER)
    assert abs(real() + ahead - there["timestamp"]) < 60


def test_the_name_of_a_session_is_the_same_for_every_clock(on_machine, connection) -> None:
    on_machine(7, SessionStarted, "coffee")
    names = {on_machine(ahead, "more")[0]["timestamp"] for ahead in (0, 7, -100)}
    assert len(names) == 1


def test_all_sessions_are_read_when_asked_for(on_machine, connection) -> None:
    on_machine(0, "first", SessionStarted, "second")
    events, _ = read_events(connection, SENDER, all_sessions=True)
    assert [event["event"] for event in events] == ["user", "session_started", "user"]
    assert read_events(connection, "nobody", all_sessions=True)[0] == []


def test_a_clock_that_jumps_within_a_turn_changes_no_age(connection) -> None:
    _, clock = read_events(connection, SENDER)
    times = (time.time(), time.time() + 86_400, time.time() - 86_400)
    events = [UserUttered(f"{place}", timestamp=at) for place, at in enumerate(times)]
    write_events(connection, SENDER, events, clock)
    stored, _ = read_events(connection, SENDER)
    told = [event["timestamp"] for event in stored]
    assert all(abs(time.time() - moment) < 60 for moment in told)
    assert told == sorted(told)
