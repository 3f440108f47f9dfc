"""That the shop is closed: said with the greeting, once a bubble, and only while it is true."""

from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

import storage.engine
from actions.choose_time import ChooseTime
from actions.closed import SAY_CLOSED
from actions.delivery_place import ShareLocation
from actions.faq import FaqAnswer, FaqPrice, Resume
from actions.main_menu import ShowMenu, Start
from actions.new_order import NewOrder
from actions.order_tracking import TrackOrder
from actions.turn import ShopAction
from tests.integration.conversation import Conversation
from tests.integration.customers import store_customer
from tests.integration.shop.orders.trading import settle

NOON = datetime.fromisoformat("2026-12-02 12:00+05:30")
NIGHT = datetime.fromisoformat("2026-12-02 23:00+05:30")
GREETING = "Welcome! How can we help you today?"


@pytest.fixture
def talk(session: Session) -> Conversation:
    """A customer of a shop that is open from 8 to 10."""
    settle(session, time_zone="Asia/Kolkata")
    session.execute(
        text("""
        INSERT INTO opening_hours (weekday, opens, closes)
        SELECT day, '08:00'::time, '22:00'::time FROM generate_series(1, 7) AS day
    """)
    )
    return Conversation(str(store_customer(session, "919800000007").id))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> object:
    """It is this time."""
    return lambda moment: monkeypatch.setattr(storage.engine, "now", lambda session: moment)


def times_closed(talk: Conversation) -> int:
    """How often the last turn said it."""
    last = max(n for n, event in enumerate(talk.heard) if event["event"] == "user")
    told = [event for event in talk.heard[last + 1 :] if event["event"] == "bot"]
    said = [event["metadata"]["utter_action"] for event in told]
    return sum(Counter(said)[response] for response in SAY_CLOSED)


GREETINGS = [
    ("hi", "greet", ShowMenu()),
    ("नमस्ते", "greet", ShowMenu()),
    ("start", "start", Start()),
]


@pytest.mark.parametrize(("words", "intent", "action"), GREETINGS)
def test_an_open_shop_greets_in_the_words_of_the_seed(
    talk: Conversation, at: object, words: str, intent: str, action: ShopAction
) -> None:
    at(NOON)
    talk.types(words, action, intent=intent)
    assert (talk.texts[:1], times_closed(talk)) == ([GREETING], 0)
    assert not set(talk.said) & {*SAY_CLOSED, "utter_order_ahead"}


@pytest.mark.parametrize(("words", "intent", "action"), GREETINGS)
def test_a_closed_shop_says_so_behind_the_greeting(
    talk: Conversation, at: object, words: str, intent: str, action: ShopAction
) -> None:
    at(NIGHT)
    talk.types(words, action, intent=intent)
    assert talk.texts[:1] == [GREETING]
    assert "tomorrow at 8:00" in talk.said["utter_closed"]["opens"]
    assert "utter_order_ahead" not in talk.said


def test_orders_ahead_are_offered_beside_it(
    session: Session, talk: Conversation, at: object
) -> None:
    settle(session, order_ahead_days=1)
    session.commit()
    at(NIGHT)
    talk.types("hello", ShowMenu(), intent="greet")
    assert {"utter_closed", "utter_order_ahead"} <= set(talk.said)


def test_a_pause_is_said_with_its_note(session: Session, talk: Conversation, at: object) -> None:
    settle(session, paused_until=NOON.replace(hour=15), pause_note="Too many orders.")
    session.commit()
    at(NOON)
    talk.types("hi", ShowMenu(), intent="greet")
    assert "utter_paused_until" in talk.said
    assert talk.texts == [GREETING, "Too many orders."]


@pytest.fixture
def asked_when(session: Session, talk: Conversation, at: object) -> Conversation:
    """At night, two coffees are wanted, and the time is asked."""
    settle(session, order_ahead_days=1)
    session.commit()
    at(NIGHT)
    talk.types("2 coffees", NewOrder(), intent="new_order")
    assert talk.slots["step"] == "time_choice"
    return talk


@pytest.mark.parametrize(
    ("words", "intent", "actions"),
    [
        ("are you open?", "faq_hours", (FaqAnswer(), Resume())),
        ("kab khulega?", "faq_hours", (FaqAnswer(), Resume())),
        ("दुकान खुली है?", "faq_hours", (FaqAnswer(), Resume())),
        ("how much is a coffee", "faq_price", (FaqPrice(), Resume())),
        ("2 samosas", "new_order", (NewOrder(),)),
        ("later", "choose_time", (ChooseTime(),)),
    ],
)
def test_it_is_said_once_where_the_time_is_asked(
    asked_when: Conversation, words: str, intent: str, actions: tuple[ShopAction, ...]
) -> None:
    asked_when.types(words, *actions, intent=intent)
    assert (times_closed(asked_when), asked_when.slots["step"]) == (1, "time_choice")


def test_it_is_said_again_in_the_next_turn(talk: Conversation, at: object) -> None:
    at(NIGHT)
    for _ in range(2):
        talk.types("are you open?", FaqAnswer(), Resume(), intent="faq_hours")
        assert times_closed(talk) == 1


PLACE = {"latitude": 12.97, "longitude": 77.59, "name": "Cubbon Park"}


@pytest.mark.parametrize("before", [None, "2 coffees", "track my order"])
@pytest.mark.parametrize("delivers", [False, True])
def test_a_place_on_the_map_where_nothing_is_delivered(
    session: Session, talk: Conversation, before: str | None, delivers: bool
) -> None:
    session.execute(text("DELETE FROM opening_hours"))
    settle(session, fulfilment=["pickup", "delivery"] if delivers else ["pickup"])
    session.commit()
    if before:
        is_order = before.startswith("2")
        action: ShopAction = NewOrder() if is_order else TrackOrder()
        talk.types(before, action, intent="new_order" if is_order else "track_order")
    talk.sends_place(PLACE, ShareLocation())
    told = {"utter_place_not_brought", "utter_pick_up_instead"}
    assert "utter_place_kept" in talk.said
    assert set(talk.said) & told == (set() if delivers else told)
