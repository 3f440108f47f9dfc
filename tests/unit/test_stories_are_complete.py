"""Every intent, rule, form, step and response of a rule has a story that `rasa test` plays."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from settings import ROOT
from tests.journeys.stories import Story, read_stories

Steps = list[tuple[str, str | None]]

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
INTENTS = [next(iter(one)) if isinstance(one, dict) else one for one in DOMAIN["intents"]]


def read(folder: str, key: str) -> Iterator[tuple[str, Steps]]:
    """The rules or stories of a folder, each by its name."""
    for path in sorted((ROOT / folder).glob("*.yml")):
        for each in yaml.safe_load(path.read_text()).get(key, []):
            yield each[key.replace("ies", "y").rstrip("s")], list(steps_of(each["steps"]))


def steps_of(steps: list[dict[str, Any]]) -> Iterator[tuple[str, str | None]]:
    """What happens, without words, entities and slots other than the step."""
    for step in steps:
        for kind in ("intent", "action", "active_loop"):
            if kind in step:
                yield kind, step[kind]
        for slot in step.get("slot_was_set", []):
            if isinstance(slot, dict) and "step" in slot:
                yield "step", slot["step"]


def holds(story: Steps, rule: Steps) -> bool:
    """Whether the rule's steps follow each other somewhere in the story."""
    return any(story[i : i + len(rule)] == rule for i in range(len(story)))


STORIES = [steps for _, steps in read("tests/stories", "stories")]
TOLD = {each for story in STORIES for each in story}
RULES = dict(read("data/rules", "rules"))
WITHOUT_STORY = {
    # Rasa learns no rule in which the form that ended begins again: the action leads there itself
    # (`ask_quantity` of actions/cart.py), and `rasa test` runs no actions.
    "the next line without a quantity is asked for",
}


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_a_story(intent: str) -> None:
    assert ("intent", intent) in TOLD


@pytest.mark.parametrize("rule", [name for name in RULES if name not in WITHOUT_STORY])
def test_every_rule_has_a_story(rule: str) -> None:
    assert any(holds(story, RULES[rule]) for story in STORIES)


@pytest.mark.parametrize("form", DOMAIN["forms"])
def test_every_form_has_a_story_in_which_it_asks_and_one_in_which_it_ends(form: str) -> None:
    assert ("active_loop", form) in TOLD
    asked = [story for story in STORIES if ("active_loop", form) in story]
    assert any(("active_loop", None) in story for story in asked)


def test_every_step_that_a_rule_leads_to_has_a_story() -> None:
    steps = {each for rule in RULES.values() for each in rule if each[0] == "step"}
    assert steps <= TOLD


def test_every_response_and_action_of_a_rule_has_a_story() -> None:
    said = {each for rule in RULES.values() for each in rule}
    assert {each for each in said if each[0] == "action"} <= TOLD


def test_what_has_a_reason_is_a_rule_without_a_story() -> None:
    assert set(RULES) >= WITHOUT_STORY
    assert not any(holds(story, RULES[name]) for story in STORIES for name in WITHOUT_STORY)


@pytest.mark.parametrize("story", read_stories(), ids=str)
def test_every_turn_says_what_the_running_bot_answers(story: Story) -> None:
    """`make test-stories` compares it; a story that it cannot play has a reason."""
    assert story.only_predicted or all(turn.says or turn.is_silent for turn in story.turns)
