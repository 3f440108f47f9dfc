"""A time that is said before the way, the place or the product is known stays with the order."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

import storage.engine
from actions.choose_time import ChooseTime
from actions.fulfilment import ChooseFulfilment, GiveAddress
from actions.new_order import NewOrder
from tests.integration.conversation import Conversation
from tests.integration.customers import store_customer
from tests.integration.shop.orders.trading import settle

NOON = datetime.fromisoformat("2026-12-02 12:00+05:30")


@pytest.fixture
def talk(session: Session, monkeypatch: pytest.MonkeyPatch) -> Conversation:
    """A customer, at noon, of a shop that never closes, delivers and takes orders ahead."""
    monkeypatch.setattr(storage.engine, "now", lambda session: NOON)
    settle(session, time_zone="Asia/Kolkata", fulfilment=["pickup", "delivery"])
    settle(session, order_ahead_days=2)
    return Conversation(str(store_customer(session, "919800000007").id))


WISHES = [
    ("kal subah 9 baje ke liye 3 chai aur 6 samose", "2026-12-03T09:"),
    ("2 tea for tomorrow 9 am", "2026-12-03T09:"),
    ("aaj shaam 6 baje 2 chai chahiye", "2026-12-02T18:"),
    ("3 coffee for tomorrow 9:15 am", "2026-12-03T09:15"),
    ("कल सुबह 9 बजे 4 समोसे चाहिए", "2026-12-03T09:"),
    ("आज शाम 6 बजे दो चाय", "2026-12-02T18:"),
    ("tomorrow at 9 in the morning 2 coffees please", "2026-12-03T09:"),
]


@pytest.mark.parametrize(("words", "due"), WISHES)
def test_it_stays_when_the_way_is_asked(talk: Conversation, words: str, due: str) -> None:
    talk.types(words, NewOrder(), intent="new_order")
    assert talk.slots["step"] == "fulfilment_choice"
    talk.types("pickup", ChooseFulfilment(), intent="choose_fulfilment")
    assert talk.slots["step"] == "confirmation"
    assert talk.slots["terms"]["due_at"].startswith(due)


@pytest.mark.parametrize(("words", "due"), WISHES)
def test_it_stays_when_the_way_and_the_place_are_asked(
    talk: Conversation, words: str, due: str
) -> None:
    talk.types(words, NewOrder(), intent="new_order")
    talk.types("delivery", ChooseFulfilment(), intent="choose_fulfilment")
    assert talk.slots["step"] == "address_input", talk.said
    talk.types("Flat 3, MG Road 560001", GiveAddress(), intent="give_address")
    assert talk.slots["step"] == "confirmation"
    assert talk.slots["terms"]["due_at"].startswith(due)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("tomorrow 10am", "2026-12-03T10:"),
        ("kal subah 10 baje", "2026-12-03T10:"),
        ("कल सुबह 10 बजे", "2026-12-03T10:"),
    ],
)
def test_it_stays_when_the_product_comes_next(talk: Conversation, words: str, due: str) -> None:
    talk.types(words, ChooseTime(), intent="choose_time")
    talk.types("2 coffees", NewOrder(), intent="new_order")
    talk.types("pickup", ChooseFulfilment(), intent="choose_fulfilment")
    assert talk.slots["step"] == "confirmation"
    assert talk.slots["terms"]["due_at"].startswith(due)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("coffee for tomorrow 9 am", "2026-12-03T09:"),
        ("kal subah 9 baje coffee chahiye", "2026-12-03T09:"),
        ("कल सुबह 9 बजे कॉफ़ी चाहिए", "2026-12-03T09:"),
    ],
)
def test_it_stays_when_how_many_is_asked(talk: Conversation, words: str, due: str) -> None:
    talk.types(words, NewOrder(), intent="new_order")
    assert talk.slots["step"] == "quantity_input"
    talk.types("2 coffees", NewOrder(), intent="new_order")
    talk.types("pickup", ChooseFulfilment(), intent="choose_fulfilment")
    assert talk.slots["terms"]["due_at"].startswith(due)


@pytest.mark.parametrize(
    ("words", "due", "is_told"),
    [
        ("2 teas in an hour", "13:00", False),
        ("2 teas in 70 minutes", "13:10", False),
        ("2 teas in 14 minutes", "12:15", False),
        ("2 teas in 2 minutes", "12:15", True),
    ],
)
def test_minutes_from_now_are_taken_as_they_are(
    talk: Conversation, session: Session, words: str, due: str, is_told: bool
) -> None:
    settle(session, fulfilment=["pickup"], slot_minutes=60, preparation_minutes=15)
    session.execute(
        text("INSERT INTO opening_hours (weekday, opens, closes) VALUES (3, '08:00', '22:00')")
    )
    session.commit()
    talk.types(words, NewOrder(), intent="new_order")
    assert talk.slots["terms"]["due_at"].startswith(f"2026-12-02T{due}")
    assert ("utter_time_too_soon" in talk.said) is is_told


@pytest.mark.parametrize(
    ("words", "due", "told"),
    [
        ("2 teas tomorrow at 6 pm", "18:00", set()),
        ("2 teas tomorrow at 5:50 pm", "17:50", set()),
        ("2 teas tomorrow at 6:15 pm", "18:15", set()),
        ("2 teas tomorrow at 8 am", "08:15", {"utter_time_not_possible", "utter_nearest_time"}),
        ("2 teas tomorrow at 10:30 pm", "21:45", {"utter_time_closed", "utter_nearest_time"}),
        ("2 teas tomorrow at 4:15 pm", "15:45", {"utter_time_closed", "utter_nearest_times"}),
        ("2 teas tomorrow at 7:15 pm", "19:45", {"utter_time_full", "utter_nearest_times"}),
        ("2 teas tomorrow at 7:20 pm", "19:45", {"utter_time_full", "utter_nearest_times"}),
        ("2 teas tomorrow evening", "18:15", set()),
    ],
)
def test_the_nearest_time_is_taken_and_it_is_said_why(
    talk: Conversation, session: Session, words: str, due: str, told: set[str]
) -> None:
    settle(session, fulfilment=["pickup"], slot_capacity=1)
    session.execute(
        text(
            "INSERT INTO opening_hours (weekday, opens, closes)"
            " VALUES (4, '08:00', '16:00'), (4, '17:00', '22:00')"
        )
    )
    session.execute(
        text(
            "INSERT INTO orders (order_id, customer_phone, items, total, status, due_at)"
            " VALUES ('ORD-81001', '919800000008', '[]', 0, 'pending', '2026-12-03 19:15+05:30')"
        )
    )
    session.commit()
    talk.types(words, NewOrder(), intent="new_order")
    assert talk.slots["terms"]["due_at"].startswith(f"2026-12-03T{due}")
    assert told == {name for name in talk.said if name.startswith(("utter_time", "utter_nearest"))}
