"""Where Rasa's custom actions run: in this process, or on an action server that a `url` names.

Newer Rasa versions take `actions_module` in endpoints.yml; this one gets it here. Rasa swallows
the errors of actions; within a turn an error ends the turn here, and nothing is saved.
"""

import copy
import json
import logging
import pickle
from functools import cache
from typing import Any

from aiohttp import ClientConnectionError
from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.actions.constants import SELECTIVE_DOMAIN
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from connectors.whatsapp.turn.turn import TurnFailed, current, failing_the_turn
from settings.errors import DocstringError

logger = logging.getLogger(__name__)

# Rasa would wait for 300 seconds.
REMOTE_SECONDS = 15
_REJECTED = 400  # what Rasa takes for an action's ActionExecutionRejection


class ActionsNotLoaded(DocstringError):
    """The module of the actions cannot be imported; the log above says why."""


class InProcessActions(EndpointConfig):
    """Runs the actions of a module by direct call."""

    def __init__(self, module: str) -> None:
        # Rasa leaves out the domain, which is added below once for all.
        super().__init__(actions_module=module, **{SELECTIVE_DOMAIN: True})
        self._executor = load_actions(module)
        self._domain: dict[str, Any] = {}

    def set_domain(self, domain: Domain) -> None:
        """Sets the domain that the actions get."""
        self._domain = copy.deepcopy(domain.as_dict())

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the action that a call names; returns its events and responses.

        An action gets copies of Rasa's objects, as it would on an action server.

        Raises:
            TurnFailed: within a turn, for every error but a rejection.
            ClientResponseError: 400 when the action rejects its execution, 500 when it fails.
        """
        # Rasa adds the domain for forms all the same: copying it takes longer than the action.
        call = {name: part for name, part in kwargs["json"].items() if name != "domain"}
        # Pickled within this process: three times as fast as JSON, and nothing from outside.
        call = pickle.loads(pickle.dumps(call, pickle.HIGHEST_PROTOCOL))  # noqa: S301
        with failing_the_turn(passing=_is_rejection):
            try:
                return await self._executor.run({**call, "domain": self._domain})
            except ActionExecutionRejection as rejected:
                told = {"action_name": rejected.action_name, "error": rejected.message}
                raise ClientResponseError(_REJECTED, "rejected", json.dumps(told)) from rejected
            except Exception as error:
                if current.get() is not None:
                    raise
                # As an action server answers, so that Rasa goes on with its own handling.
                logger.exception("action %s failed", call.get("next_action"))
                raise ClientResponseError(500, type(error).__name__, "{}") from error


class RemoteActions(EndpointConfig):
    """An action server; an error ends the turn instead of being swallowed."""

    @classmethod
    def like(cls, configured: EndpointConfig) -> "RemoteActions":
        """An endpoint with the same address, token, headers and so on."""
        made = cls()
        made.__dict__.update(configured.__dict__)
        return made

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Calls an action.

        Raises:
            TurnFailed: within a turn, for everything but a rejection (HTTP 400).
        """
        with failing_the_turn(passing=_is_rejection):
            try:
                return await super().request(*args, **{**kwargs, "timeout": REMOTE_SECONDS})
            except (ClientConnectionError, TimeoutError) as error:
                if current.get() is None:
                    raise
                raise TurnFailed(type(error).__name__, outage=True) from error


@cache
def load_actions(module: str) -> ActionExecutor:
    """The actions of a module, loaded once a process.

    Raises:
        ActionsNotLoaded: the module cannot be imported.
    """
    executor = ActionExecutor()
    try:
        executor.register_package(module)
    except SystemExit as error:  # rasa_sdk's way to say ImportError
        raise ActionsNotLoaded from error
    return executor


def action_endpoint(configured: EndpointConfig | None, domain: Domain) -> EndpointConfig | None:
    """The endpoint for the configuration under `action_endpoint` in endpoints.yml."""
    if configured is None or isinstance(configured, InProcessActions | RemoteActions):
        return configured
    if configured.url:
        return RemoteActions.like(configured)
    if module := configured.kwargs.get("actions_module"):
        here = InProcessActions(module)
        here.set_domain(domain)
        return here
    return configured


_ANSWER = Draft7Validator(RemoteAction.action_response_format_spec())


def validate_answer(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Validates an action's answer as Rasa does, with the schema compiled once.

    Rasa's own `_validate_action_result` checks the schema itself at each call: half of a turn's
    CPU time. Answers of our own process need no check.

    Raises:
        jsonschema.ValidationError: the answer is not in Rasa's format.
    """
    if not isinstance(self.action_endpoint, InProcessActions):
        _ANSWER.validate(result)
    return True


def _is_rejection(error: Exception) -> bool:
    return isinstance(error, ClientResponseError) and error.status == _REJECTED
