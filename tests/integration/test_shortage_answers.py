"""Answers to the question about what ran out: what is done, and what is true of old ones."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from actions.new_order import NewOrder
from actions.shortages import AnswerShortage
from actions.small_talk import Affirm
from connectors.whatsapp.turn.shortage_words import read_shortage_answer
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.message_reading import read_message
from nlu.said.said import find_signs
from shop.language import signs
from shop.orders.shortages import marking
from storage.models import AuditEntry, Order, Shortage, UserProfile
from tests.integration.conversation import Conversation
from tests.integration.customers import store_customer


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return customer(session, "919800000007")


def customer(session: Session, phone: str) -> UserProfile:
    return store_customer(session, phone)


@pytest.fixture
def talk(asha: UserProfile) -> Conversation:
    """Asha has just ordered two coffees and a samosa."""
    return orders(asha, "2 coffees and a samosa")


def orders(whose: UserProfile, words: str) -> Conversation:
    talk = Conversation(str(whose.id))
    talk.types(words, NewOrder())
    talk.types("yes", Affirm())
    return talk


def order_of(session: Session) -> Order:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Order)).one()


def marks(session: Session, *offered: str, line: str = "coffee") -> Shortage:
    """The kitchen has begun the order, and the line ran out."""
    order = order_of(session)
    order.status = "preparing"
    shortage = marking.mark_short(session, order, line, list(offered))
    session.commit()
    return shortage


def taps(talk: Conversation, number: int, answer: str) -> dict[str, dict[str, Any]]:
    talk.taps("answer_shortage", {"shortage": f"{number}:{answer}"}, AnswerShortage())
    return talk.said


def lines(session: Session) -> dict[str, int]:
    return {item["product"]: item["quantity"] for item in order_of(session).items}


def test_without_it(talk: Conversation, session: Session) -> None:
    shortage = marks(session)
    said = taps(talk, shortage.id, "without")["utter_shortage_without"]
    assert (said["product"], said["total"]) == ("Coffee × 2", "₹40")
    assert lines(session) == {"samosa": 1}
    history = session.scalars(select(AuditEntry)).all()
    assert [entry.details for entry in history] == [
        {"before": "2 × Coffee, 1 × Samosa", "after": "1 × Samosa"}
    ]


def test_a_swap(talk: Conversation, session: Session) -> None:
    shortage = marks(session, "juice", "tea")
    said = taps(talk, shortage.id, "swap2")["utter_shortage_swapped"]
    assert (said["product"], said["total"]) == ("Tea × 2", "₹200")
    assert lines(session) == {"tea": 2, "samosa": 1}


def test_a_cancellation_says_why(talk: Conversation, session: Session) -> None:
    shortage = marks(session)
    assert "utter_shortage_cancelled" in taps(talk, shortage.id, "cancel")
    order = order_of(session)
    assert (order.status, order.cancel_reason) == ("cancelled", "Coffee × 2 ran out")
    assert session.scalars(select(AuditEntry.action)).all() == ["cancelled"]


def test_a_second_tap_says_what_is_true(talk: Conversation, session: Session) -> None:
    shortage = marks(session)
    taps(talk, shortage.id, "without")
    for answer in ("without", "cancel", "swap1", "again"):
        said = taps(talk, shortage.id, answer)["utter_shortage_over"]
        assert (said["status"], said["lines"]) == ("being prepared", "Samosa × 1")
    assert lines(session) == {"samosa": 1}


def test_without_the_only_line_asks_to_cancel(asha: UserProfile, session: Session) -> None:
    talk = orders(asha, "2 coffees")
    shortage = marks(session, "tea")
    taps(talk, shortage.id, "without")
    assert "Shall I cancel the order?" in talk.texts[-1]
    assert order_of(session).status == "preparing"
    taps(talk, shortage.id, "swap1")
    assert lines(session) == {"tea": 2}


def test_anothers_question_does_not_exist(talk: Conversation, session: Session) -> None:
    shortage = marks(session)
    ravi = Conversation(str(customer(session, "919800000008").id))
    for number in (shortage.id, 999_999_999):
        assert "utter_old_tap" in taps(ravi, number, "cancel")
    assert (order_of(session).status, len(lines(session))) == ("preparing", 2)


def test_an_order_that_changed_is_asked_about_anew(talk: Conversation, session: Session) -> None:
    shortage = marks(session, "tea")
    order = order_of(session)
    order.items = [{**order.items[0], "quantity": 3}, order.items[1]]
    order.total += 120
    session.commit()
    talk.texts = []
    assert "utter_shortage_changed" in taps(talk, shortage.id, "without")
    assert "Coffee × 3" in talk.texts[-1]
    assert lines(session) == {"coffee": 3, "samosa": 1}
    newest = session.scalars(select(Shortage).order_by(Shortage.id.desc()).limit(1)).one()
    taps(talk, newest.id, "swap1")
    assert lines(session) == {"tea": 3, "samosa": 1}


def test_what_was_offered_may_be_gone(talk: Conversation, session: Session) -> None:
    shortage = marks(session, "tea")
    session.execute(text("UPDATE products SET is_available = false WHERE sku = 'tea'"))
    session.commit()
    assert "utter_shortage_gone" in taps(talk, shortage.id, "swap1")
    assert "Juice × 2 instead" in talk.texts[-1]
    assert lines(session) == {"coffee": 2, "samosa": 1}


def test_an_open_cart_goes_on(talk: Conversation, session: Session) -> None:
    shortage = marks(session)
    talk.types("3 teas", NewOrder())
    said = taps(talk, shortage.id, "without")
    assert list(said) == ["utter_shortage_without", "utter_order_summary"]
    assert talk.lines == {"tea": 3}


def reads(session: Session, shortage: Shortage, words: str, intent: str = "") -> str | None:
    """Which answer the words are."""
    catalogue = seed_catalogue()
    entities = read_message(words, catalogue).entities
    said = [sign.as_json() for sign in find_signs(words, entities, catalogue.titles)]
    parsed = {"entities": entities, signs.KEY: said, "intent": {"name": intent}}
    return read_shortage_answer(session, shortage, parsed)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("coffee nahi hai to tea de do", "swap2"),
        ("कॉफ़ी नहीं है तो चाय दे दो", "swap2"),
        ("agar coffee khatam ho gayi to juice bhej do", "swap1"),
        ("coffee ki jagah chai de dijiye", "swap2"),
        ("कॉफ़ी की जगह जूस दे दो", "swap1"),
        ("nahi hai to chai hi de do", "swap2"),
        ("koi baat nahi chai de do", "swap2"),
        ("फिर चाय दे दो", "swap2"),
        ("if there is no coffee give me tea", "swap2"),
        ("no coffee? juice then", "swap1"),
        ("tea is fine", "swap2"),
        ("चाय चलेगी", "swap2"),
        ("coffee nahi hai to rehne do", "without"),
        ("कॉफ़ी नहीं है तो रहने दो", "without"),
        ("रहने दो", "without"),
        ("ठीक है", "again"),
        ("theek hai", "again"),
        ("kya hua", "again"),
        ("क्या हुआ?", "again"),
        ("why?", "again"),
        ("tea nahi hai to coffee de do", None),
        ("coffee chahiye tea nahi", None),
        ("coffee aur tea de do", None),
        ("coffee nahi hai to samosa de do", None),
        ("2 tea de do", None),
        ("where is my order", None),
    ],
)
def test_typed_answers(
    talk: Conversation, session: Session, words: str, answer: str | None
) -> None:
    assert reads(session, marks(session, "juice", "tea"), words) == answer


@pytest.mark.parametrize("said", ["", "x", ":", "1", "1:", "1:swap", "9" * 30 + ":without"])
def test_what_nobody_offers_changes_nothing(
    talk: Conversation, session: Session, said: str
) -> None:
    marks(session)
    talk.taps("answer_shortage", {"shortage": said}, AnswerShortage())
    assert talk.said or talk.texts
    assert lines(session) == {"coffee": 2, "samosa": 1}
