"""Intents that follow from what a message consists of, whatever the classifier believes."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message

from nlu.entities import READING
from nlu.reading import Reading

_BY_ALONE = {"number": "inform_quantity", "order_id": "track_order", "product": "new_order"}
_BY_COUNTED = "new_order"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CertainIntents(GraphComponent, IntentClassifier):
    """A bare number informs the quantity, a bare order number tracks, a counted product orders.

    The last one gives way to another intent of which the classifier is surer than `sure`:
    "how much are 2 coffees" counts a product too.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`sure`: the confidence from which the classifier knows better."""
        return {"sure": 0.5}

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure = float(config["sure"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Called by Rasa."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts the certain intent first in the ranking, with confidence 1."""
        for message in messages:
            if name := self._certain(message):
                certain = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: 1.0}
                ranking = message.get(INTENT_RANKING_KEY) or []
                others = [rank for rank in ranking if rank[INTENT_NAME_KEY] != name]
                message.set(INTENT, certain, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [certain, *others], add_to_output=True)
        return messages

    def _certain(self, message: Message) -> str | None:
        reading: Reading = message.get(READING) or Reading()
        if reading.alone:
            return _BY_ALONE[reading.alone]
        intent = message.get(INTENT) or {}
        unsure = float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0) < self._sure
        return _BY_COUNTED if reading.counted and unsure else None
