"""`rasa data validate` knows what is said by actions and what is tapped, and fails on the rest."""

import re
from types import SimpleNamespace
from typing import cast

import pytest
import yaml
from rasa.shared.core.events import ActionExecuted
from rasa.validator import Validator

from nlu.checks import validation
from nlu.checks.said import find_unused_responses
from settings import ROOT
from shop.language.responses import read_responses

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())


def project(
    examples: tuple[str, ...] = (), intents: tuple[str, ...] = (), said: tuple[str, ...] = ()
) -> Validator:
    """What Rasa's validator knows of a project with these intents and our responses."""
    step = SimpleNamespace(events=[ActionExecuted(name) for name in said])
    found = SimpleNamespace(
        intents=SimpleNamespace(
            intent_examples=[SimpleNamespace(data={"intent": name}) for name in examples]
        ),
        domain=SimpleNamespace(intents=list(intents), responses=read_responses()),
        story_graph=SimpleNamespace(story_steps=[step]),
        _non_default_intents=lambda: list(intents),
    )
    return cast(Validator, found)


@pytest.mark.parametrize(
    ("examples", "intents", "warning"),
    [
        (("greet",), ("greet", "remove_item"), None),
        (("greet",), ("greet", "sing"), "'sing' has no examples"),
        (("greet", "sing"), ("greet",), "'sing' has examples in data/nlu and is not"),
    ],
)
def test_intents(examples: tuple[str, ...], intents: tuple[str, ...], warning: str | None) -> None:
    given = project(examples, intents)
    if warning is None:
        assert validation.verify_intents(given, ignore_warnings=False)
        return
    with pytest.warns(UserWarning, match=re.escape(warning)):
        assert not validation.verify_intents(given, ignore_warnings=False)
    with pytest.warns(UserWarning, match=re.escape(warning)):
        assert validation.verify_intents(given)


def test_a_story_that_says_what_does_not_exist() -> None:
    with pytest.warns(UserWarning, match="'utter_sing' is in a story or rule and not in"):
        assert not validation.verify_responses(project(said=("utter_sing",)), False)


def test_every_response_is_said_by_something() -> None:
    assert find_unused_responses(read_responses()) == []
    assert find_unused_responses(["utter_status_preparing", "utter_sing"]) == ["utter_sing"]


def test_reasons_are_for_intents_that_exist() -> None:
    assert set(validation.never_typed()) <= set(DOMAIN["intents"])
    assert all(validation.never_typed().values())
