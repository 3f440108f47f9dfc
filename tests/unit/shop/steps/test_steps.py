"""Every step is said once and completely: what is missing shows here, not in a conversation."""

import ast
import re

import pytest
import yaml

from actions import questions, small_talk
from settings import ROOT
from shop.customers.conversations import conversation_picture
from shop.steps import steps
from shop.steps.flows import NO_FLOW
from shop.steps.step import No, Step, Yes
from shop.taps import menu_names

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
INTENTS = {next(iter(one)) if isinstance(one, dict) else one for one in DOMAIN["intents"]}
RESPONSES = {
    name: variations
    for path in sorted((ROOT / "data/responses").glob("*.yml"))
    for name, variations in yaml.safe_load(path.read_text())["responses"].items()
}
RULES = "\n".join(path.read_text() for path in sorted((ROOT / "data/rules").glob("*.yml")))
OPEN = [step for step in steps.STEPS.values() if not step.is_at_rest]
EVERY = [*steps.STEPS.values(), steps.NOWHERE]
CODE = ("actions", "connectors", "console", "nlu", "settings", "shop", "storage", "trays")


def name_of(step: Step) -> str:
    return step.name or "nowhere"


def test_the_table_holds_every_step_that_is_defined() -> None:
    defined = [value for value in vars(steps).values() if isinstance(value, Step)]
    assert [step for step in defined if step is not steps.NOWHERE] == list(steps.STEPS.values())


def test_rasa_knows_the_same_steps() -> None:
    assert DOMAIN["slots"]["step"]["values"] == list(steps.STEPS)
    assert set(re.findall(r"\bstep: (\w+)", RULES)) <= set(steps.STEPS)


@pytest.mark.parametrize("step", OPEN, ids=name_of)
def test_every_question_and_its_hint_have_words(step: Step) -> None:
    question = step.question
    assert {question.response, question.hint} <= set(RESPONSES)
    assert question.menu in (None, menu_names.CATALOGUE, menu_names.SUPPORT)
    takes_values = "{" in "".join(variation["text"] for variation in RESPONSES[question.response])
    assert not takes_values or step in questions.QUESTIONS
    assert "{" not in "".join(variation["text"] for variation in RESPONSES[question.hint])


@pytest.mark.parametrize("step", [step for step in OPEN if step.is_asked_by_form], ids=name_of)
def test_every_form_that_asks_is_the_domains_and_has_its_rule(step: Step) -> None:
    form = step.question.form
    assert form is not None
    assert DOMAIN["forms"][form.name]["required_slots"] == [form.slot]
    assert f"action_ask_{form.slot}" in DOMAIN["actions"]
    assert f"active_loop: {form.name}" in RULES
    assert step not in questions.QUESTIONS


def test_every_form_is_asked_at_one_step() -> None:
    asked = [step.question.form.name for step in OPEN if step.question.form]
    assert sorted(asked) == sorted(DOMAIN["forms"])


@pytest.mark.parametrize("step", EVERY, ids=name_of)
def test_every_step_knows_its_flow_and_what_a_yes_and_a_no_do(step: Step) -> None:
    assert (step.flow is NO_FLOW) == (step is steps.NOWHERE)
    assert step.yes in small_talk.ANSWERS_YES
    assert step.no in small_talk.ANSWERS_NO
    assert step.for_staff
    question = step.question
    interrupting = question.interrupted_by | question.interrupted_briefly_by
    assert step.flow.is_about | interrupting <= INTENTS


def test_every_answer_to_yes_and_no_is_given() -> None:
    assert set(small_talk.ANSWERS_YES) == set(Yes)
    assert set(small_talk.ANSWERS_NO) == set(No)


@pytest.mark.parametrize("step", steps.STEPS.values(), ids=name_of)
def test_every_step_has_its_picture(step: Step) -> None:
    picture = conversation_picture({"step": step.name})
    assert picture is not None
    assert (picture.flow, picture.step) == (step.flow.name, step.name)
    assert set(step.shows) <= set(DOMAIN["slots"])
    assert set(steps.SLOTS) <= set(DOMAIN["slots"])


def test_a_step_of_another_version_is_nowhere() -> None:
    assert steps.find_step("asked_for_tip") is steps.NOWHERE
    assert conversation_picture({"step": "asked_for_tip"}) is None


def test_the_figures_ask_for_steps_that_there_are() -> None:
    compared = r"said_in ->> 'step' IN \(([^)]*)\)"
    lists = re.findall(compared, (ROOT / "shop/figures.sql").read_text())
    asked = {name.strip(" '") for each in lists for name in each.split(",")}
    assert asked
    assert asked <= set(steps.STEPS)


def test_no_other_python_file_knows_a_step_by_its_name() -> None:
    table = ROOT / "shop/steps/steps.py"
    knowing = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in CODE
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path != table
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in steps.STEPS
    }
    assert knowing == set()
