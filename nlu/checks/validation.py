"""Replaces two checks of `rasa data validate`, which warn of things that are right here.

Rasa warns of every response that only an action sends, and of every intent without examples, such
as those that are only tapped. Our checks know both, and fail with `--fail-on-warnings` where
Rasa's only warn.
"""

from pathlib import Path
from typing import cast

import yaml
from rasa.shared.core.events import ActionExecuted
from rasa.shared.utils.io import raise_warning
from rasa.validator import Validator

from nlu.checks.said import find_unused_responses

_NEVER_TYPED = Path(__file__).with_name("never_typed.yml")


def install_validator() -> None:
    """Makes Rasa's validator use our two checks in this process."""
    Validator.verify_intents = verify_intents
    Validator.verify_utterances_in_stories = verify_responses


def never_typed() -> dict[str, str]:
    """The intents that need no examples, each with the reason."""
    return cast(dict[str, str], yaml.safe_load(_NEVER_TYPED.read_text(encoding="utf-8")))


def verify_intents(validator: Validator, ignore_warnings: bool = True) -> bool:
    """Whether each intent has examples or a reason to have none, and each example an intent."""
    with_examples = {each.data["intent"] for each in validator.intents.intent_examples}
    in_domain = set(validator._non_default_intents())
    return _all_right(
        [
            *(
                f"The intent '{name}' has no examples in data/nlu, and no reason for it in "
                f"nlu/checks/{_NEVER_TYPED.name}."
                for name in sorted(in_domain - with_examples - set(never_typed()))
            ),
            *(
                f"The intent '{name}' has examples in data/nlu and is not in domain.yml."
                for name in sorted(with_examples - set(validator.domain.intents))
            ),
        ],
        ignore_warnings,
    )


def verify_responses(validator: Validator, ignore_warnings: bool = True) -> bool:
    """Whether each response of a story or rule exists, and each existing response is used."""
    told = {
        event.action_name
        for step in validator.story_graph.story_steps
        for event in step.events
        if isinstance(event, ActionExecuted) and (event.action_name or "").startswith("utter_")
    }
    known = {name.split("/")[0] for name in validator.domain.responses}
    return _all_right(
        [
            *(
                f"The response '{name}' is in a story or rule and not in data/responses."
                for name in sorted(told - known)
            ),
            *(
                f"The response '{name}' is said by no story, no rule and no code."
                for name in find_unused_responses(known - told)
            ),
        ],
        ignore_warnings,
    )


def _all_right(warnings: list[str], ignore_warnings: bool) -> bool:
    for warning in warnings:
        raise_warning(warning)
    return ignore_warnings or not warnings
