"""Intents that follow from what a message consists of, whatever the classifier believes."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message

from nlu.entities import reading_of

_UNDERSTANDING = "understanding"  # as nlu.intent_classifier writes it
_OUT_OF_SCOPE = "out_of_scope"
_BY_ALONE = {"number": "inform_quantity", "order_id": "track_order", "product": "new_order"}
_BY_COUNTED = "new_order"
_UNSURE = {FALLBACK, _OUT_OF_SCOPE, None}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CertainIntents(GraphComponent, IntentClassifier):
    """A bare number informs the quantity, a bare order number tracks, a counted product orders.

    The last one only where the classifier would not act: "how much are 2 coffees" counts too.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Called by Rasa."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the certain intent first in the ranking, with confidence 1."""
        for message in messages:
            if name := _certain(message):
                certain = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: 1.0}
                ranking = message.get(INTENT_RANKING_KEY) or []
                others = [each for each in ranking if each[INTENT_NAME_KEY] not in {name, FALLBACK}]
                message.set(INTENT, certain, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)
                message.set(_UNDERSTANDING, {"band": "act", "likely": []}, add_to_output=True)
        return messages


def _certain(message: Message) -> str | None:
    reading = reading_of(message)
    if reading.alone:
        return _BY_ALONE[reading.alone]
    intent = message.get(INTENT) or {}
    unsure = intent.get(INTENT_NAME_KEY) in _UNSURE
    return _BY_COUNTED if reading.counted and unsure else None
