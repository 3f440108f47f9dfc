"""Rasa component that extracts products, quantities and order numbers."""

from functools import lru_cache
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import live_catalogue, seed_catalogue
from nlu.component import UntrainedComponent
from nlu.message_reading import Reading, read_message
from nlu.rasa_reports import leave_out_wrong_reports
from nlu.recent import Recent
from nlu.said.said import find_signs
from shop.language import signs

Json = dict[str, Any]

leave_out_wrong_reports()

_READING = "catalogue_reading"
_EXAMPLES = 16384
_REMEMBERED = 2048


def reading_of(message: Message) -> Reading:
    """What CatalogueEntities read in a message; a training example is read by the seed catalogue.

    An example has no reading yet: the component only runs on messages.
    """
    reading: Reading | None = message.get(_READING)
    return reading or _reading_of_example(str(message.get(TEXT) or ""))


@lru_cache(_EXAMPLES)
def _reading_of_example(text: str) -> Reading:
    """Cached: the training reads each example for its vector and again for its intent."""
    return read_message(text, seed_catalogue())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CatalogueEntities(UntrainedComponent, EntityExtractorMixin):
    """Finds products, quantities and order numbers, using the current products."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._catalogue = live_catalogue()
        self._readings = _Readings(self._catalogue.current())

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds to each message its entities, signs of what else it says, and its reading."""
        readings = self._readings_now()
        for message in messages:
            text = str(message.get(TEXT) or "")
            reading, said = readings.read_text(text)
            message.set(_READING, reading)
            # `rasa test nlu` compares entities token by token.
            message.set(TOKENS_NAMES[TEXT], [Token(text[s:e], s, e) for s, e in reading.tokens])
            entities = [dict(entity) for entity in reading.entities]  # the reading is shared
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            message.set(signs.KEY, [dict(sign) for sign in said], add_to_output=True)
        return messages

    def _readings_now(self) -> "_Readings":
        """The readings with the current catalogue; two threads may build them at once, no harm."""
        catalogue, readings = self._catalogue.current(), self._readings
        if readings.catalogue is not catalogue:
            self._readings = readings = _Readings(catalogue)
        return readings


class _Readings:
    """The cached readings with one catalogue; a reading depends only on text and catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._recent: Recent[str, tuple[Reading, list[Json]]] = Recent(_REMEMBERED)

    def read_text(self, text: str) -> tuple[Reading, list[Json]]:
        """The reading of a text, and the signs of what else it says."""
        return self._recent.find_or_make(text, text, lambda: self._read(text))

    def _read(self, text: str) -> tuple[Reading, list[Json]]:
        reading = read_message(text, self.catalogue)
        found = find_signs(text, reading.entities, self.catalogue.titles)
        return reading, [sign.as_json() for sign in found]
