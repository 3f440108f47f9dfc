"""What words about a place, a time or a way say of an order beside other words."""

import pytest

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.intents.certain_intents import _with_terms
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
