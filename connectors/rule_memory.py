"""Remembers which rules apply to a conversation; Rasa tries all rules three times in most turns.

Which rules apply depends on the last few states alone, as many as the longest rule has; these are
the same in most turns. What a customer typed is no part of them, since no rule of ours names texts.
"""

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import TEXT

# A state is an intent, the last action, a form and a step: few of them follow each other.
MOST = 5000


class RuleMemory:
    """Takes the place of a loaded policy's `_get_possible_keys`, and returns what that returns."""

    def __init__(self, policy: RulePolicy) -> None:
        self._find = policy._get_possible_keys
        lookups = [lookup for lookup in policy.lookup.values() if isinstance(lookup, dict)]
        rules = [policy._rule_key_to_state(key) for lookup in lookups for key in lookup]
        self._longest = max(map(len, rules), default=1)
        self._names_texts = any(TEXT in state.get(USER, {}) for rule in rules for state in rule)
        self._known: dict[tuple[int, str], set[str]] = {}

    def __call__(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        """The keys of the rules in this table that apply to the states."""
        if self._names_texts:
            return self._find(lookup, states)
        latest = [_without_text(state) for state in states[-self._longest :]]
        # The tables live as long as the policy.
        named = id(lookup), repr(latest)
        known = self._known.get(named)
        if known is None:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[named] = self._find(lookup, latest)
        return known


def _without_text(state: State) -> State:
    said = state.get(USER, {})
    if TEXT not in said:
        return state
    return {**state, USER: {name: part for name, part in said.items() if name != TEXT}}


def remember_rules(component: Any) -> None:
    """Gives a component such a memory if it is a policy of rules."""
    if isinstance(component, RulePolicy):
        component._get_possible_keys = RuleMemory(component)
