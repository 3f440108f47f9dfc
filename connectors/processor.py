"""Rasa's message processor with our graph runner, our action endpoint and current responses.

`install_processor` puts it where Rasa's agent looks for its processor. The tracker store calls it,
so every command that reads endpoints.yml gets it (`rasa run`, `rasa shell`, REST), and so does a
model that is loaded later.
"""

import logging
from pathlib import Path
from typing import Any

import rasa.core.agent
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.interface import GraphRunner
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from connectors.action_endpoints import action_endpoint, validate_answer
from connectors.graph_runner import SequentialGraphRunner
from connectors.time_answers import as_time_answer
from settings.models import warn_of_other_sources
from shop.language.responses import read_responses
from shop.steps.steps import find_step

logger = logging.getLogger(__name__)


class ShopMessageProcessor(MessageProcessor):
    """Runs actions in this process where endpoints.yml names a module; runs the graph directly.

    The responses are those of data/responses when the model is loaded, not when it was trained.
    """

    graph_runner: GraphRunner
    action_endpoint: EndpointConfig | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Before the errors of slots and actions that the model does not know, once for each model.
        if warning := warn_of_other_sources(Path(self.model_filename)):
            logger.warning(warning)
        self.graph_runner = SequentialGraphRunner(self.graph_runner)
        # The agent hands them on to its generator of answers. The domain's list of actions stays
        # that of the training, since the policies' predictions are numbered by it.
        self.domain.responses = {**self.domain.responses, **read_responses()}
        self.action_endpoint = action_endpoint(self.action_endpoint, self.domain)

    async def _handle_message_with_tracker(
        self, message: UserMessage, tracker: DialogueStateTracker
    ) -> None:
        """Logs the message with the step that it may answer, which is known here."""
        parsed = message.parse_data or await self.parse_message(message, tracker)
        step = find_step(tracker.get_slot("step"))
        message.parse_data = as_time_answer(parsed, step)
        await super()._handle_message_with_tracker(message, tracker)

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Does nothing: intents and entities are the model's own, and Rasa would build a domain to
        check."""


def install_processor() -> None:
    """Lets every agent of this process use it."""
    rasa.core.agent.MessageProcessor = ShopMessageProcessor
    RemoteAction._validate_action_result = validate_answer
