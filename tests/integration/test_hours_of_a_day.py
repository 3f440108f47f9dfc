"""A question about the hours of one day is answered for that day."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

import storage.engine
from actions.faq import FaqAnswer
from tests.integration.conversation import Conversation
from tests.integration.shop.orders.trading import settle

TUESDAY = datetime.fromisoformat("2026-12-01 12:00+05:30")


@pytest.fixture
def talk(session: Session, monkeypatch: pytest.MonkeyPatch) -> Conversation:
    """At noon of a Tuesday, in a shop that is closed on Mondays and, this week, on Friday."""
    monkeypatch.setattr(storage.engine, "now", lambda session: TUESDAY)
    settle(session, time_zone="Asia/Kolkata")
    session.execute(
        text(
            "INSERT INTO opening_hours (weekday, opens, closes)"
            " SELECT day, '08:00', '21:00' FROM generate_series(2, 7) AS day"
        )
    )
    session.execute(
        text("INSERT INTO opening_exceptions (day, note) VALUES ('2026-12-04', 'Wedding')")
    )
    session.commit()
    return Conversation()


@pytest.mark.parametrize(
    ("words", "day", "hours"),
    [
        ("are you open on monday?", "Mon 7 Dec", "closed"),
        ("are you open tomorrow?", "Wed 2 Dec", "8:00 AM to 9:00 PM"),
        ("timings on friday", "Fri 4 Dec", "closed (Wedding)"),
        ("kya aap somwar ko khule hain", "Mon 7 Dec", "closed"),
    ],
)
def test_of_another_day_its_hours_are_said(
    talk: Conversation, words: str, day: str, hours: str
) -> None:
    talk.types(words, FaqAnswer(), intent="faq_hours")
    assert talk.said.keys() == {"utter_day_hours"}
    said = talk.said["utter_day_hours"]
    assert (said["day"], said["hours"]) == (day, hours)


@pytest.mark.parametrize("words", ["are you open?", "are you open today?", "timings"])
def test_of_today_the_state_and_the_week_are_said(talk: Conversation, words: str) -> None:
    talk.types(words, FaqAnswer(), intent="faq_hours")
    assert talk.said.keys() == {"utter_open_until", "utter_week_hours"}
