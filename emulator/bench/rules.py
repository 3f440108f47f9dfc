"""Finds which of the project's rules a turn followed; Rasa's events only name the policy."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from emulator.chat import Json

FOLDER = Path(__file__).resolve().parents[2] / "data" / "rules"
Step = tuple[str, Any]


def followed_rules(turn: Sequence[Step]) -> list[str]:
    """The names of the rules whose steps are all in a turn, in order; the longest first.

    turn: the steps of the turn, its intent first. A rule that begins with an action belongs to an
    open form, so its steps may begin after the intent.
    """
    fitting = [(len(steps), name) for name, steps in read_rules(FOLDER) if holds(turn, steps)]
    most: dict[Step, tuple[int, str]] = {}
    for size, name in sorted(fitting, reverse=True):
        first = dict(read_rules(FOLDER))[name][0]
        most.setdefault(first, (size, name))
    return [name for _, name in sorted(most.values(), reverse=True)]


@cache
def read_rules(folder: Path) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    """Every rule with its steps."""
    return tuple(
        (rule["rule"], tuple(read_rule_steps(rule["steps"])))
        for path in sorted(folder.glob("*.yml"))
        for rule in yaml.safe_load(path.read_text(encoding="utf-8")).get("rules", [])
    )


def read_rule_steps(steps: list[Json]) -> Iterator[Step]:
    for step in steps:
        for kind in ("intent", "action", "active_loop"):
            if kind in step:
                yield kind, step[kind]
        for slots in step.get("slot_was_set", []):
            yield from (("slot", pair) for pair in slots.items())


def holds(turn: Sequence[Step], rule: Sequence[Step]) -> bool:
    """Whether the rule's steps are in the turn, in order."""
    left = iter(turn)
    return bool(rule) and all(any(step == each for each in left) for step in rule)
