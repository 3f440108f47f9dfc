"""The way to the action server within a turn: what fails there fails the turn."""

from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig

import settings
from connectors.whatsapp.turn import failing_the_turn

# Rasa would wait for 300 seconds.
TIMEOUT = 15
_REJECTED = 400  # an action's ActionExecutionRejection, which Rasa knows how to take


class ActionServer(EndpointConfig):
    """Rasa's endpoint for actions; an error ends the turn instead of being swallowed."""

    @classmethod
    def configured(cls) -> "ActionServer":
        """The action server on ACTIONS_PORT."""
        return cls(url=f"http://127.0.0.1:{settings.load().actions_port}/webhook")

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Calls an action.

        Raises:
            TurnFailed: within a turn, for everything but a rejection (HTTP 400).
        """
        with failing_the_turn(passing=_is_rejection):
            return await super().request(*args, **{**kwargs, "timeout": TIMEOUT})


def _is_rejection(error: Exception) -> bool:
    return isinstance(error, ClientResponseError) and error.status == _REJECTED
