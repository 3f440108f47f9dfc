"""Rasa component that classifies intents."""

import logging
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped, unused-ignore]

from nlu.entities import reading_of
from nlu.fingerprint import hash_reading
from nlu.intents.intent_model import OUT_OF_SCOPE, Inputs
from nlu.intents.understanding import Guess, Understanding
from nlu.recent import Recent

UNDERSTANDING = "understanding"
_RANKED = 10
_REMEMBERED = 2048

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class BandedIntents(GraphComponent, IntentClassifier):
    """Predicts the intent, and whether the prediction is good enough to act on.

    If not, the intent is Rasa's nlu_fallback, ranked first, and the message's `understanding` says
    what to do: {"band": "ask", "likely": [intents]} or {"band": "reject"}.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """A component that adds sentence vectors must run before this one."""
        return [Featurizer]

    def __init__(
        self, storage: ModelStorage, resource: Resource, learnt: Understanding | None = None
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._learnt = learnt
        self._recent: Recent[tuple[str, tuple[bool, bool]], Guess] = Recent(_REMEMBERED)
        # One message is too little work for several threads: on a busy machine they take three
        # times as long. On one thread, results are also the same to the last bit each time.
        threadpool_limits(limits=1, user_api="blas")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Called by Rasa before training."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Called by Rasa to run; a model that was trained without examples predicts nothing."""
        try:
            with model_storage.read_from(resource) as directory:
                return cls(model_storage, resource, Understanding.load(directory))
        except ValueError:
            logger.warning("There is no trained intent model: no message will have an intent.")
            return cls(model_storage, resource)

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str:
        """Makes Rasa train again when the code or words behind the features change."""
        return hash_reading()

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from all examples with an intent, and keeps the result with Rasa's model."""
        examples = [each for each in training_data.intent_examples if each.get(TEXT)]
        intents = [str(each.get(INTENT)) for each in examples]
        if len(set(intents)) > 1:
            self._learnt = Understanding.learn(_inputs(examples), intents)
            with self._storage.write_to(self._resource) as directory:
                self._learnt.save(directory)
            logger.info("Thresholds: reject %s, act %s.", *self._learnt.gate.bands)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds intent, ranking and band to each message."""
        for message in messages:
            # If the message consists of one thing, CertainIntents sets the intent.
            if self._learnt and message.get(TEXT) and not reading_of(message).alone:
                _write(message, self._guess(self._learnt, message))
        return messages

    def _guess(self, learnt: Understanding, message: Message) -> Guess:
        """The model's prediction, cached: it depends only on the legible text and the signs."""
        reading = reading_of(message)
        key = (reading.legible, reading.signs)
        return self._recent.find_or_make(key, key[0], lambda: learnt.guess(_inputs([message]))[0])


def _inputs(messages: Sequence[Message]) -> Inputs:
    readings = [reading_of(message) for message in messages]
    vectors = [message.get_dense_features(TEXT)[1].features[0] for message in messages]
    return Inputs.from_readings(readings, np.array(vectors, dtype=np.float32))


def _write(message: Message, guess: Guess) -> None:
    ranking = [_rank(label, share) for label, share in guess.ranking[:_RANKED]]
    first_of_ours = next(rank for rank in ranking if rank[INTENT_NAME_KEY] != OUT_OF_SCOPE)
    intent = first_of_ours
    if guess.band != "act":
        beyond = guess.ranking[0][0] == OUT_OF_SCOPE and guess.band == "reject"
        intent = ranking[0] if beyond else _rank(FALLBACK, 1.0 - first_of_ours["confidence"])
    if intent[INTENT_NAME_KEY] == FALLBACK:
        ranking.insert(0, intent)
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    told = {"band": guess.band, "likely": guess.likely}
    message.set(UNDERSTANDING, told, add_to_output=True)


def _rank(label: str, share: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: label, PREDICTED_CONFIDENCE_KEY: share}
