"""What words about a place, a time or a way say of an order beside other words."""

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.intents.certain_intents import CertainIntents, _with_terms
from nlu.intents.certain_words import intent_of_talk
from nlu.message_reading import read_message


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("send it at 7 pm instead, the train is late", "choose_time"),
        ("please deliver it to flat 9, Lake View Road, the lift is broken", "give_address"),
        ("please deliver it to my cousin", "share_location"),
        ("i will come and pick it up at 6.30, pack it well", "choose_fulfilment"),
        ("i will pick it up, where are you", "faq_location"),
    ],
)
def test_words_about_place_and_time(text: str, intent: str) -> None:
    talk = intent_of_talk(text, None, names_product=False)
    assert talk is not None
    assert _with_terms(talk, read_message(text, seed_catalogue())) == intent


@pytest.mark.parametrize(
    ("text", "guessed", "intent"),
    [
        ("is the sandwich veg", None, "faq_ingredients"),
        ("are your samosas jain?", "new_order", "faq_ingredients"),
        ("samosa jain hai kya", "new_order", "faq_ingredients"),
        ("क्या समोसा वेज है", "new_order", "faq_ingredients"),
        ("2 veg sandwich hai", "new_order", None),
        ("veg sandwich no cheese", "faq_ingredients", "new_order"),
        ("chai bina cheeni", "faq_ingredients", "new_order"),
        ("is there a sandwich without onion", "faq_ingredients", None),
        ("sandwich without onion?", "faq_ingredients", None),
        ("the tea was too sweet", "support_other", None),
        (
            "2 samosas deliver to 33 CMH road 560038, don't ring the bell",
            "support_delivery",
            "new_order",
        ),
        ("where are my 2 samosas to 33 CMH road 560038", "support_delivery", None),
        ("2 samosas were cold", "support_quality", None),
    ],
)
def test_of_what_kind_and_how(text: str, guessed: str | None, intent: str | None) -> None:
    message = Message({TEXT: text, INTENT: {"name": guessed}})
    [read] = CertainIntents({"sure": 0.6}).process([message])
    assert read.get(INTENT)["name"] == (intent or guessed)


def test_what_decided_is_said_with_the_message() -> None:
    for text, by in (
        ("wifi hai kya", "talk.yml: facility"),
        ("is the sandwich veg", "phrases.yml: asks_kind"),
        ("3", "the message is one thing alone, number"),
        ("how much are 2 samosas for", None),
    ):
        message = Message({TEXT: text, INTENT: {"name": "faq_price"} if by is None else {}})
        [read] = CertainIntents({"sure": 0.6}).process([message])
        assert (read.get("understanding") or {}).get("by") == by
