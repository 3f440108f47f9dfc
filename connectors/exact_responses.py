"""Rasa's response generator with values filled in exactly as written; endpoints.yml names it."""

import logging
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from shop.language.filling import fill_all
from shop.language.responses import in_own_words

logger = logging.getLogger(__name__)

# The parts of a response that hold texts.
_FILLED = ("text", "image", "custom", "buttons", "attachment", "quick_replies")


class ExactResponses(TemplatedNaturalLanguageGenerator):
    """Chooses a variation as Rasa does, takes the owner's words if there are any, and fills in
    values with shop/language/filling.py.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    def _random_response_for(
        self, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
    ) -> dict[str, Any] | None:
        """The variation for the customer's language, in the owner's words."""
        chosen = super()._random_response_for(utter_action, output_channel, filled_slots)
        return chosen and in_own_words(utter_action, chosen)

    def _fill_response(
        self,
        response: dict[str, Any],
        filled_slots: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """The response with slots and keyword arguments filled in, these before slots.

        If a value is missing, the placeholders stay in the text, as with Rasa.
        """
        values = self._response_variables(filled_slots or {}, kwargs)
        try:
            filled = {
                name: fill_all(response[name], values) for name in _FILLED if name in response
            }
        except KeyError as missing:
            logger.error("a response has no value for %s", missing)
            return response
        return {**response, **filled}
