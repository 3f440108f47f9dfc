"""Hours, places and how long it takes: answered from the shop's rows, as they are then."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

import storage.engine
from actions.edit_order import ChangeQuantity, EditOrder
from actions.fallback import Fallback
from actions.faq import FaqAnswer, FaqPrice
from actions.fulfilment import GiveAddress
from actions.new_order import NewOrder
from actions.order_tracking import TrackOrder
from actions.small_talk import Affirm
from actions.turn import ShopAction
from shop.language.responses import format_response
from storage.models import UserProfile
from tests.integration.conversation import Conversation
from tests.integration.customers import store_customer
from tests.integration.shop.orders.trading import add_zone, settle

NOON = datetime.fromisoformat("2026-12-02 12:00+05:30")  # a Wednesday
NIGHT = datetime.fromisoformat("2026-12-02 23:00+05:30")
WEEK = "Mon to Sat: 8:00 AM to 10:00 PM\nSun: 9:00 AM to 1:00 PM, 4:00 PM to 8:00 PM"


@pytest.fixture
def asha(session: Session) -> UserProfile:
    settle(session, time_zone="Asia/Kolkata")
    return store_customer(session, "919800000007")


@pytest.fixture
def talk(asha: UserProfile) -> Conversation:
    return Conversation(str(asha.id))


@pytest.fixture
def hours(session: Session) -> None:
    """From 8 to 10, on Sundays with a break."""
    session.execute(
        text("""
        INSERT INTO opening_hours (weekday, opens, closes)
        SELECT day, '08:00'::time, '22:00'::time FROM generate_series(1, 6) AS day
        UNION ALL VALUES (7, '09:00'::time, '13:00'::time), (7, '16:00'::time, '20:00'::time)
    """)
    )
    session.commit()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> object:
    """It is this time."""
    return lambda moment: monkeypatch.setattr(storage.engine, "now", lambda session: moment)


def answered(talk: Conversation) -> str:
    """What was said by responses, one below the other."""
    language = talk.slots.get("language")
    said = []
    for name, values in talk.said.items():
        filled = {k: v for k, v in values.items() if k not in ("response", "text")}
        said.append(format_response(name, language, **filled))
    return "\n".join(said)


def asks_hours(talk: Conversation, words: str = "are you open?") -> str:
    talk.types(words, FaqAnswer(), intent="faq_hours")
    return answered(talk)


def test_open_says_until_when_and_the_week(talk: Conversation, hours: None, at: object) -> None:
    at(NOON)
    said = asks_hours(talk)
    assert said == f"🕘 We are open now, until 10:00 PM today.\nOur hours:\n{WEEK}"


def test_closed_says_from_when(talk: Conversation, hours: None, at: object) -> None:
    at(NIGHT)
    said = asks_hours(talk)
    closed = "🌙 We are closed right now. We open again tomorrow at 8:00 AM.\nOur hours:"
    assert said.startswith(closed)


def test_in_hindi(talk: Conversation, hours: None, at: object) -> None:
    at(NOON)
    talk.slots["language"] = "hi"
    said = asks_hours(talk, "kab tak khula hai")
    assert said == (
        "🕘 दुकान अभी खुली है, आज रात 10:00 बजे तक।\nहमारा समय:\n"
        "सोमवार से शनिवार: सुबह 8:00 से रात 10:00 बजे तक\n"
        "रविवार: सुबह 9:00 से दोपहर 1:00 बजे तक, शाम 4:00 से रात 8:00 बजे तक"
    )


def test_another_day_stands_with_its_date_and_note(
    session: Session, talk: Conversation, hours: None, at: object
) -> None:
    at(NOON)
    session.execute(
        text("INSERT INTO opening_exceptions (day, note) VALUES ('2026-12-04', 'Holiday')")
    )
    session.commit()
    said = asks_hours(talk)
    assert "Mon to Thu: 8:00 AM to 10:00 PM\nFri 4 Dec: closed (Holiday)\nSat: 8:00 AM" in said


def test_a_pause_is_told_with_its_note(
    session: Session, talk: Conversation, hours: None, at: object
) -> None:
    at(NOON)
    settle(session, paused_until=NOON.replace(hour=15), pause_note="Too many orders.")
    session.commit()
    assert asks_hours(talk).startswith(
        "⏸️ Sorry, we are not taking orders right now. We start again at 3:00 PM.\nOur hours:"
    )
    assert "Too many orders." in talk.texts


def answers_with(session: Session, topic: str, words: str) -> None:
    """The owner writes an answer of their own."""
    session.execute(
        text("UPDATE faq_answers SET answer = :words, translations = '{}' WHERE topic = :topic"),
        {"words": words, "topic": topic},
    )
    session.commit()


def test_without_hours_the_owners_answer_stays(session: Session, talk: Conversation) -> None:
    answers_with(session, "hours", "From noon to midnight.")
    assert asks_hours(talk) == ""
    assert talk.texts == ["From noon to midnight."]


# What older versions gave new shops may still stand in the table.
OLD_SEEDS = {
    "hours": "🕘 We are open every day from 8 am to 10 pm.",
    "delivery_area": "🛵 We deliver up to 5 km around our shop, in about 40 minutes. Not sure? "
    'Reply "person".',
    "delivery_charge": "🛵 Delivery is free.",
}


@pytest.fixture(params=["as seeded", "seeded by an older version"])
def new_shop(request: pytest.FixtureRequest, session: Session) -> None:
    if request.param != "as seeded":
        for topic, words in OLD_SEEDS.items():
            answers_with(session, topic, words)


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("are you open?", "en", "all day, every day"),
        ("what time do you close", "en", "all day, every day"),
        ("kab tak khule ho", "en", "all day, every day"),
        ("आप कब खुलते हैं", "hi", "चौबीसों घंटे"),
    ],
)
def test_without_hours_a_new_shop_never_closes(
    talk: Conversation, new_shop: None, words: str, language: str, said: str
) -> None:
    talk.slots["language"] = language
    assert said in asks_hours(talk, words)
    assert talk.texts == []


def test_a_paused_new_shop_does_not_say_that_it_never_closes(
    session: Session, talk: Conversation, new_shop: None
) -> None:
    settle(session, paused_until=datetime.fromisoformat("9999-12-01 00:00+00:00"))
    session.commit()
    asks_hours(talk)
    assert (list(talk.said), talk.texts) == (["utter_paused"], [])


@pytest.mark.parametrize("words", ["when do you open?", "how long are you open", "kab khulega"])
def test_a_question_for_the_hours_is_none_for_how_long(
    talk: Conversation, hours: None, words: str
) -> None:
    talk.types("coffee", NewOrder(), intent="new_order")
    asks_hours(talk, words)
    assert "utter_week_hours" in talk.said
    assert "utter_how_long" not in talk.said


@pytest.fixture
def delivers(session: Session, asha: UserProfile) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    add_zone(session, name="Centre", postcodes=["560001"], fee=30, free_from=500, minimum=200)
    add_zone(session, name="City", postcodes=["5600*"], fee=60, position=1)
    session.commit()


CENTRE = "₹30 for delivery, free on orders from ₹500, minimum order ₹200, about 45 minutes"


@pytest.mark.parametrize("intent", ["faq_delivery", "faq_price"])
def test_the_zones_say_where_and_for_what(talk: Conversation, delivers: None, intent: str) -> None:
    talk.types(
        "how much is delivery?", FaqAnswer() if "del" in intent else FaqPrice(), intent=intent
    )
    assert talk.texts == [
        f"🛵 We deliver to:\n• Centre: {CENTRE}\n• City: ₹60 for delivery, about 45 minutes"
    ]
    assert list(talk.said) == ["utter_ask_with_postcode"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("do you deliver to 560 001?", ["Yes, we deliver to 560001", "about 45 minutes"]),
        ("do you deliver to MG Road 560095?", ["Yes, we deliver to", "560095", "₹60"]),
        (
            "kya aap 110001 pe delivery karte ho?",
            ["do not deliver to 110001", "pick up your order"],
        ),
        ("do you deliver to flat 3, 12 mg road?", ["with its PIN code"]),
    ],
)
def test_a_place_in_the_question_is_answered(
    talk: Conversation, delivers: None, words: str, said: list[str]
) -> None:
    talk.types(words, FaqAnswer(), intent="faq_delivery")
    assert all(each in answered(talk) for each in said)


def test_without_zones_the_owners_answer_stays(session: Session, talk: Conversation) -> None:
    answers_with(session, "delivery_area", "We ride to Indiranagar.")
    talk.types("do you deliver?", FaqAnswer(), intent="faq_delivery")
    assert talk.texts == ["We ride to Indiranagar."]
    talk.types("how much is delivery?", FaqPrice(), intent="faq_price")
    assert talk.texts == ["We ride to Indiranagar."]
    answers_with(session, "delivery_charge", "₹10 a kilometre.")
    talk.types("how much is delivery?", FaqPrice(), intent="faq_price")
    assert talk.texts == ["₹10 a kilometre."]


ABOUT_DELIVERY = [
    ("do you deliver?", "faq_delivery"),
    ("which areas do you deliver to", "faq_delivery"),
    ("ghar pe delivery karte ho kya", "faq_delivery"),
    ("क्या आप डिलीवरी करते हैं", "faq_delivery"),
    ("how much is delivery?", "faq_price"),
    ("delivery charge kitna hai", "faq_price"),
]


@pytest.mark.parametrize(("words", "intent"), ABOUT_DELIVERY)
def test_a_new_shop_that_does_not_deliver_says_so(
    talk: Conversation, new_shop: None, words: str, intent: str
) -> None:
    talk.types(words, FaqAnswer() if "del" in intent else FaqPrice(), intent=intent)
    assert list(talk.said) == ["utter_fulfilment_not_offered", "utter_pick_up_instead"]
    assert talk.texts == []


@pytest.mark.parametrize(("words", "intent"), ABOUT_DELIVERY)
def test_a_new_shop_that_delivers_says_so(
    session: Session, talk: Conversation, new_shop: None, words: str, intent: str
) -> None:
    settle(session, fulfilment=["pickup", "delivery"], minimum_order=200)
    session.commit()
    talk.types(words, FaqAnswer() if "del" in intent else FaqPrice(), intent=intent)
    assert "Yes, we deliver (free delivery, minimum order ₹200)." in answered(talk)
    assert talk.texts == []


@pytest.mark.parametrize("delivers_now", [False, True])
def test_the_price_list_names_delivery_only_where_there_is_some(
    session: Session, talk: Conversation, new_shop: None, delivers_now: bool
) -> None:
    settle(session, fulfilment=["pickup", "delivery"] if delivers_now else ["pickup"])
    session.commit()
    talk.types("price list please", FaqPrice(), intent="faq_price")
    assert "utter_prices" in talk.said
    assert talk.texts == (["🛵 Delivery is free."] if delivers_now else [])


def test_zones_of_a_shop_that_does_not_deliver_now(
    session: Session, talk: Conversation, delivers: None
) -> None:
    settle(session, fulfilment=["pickup"])
    session.commit()
    talk.types("do you deliver?", FaqAnswer(), intent="faq_delivery")
    assert list(talk.said) == ["utter_fulfilment_not_offered", "utter_pick_up_instead"]


# How far an order is.


def orders(talk: Conversation) -> None:
    talk.types("2 coffees", NewOrder(), intent="new_order")
    talk.types("yes", Affirm(), intent="affirm")


def where_is_it(talk: Conversation, words: str = "where is it?") -> str:
    talk.types(words, TrackOrder(), intent="track_order")
    return answered(talk)


def test_what_staff_have_still_to_accept_promises_nothing(
    session: Session, talk: Conversation
) -> None:
    settle(session, accepts_orders="by_staff")
    session.commit()
    orders(talk)
    said = where_is_it(talk)
    assert "I'll tell you as soon as it is accepted" in said
    assert "begin soon" not in said
    session.execute(text("UPDATE orders SET status = 'confirmed'"))
    session.commit()
    assert "We have accepted it" in where_is_it(talk)


def test_one_open_order_is_told_without_its_number(
    session: Session, talk: Conversation, at: object
) -> None:
    orders(talk)
    session.execute(text("UPDATE orders SET promised_at = :at"), {"at": NOON})
    session.commit()
    at(NOON.replace(hour=11))
    said = where_is_it(talk)
    assert "pending\n🕒 We have received it" in said
    assert "✅ Placed → ▫️ Preparing → ▫️ Ready\n⏱️ Your order will be ready at 12:00 PM.\n\n" in said
    session.execute(text("UPDATE orders SET status = 'preparing'"))
    session.commit()
    for words in ("how long will it take", "kitna time lagega", "where is my order"):
        assert "✅ Placed → ⏳ Preparing → ▫️ Ready" in where_is_it(talk, words)
    assert talk.slots["step"] == "showing_status"


def test_what_is_late_is_apologised_for(session: Session, talk: Conversation, at: object) -> None:
    orders(talk)
    session.execute(text("UPDATE orders SET promised_at = :at"), {"at": NOON})
    session.commit()
    at(NOON.replace(hour=13))
    assert "It was due at 12:00 PM, but we are running late. We are sorry" in where_is_it(talk)
    talk.slots["language"] = "hi"
    assert "देर हो गई है। माफ़ कीजिए" in where_is_it(talk)


def test_nothing_is_promised_before_staff_accept(session: Session, talk: Conversation) -> None:
    settle(session, accepts_orders="by_staff")
    session.commit()
    orders(talk)
    said = where_is_it(talk)
    assert "✅ Placed → ▫️ Accepted → ▫️ Preparing" in said
    assert "⏱️" not in said


def test_a_refusal_is_told_with_its_reason(session: Session, talk: Conversation) -> None:
    orders(talk)
    number = session.scalars(text("SELECT order_id FROM orders")).one()
    session.execute(text("UPDATE orders SET status = 'cancelled', cancel_reason = 'No milk'"))
    session.commit()
    assert "Reason: No milk" in where_is_it(talk, f"track {number}")


@pytest.mark.parametrize("words", ["Track my order", "order track karna hai"])
def test_to_track_asks_for_the_number(talk: Conversation, words: str) -> None:
    orders(talk)
    assert where_is_it(talk, words) == ""
    assert talk.slots["step"] == "awaiting_order_id"


def test_of_two_open_orders_the_number_is_asked(session: Session, talk: Conversation) -> None:
    orders(talk)
    session.execute(text("UPDATE orders SET session = order_id"))
    session.commit()
    orders(talk)
    assert len(session.scalars(text("SELECT order_id FROM orders")).all()) == 2
    where_is_it(talk, "how long will it take")
    assert talk.slots["step"] == "awaiting_order_id"


def test_how_long_a_delivery_takes(session: Session, talk: Conversation, delivers: None) -> None:
    session.execute(text("UPDATE delivery_zones SET minutes = 35"))
    session.commit()
    talk.types("3 coffees", NewOrder(), intent="new_order")
    talk.types("Flat 3, MG Road 560001", GiveAddress(), intent="give_address")
    assert "⏱️ About 35 minutes once you confirm." in where_is_it(talk, "how long?")


def test_how_long_at_the_question_how_many(session: Session, talk: Conversation) -> None:
    settle(session, preparation_minutes=25)
    session.commit()
    talk.types("coffee", NewOrder(), intent="new_order")
    assert where_is_it(talk, "how long does it take") == "⏱️ About 25 minutes once you confirm."
    assert talk.slots["step"] == "quantity_input"
    assert talk.lines == {"coffee": None}


# An order of what was asked about.


@pytest.mark.parametrize(
    ("words", "action", "lines"),
    [
        ("ok add one", ChangeQuantity(), {"tea": 1, "samosa": 1}),
        ("2 please", ChangeQuantity(), {"tea": 1, "samosa": 2}),
        ("give me 2", NewOrder(), {"tea": 1, "samosa": 2}),
        ("give me 2", EditOrder(), {"tea": 1, "samosa": 2}),
        ("make it 2", ChangeQuantity(), {"tea": 2}),
        ("one less", ChangeQuantity(), {}),
        ("2 coffees", NewOrder(), {"tea": 1, "coffee": 2}),
    ],
)
def test_a_number_is_of_what_was_asked_about(
    talk: Conversation, words: str, action: ShopAction, lines: dict[str, int]
) -> None:
    talk.types("a tea", NewOrder(), intent="new_order")
    talk.types("1", ChangeQuantity(), intent="inform_quantity")
    talk.types("how much is the samosa?", FaqPrice(), intent="faq_price")
    talk.types(words, action, intent="inform_quantity")
    assert talk.lines == lines


def test_a_number_without_a_cart_is_of_what_was_asked_about(talk: Conversation) -> None:
    talk.types("what is in the samosa?", FaqPrice(), intent="faq_ingredients")
    talk.types("ok one please", ChangeQuantity(), intent="inform_quantity")
    assert talk.lines == {"samosa": 1}


def test_after_something_else_a_number_is_of_the_cart(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types("how much is the samosa?", FaqPrice(), intent="faq_price")
    talk.types("are you open?", FaqAnswer(), intent="faq_hours")
    talk.types("one more", ChangeQuantity(), intent="inform_quantity")
    assert talk.lines == {"tea": 3}


@pytest.mark.parametrize(
    ("words", "action", "response"),
    [
        ("are you a robot", Fallback(), "utter_who_answers"),
        ("what data do you have about me", FaqAnswer(), "utter_what_is_kept"),
        ("do you have wifi", FaqAnswer(), "utter_ask_our_team"),
    ],
)
def test_who_answers_and_what_is_kept(
    talk: Conversation, words: str, action: ShopAction, response: str
) -> None:
    talk.types(words, action, intent="faq_shop")
    assert next(iter(talk.said)) == response
