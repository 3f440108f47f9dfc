"""Sets intents that follow from the structure of a message, overriding the classifier."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from nlu.component import UntrainedComponent
from nlu.entities import reading_of
from nlu.intents.certain_words import Certain, find_talk
from nlu.intents.intent_classifier import UNDERSTANDING
from nlu.message_reading import Reading
from nlu.said.notes import refuses_a_part
from nlu.words.phrases import find_phrase, is_phrase

_OUT_OF_SCOPE = "out_of_scope"
_BY_ALONE = {
    "number": "inform_quantity",
    "order_id": "track_order",
    "product": "new_order",
    "option": "choose_option",
    "search": "new_order",
    "look": "new_order",
    "address": "give_address",
    "table": "inform_table",
    "way": "choose_fulfilment",
    "time": "choose_time",
}
_OF_FULFILMENT = {"address", "table", "way", "time"}
# These win over a bare term: "tomorrow" and "not now" put the order off. Other sentences do not:
# "i'll fetch it" also chooses pickup.
_BEFORE_FULFILMENT = {"later", "wait", "complain"}
_BY_COUNTED = "new_order"
_PLACE, _WHERE, _WHEN = "share_location", "give_address", "choose_time"
_FETCHES, _HOW = "faq_location", "choose_fulfilment"
_INGREDIENTS, _OFFERS = "faq_ingredients", "faq_offers"
_COMPLAINS = "support_"
_UNSURE = {FALLBACK, _OUT_OF_SCOPE, None}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CertainIntents(UntrainedComponent, IntentClassifier):
    """Sets `inform_quantity` for a bare number, `new_order` for a bare product, and so on.

    A counted product among other words also means `new_order`, if the classifier would not act. It
    does not if another intent has a share of at least `sure` of all our intents' confidence: "how
    much are 2 coffees". Some sentences have a certain intent, too (certain_words.py).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Measured out of fold: from 0.6 on, the classifier was right 101 times out of 107."""
        return {"sure": 0.6}

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._sure = float(config["sure"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the certain intent first in the ranking, with confidence 1."""
        for message in messages:
            if decided := self._certain(message):
                name = decided.intent
                certain = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: 1.0}
                ranking = message.get(INTENT_RANKING_KEY) or []
                others = [each for each in ranking if each[INTENT_NAME_KEY] not in {name, FALLBACK}]
                message.set(INTENT, certain, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)
                told = {"band": "act", "likely": [], "by": decided.by}
                message.set(UNDERSTANDING, told, add_to_output=True)
        return messages

    def _certain(self, message: Message) -> Certain | None:
        reading = reading_of(message)
        guessed = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
        if decided := find_certain(str(message.get(TEXT) or ""), reading, guessed):
            return decided
        acts = guessed not in _UNSURE
        stands_out = self._stands_out(message.get(INTENT_RANKING_KEY) or [])
        orders = reading.counted and not acts and not stands_out
        return Certain(_BY_COUNTED, "a counted product") if orders else None

    def _stands_out(self, ranking: list[dict[str, Any]]) -> bool:
        """Whether an intent other than ordering has `sure` of our intents' confidence, or more."""
        ours = [each for each in ranking if each[INTENT_NAME_KEY] not in _UNSURE]
        total = sum(each[PREDICTED_CONFIDENCE_KEY] for each in ours)
        if not ours or ours[0][INTENT_NAME_KEY] == _BY_COUNTED:
            return False
        return bool(ours[0][PREDICTED_CONFIDENCE_KEY] >= self._sure * total)


def find_certain(text: str, reading: Reading, guessed: str | None) -> Certain | None:
    """The intent that the words of a message decide, and by what; None if the classifier decides.

    guessed: the classifier's intent.
    """
    names_product = reading.signs[0]
    talk = find_talk(text, guessed, names_product=names_product)
    if talk and talk.intent in (_PLACE, _FETCHES):
        talk = talk._replace(intent=_with_terms(talk.intent, reading))
    if talk and not (reading.alone in _OF_FULFILMENT and talk.intent not in _BEFORE_FULFILMENT):
        return talk
    if names_product and not reading.counted and find_phrase("asks_kind", text):
        asks = guessed in {*_UNSURE, _INGREDIENTS, _BY_COUNTED}
        return Certain(_INGREDIENTS, "phrases.yml: asks_kind") if asks else None
    if guessed == _INGREDIENTS and names_product and _wants_it_so(text):
        return Certain(_BY_COUNTED, "notes.yml: a part of a product is refused")
    if reading.alone and not (reading.alone == "product" and is_phrase("thanks_for", text)):
        return Certain(_BY_ALONE[reading.alone], f"the message is one thing alone, {reading.alone}")
    if _begins_an_order(reading, text, str(guessed)):
        return Certain(_BY_COUNTED, "a counted product at the beginning")
    return None


def _begins_an_order(reading: Reading, text: str, guessed: str) -> bool:
    """Whether a message begins with a counted product and has an address, a way or a coupon too:
    "2 burgers deliver to 33 CMH road, call me when you reach".
    """
    if not _starts_with_counted(reading):
        return False
    if guessed == _OFFERS:
        return _asks_nothing(text)
    said = {entity["entity"] for entity in reading.entities}
    return guessed.startswith(_COMPLAINS) and not said.isdisjoint({"address", "fulfilment"})


def _starts_with_counted(reading: Reading) -> bool:
    is_first = bool(reading.entities) and reading.entities[0]["start"] == 0
    return reading.counted and is_first


def _asks_nothing(text: str) -> bool:
    """ "2 samosas, coupon SAVE50" is an order, "2 samosas pe discount milega?" is none."""
    return not (text.rstrip().endswith("?") or find_phrase("asks", text))


def _wants_it_so(text: str) -> bool:
    """Whether a text says how a product is to be made, and asks nothing: "sandwich no cheese"."""
    return _asks_nothing(text) and refuses_a_part(text)


def _with_terms(talk: str, reading: Reading) -> str:
    """The intent of a sentence about delivery or pickup, by the terms in it.

    With an address it gives the address, with a time ("send it at 6") the time; a pickup at a time
    chooses pickup ("I will pick up at 5.30")."""
    said = {entity["entity"] for entity in reading.entities}
    if talk == _FETCHES:
        return _HOW if {"fulfilment", "time"} <= said else talk
    return _WHERE if "address" in said else _WHEN if "time" in said else talk
