"""Recognises the owner's own questions (table `faq_answers`) without training.

A message whose sentence vector is close to one of the owner's examples asks about that example's
topic. So does a question for a facility that the examples of only one topic name: "wifi hai kya"
where "do you have wifi?" is an example. The built-in topics have an intent of their own.
"""

from functools import cache
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from nlu.background_reader import BackgroundReader, Connection, shop_reader
from nlu.catalogue.live_catalogue import reads_database, seed_catalogue
from nlu.component import UntrainedComponent
from nlu.entities import reading_of
from nlu.intents.certain_words import facilities_in
from nlu.intents.intent_classifier import UNDERSTANDING
from nlu.message_reading import read_message
from nlu.sentence.sentence_model import Array, sentence_model
from nlu.words.typos import english_words
from shop.faq.editing import BUILT_IN

INTENT_OF_TOPICS = "faq_shop"
TOPIC = "topic"
_QUESTIONS = """
    SELECT topic, unnest(questions) FROM faq_answers WHERE is_active ORDER BY position, id"""
# Only these intents are overridden. The others are actions, and similarity must not replace one.
_GIVES_WAY = {
    *("faq_shop", "faq_hours", "faq_delivery", "faq_location", "faq_payment", "faq_offers"),
    "faq_ingredients",
    *("support", "support_other", "out_of_scope", FALLBACK),
}

_UNANSWERED = {INTENT_OF_TOPICS, FALLBACK, "out_of_scope"}

Question = tuple[str, str]


class Questions:
    """The owner's examples, as rows of topic and text, with their vectors."""

    def __init__(self, rows: tuple[Question, ...] = ()) -> None:
        self.rows = rows
        self._vectors = sentence_model().vectors([vector_text(text) for _, text in rows])
        self._facilities = [(topic, facilities_in(text)) for topic, text in rows]

    def nearest(self, vector: Array) -> tuple[str, float]:
        """The topic of the nearest example, and the cosine to it; "" and 0 without examples."""
        if not self.rows:
            return "", 0.0
        alike = self._vectors @ vector
        place = int(np.argmax(alike))
        return self.rows[place][0], float(alike[place])

    def topic_of_facility(self, text: str) -> str | None:
        """The only topic whose examples name a facility that the text names, or None."""
        asked = facilities_in(text)
        topics = {topic for topic, named in self._facilities if named & asked}
        return topics.pop() if len(topics) == 1 else None


class LiveQuestions:
    """The examples as of at most a few seconds ago."""

    def __init__(self) -> None:
        self.current = Questions()

    def start(self, reader: BackgroundReader) -> None:
        """Starts reading; returns after the first read or a time limit."""
        reader.follow(("faq_answers",), self._read)

    def _read(self, connection: Connection) -> None:
        rows = tuple(connection.execute(_QUESTIONS).fetchall())
        if rows != self.current.rows:
            self.current = Questions(rows)


@cache
def live_questions() -> LiveQuestions:
    """This process's reader, started when the first one asks for it."""
    live = LiveQuestions()
    if reads_database():
        live.start(shop_reader())
    return live


def vector_text(text: str) -> str:
    """The text that the sentence model gets for an example, prepared as for a message."""
    return english_words(read_message(text, seed_catalogue()).legible)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OwnQuestions(UntrainedComponent, IntentClassifier):
    """Sets the intent and topic of the owner's question that a message is close to.

    alike: the least cosine. alike_unsure: the least cosine if the message would have no answer
    otherwise: the classifier would not act, or knows only that the shop is asked about.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Chosen on reworded questions (tests/integration/nlu/test_own_questions.py)."""
        return {"alike": 0.8, "alike_unsure": 0.62}

    def __init__(self, config: dict[str, Any], questions: LiveQuestions | None = None) -> None:
        super().__init__(config)
        self._alike = float(config["alike"])
        self._alike_unsure = float(config["alike_unsure"])
        self._questions = questions or live_questions()

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the question's intent first, with its topic among the entities."""
        for message in messages:
            if topic := self._topic(message):
                name, sure = topic
                self._write(message, name, sure)
        return messages

    def _topic(self, message: Message) -> tuple[str, float] | None:
        """The topic that a message asks about and the cosine, or None."""
        questions = self._questions.current
        intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
        if not questions.rows or intent not in _GIVES_WAY or reading_of(message).alone:
            return None
        _, features = message.get_dense_features(TEXT)
        if features is None:
            return None
        if intent == INTENT_OF_TOPICS and (
            named := questions.topic_of_facility(str(message.get(TEXT)))
        ):
            return named, 1.0
        topic, alike = questions.nearest(features.features[0])
        least = self._alike_unsure if intent in _UNANSWERED else self._alike
        return (topic, alike) if alike >= least else None

    def _write(self, message: Message, topic: str, sure: float) -> None:
        intent = BUILT_IN.get(topic, INTENT_OF_TOPICS)
        certain = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: sure}
        ranking = message.get(INTENT_RANKING_KEY) or []
        left_out = {intent, FALLBACK}
        others = [each for each in ranking if each[INTENT_NAME_KEY] not in left_out]
        message.set(INTENT, certain, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)
        message.set(UNDERSTANDING, {"band": "act", "likely": []}, add_to_output=True)
        asked = {"entity": TOPIC, "value": topic, "extractor": type(self).__name__}
        entities = message.get(ENTITIES) or []
        message.set(ENTITIES, [*entities, asked], add_to_output=True)
