"""What forms do with values that their own extraction has read already."""

from collections.abc import Callable
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

Validation = Callable[
    [FormValidationAction, Any, CollectingDispatcher, Tracker, dict[str, Any]], dict[str, Any]
]


def accept_extracted(slot: str) -> Validation:
    """A form's `validate_<slot>` that takes every value: without one Rasa's SDK warns each time."""

    def validate(
        _form: FormValidationAction,
        value: Any,
        _dispatcher: CollectingDispatcher,
        _tracker: Tracker,
        _domain: dict[str, Any],
    ) -> dict[str, Any]:
        return {slot: value}

    return validate
