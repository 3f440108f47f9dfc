"""The rules that apply come out as Rasa finds them, and nothing that was typed is remembered."""

import json
from itertools import product

import pytest
from rasa.core.policies.rule_policy import (
    RULES,
    RULES_FOR_LOOP_UNHAPPY_PATH,
    SHOULD_NOT_BE_SET,
    RulePolicy,
)
from rasa.engine.graph import ExecutionContext, GraphSchema

from connectors.rule_memory import RuleMemory, remember_rules

LISTEN, MENU = {"action_name": "action_listen"}, {"action_name": "action_show_menu"}


def said(intent, **more):
    return {"user": {"intent": intent}, "prev_action": LISTEN, **more}


def rules_of(*rules):
    return {json.dumps(states): "action_of_the_rule" for states in rules}


@pytest.fixture
def policy():
    short, long = [said("greet")], [said("greet"), {"prev_action": MENU}, said("affirm")]
    free = [said("greet", active_loop={"name": SHOULD_NOT_BE_SET})]
    formed = [said("inform", active_loop={"name": "quantity_form"})]
    begun = [{}, said("greet")]
    lookup = {
        RULES: rules_of(short, long, free, begun),
        RULES_FOR_LOOP_UNHAPPY_PATH: rules_of(formed, short),
        "rules_not_in_stories": ["a name"],
    }
    context = ExecutionContext(GraphSchema({}))
    return RulePolicy(RulePolicy.get_default_config(), None, None, context, lookup=lookup)


STATES = [
    {}, said("greet"), said("affirm"), {"prev_action": MENU},
    said("greet", active_loop={"name": "quantity_form"}),
    said("inform", active_loop={"name": "quantity_form"}),
    {"user": {"text": "my own words"}, "prev_action": LISTEN},
]  # fmt: skip


def test_each_conversation_has_the_rules_that_rasa_finds(policy) -> None:
    memory = RuleMemory(policy)
    conversations = [
        list(states) for length in range(1, 5) for states in product(STATES, repeat=length)
    ]
    for _ in range(2):
        for name, states in product((RULES, RULES_FOR_LOOP_UNHAPPY_PATH), conversations):
            lookup = policy.lookup[name]
            assert memory(lookup, states) == policy._get_possible_keys(lookup, states), states


def test_no_more_is_remembered_than_the_longest_rule_looks_at(policy) -> None:
    memory = RuleMemory(policy)
    for text in ("mine", "yours"):
        for before in range(10):
            states = [said("x")] * (before + 2) + [{"user": {"text": text}, "prev_action": LISTEN}]
            memory(policy.lookup[RULES], states)
    assert len(memory._known) == 1
    assert "mine" not in str(memory._known)


def test_rules_that_name_texts_are_looked_up_each_time(policy) -> None:
    policy.lookup[RULES] |= rules_of([{"user": {"text": "hello"}, "prev_action": LISTEN}])
    memory = RuleMemory(policy)
    states = [{"user": {"text": "hello"}, "prev_action": LISTEN}]
    assert memory(policy.lookup[RULES], states) == policy._get_possible_keys(
        policy.lookup[RULES], states
    )
    assert memory._known == {}


def test_a_policy_asks_its_memory(policy) -> None:
    remember_rules(policy)
    assert isinstance(policy._get_possible_keys, RuleMemory)
