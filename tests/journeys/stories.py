"""The stories of `rasa test` (tests/stories), read for the running bot.

`rasa test core` predicts what follows what and runs no action. Here a story is played by a customer
on the emulator (tests/journeys/test_stories.py), and what Rasa then has in its events must be what
the story says. What only the running bot needs stands in the story's `metadata`, which Rasa reads
over:

    metadata:
      shop: {fulfilment: [delivery]}     columns of shop_settings, for this story
      closed: true                       the shop is closed today and tomorrow
      only_predicted: why                it is not played
      rows: {delivery_zones: [{...}]}    rows that the shop has meanwhile
      order: ORD-12345                   an order of the customer's, which waits to be accepted
      before: [{text: hi}]               what the customer does first (emulator/control), unchecked
      turns:                             one for each `user` step
        - says: words of the bubble      or a list of words
          does: {text: 12 MG Road}       instead of the step's words or its tap
          silent: true                   there is no bubble
          sold_out: coffee               this product is sold out before it

A step `/new_order{"product": "coffee"}` is a tap on the button or row that means it, and
`does: {choose: 1}` one on the first option of the latest bubble.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from settings import ROOT
from shop.taps.meanings import ENTITY_OF, offered_id

FOLDER = ROOT / "tests/stories"
# `[coffees]{"entity": "product", ...}` and `[2](quantity)`, as Rasa marks entities.
MARKED = re.compile(r"\[([^\]]+)\](?:\{[^}]*\}|\([^)]*\))")
PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?", re.DOTALL)
Step = tuple[str, Any]


@dataclass(frozen=True)
class Turn:
    """What the customer does, and what must come of it.

    `steps`: the actions, forms and slots of the story, in order.
    """

    does: dict[str, Any]
    intent: str
    steps: list[Step]
    says: list[str]
    is_silent: bool = False
    sold_out: str = ""


@dataclass(frozen=True)
class Story:
    """One story with what its shop is like."""

    name: str
    file: str
    turns: list[Turn]
    shop: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    closed: bool = False
    only_predicted: str = ""
    order: str = ""
    before: list[dict[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"

    @property
    def is_played_alone(self) -> bool:
        """Whether the shop is another one for it, or it has a number that others have, too."""
        sells_out = any(turn.sold_out for turn in self.turns)
        return bool(self.shop or self.rows or self.closed or self.order or sells_out)


def read_stories(folder: Path = FOLDER) -> list[Story]:
    """All stories, file by file."""
    return [
        read_story(path.stem, each)
        for path in sorted(folder.glob("test_*.yml"))
        for each in yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]
    ]


def read_story(file: str, story: dict[str, Any]) -> Story:
    """One story as YAML has it."""
    told = dict(story.get("metadata") or {})
    written = list(split_turns(story["steps"]))
    said = told.pop("turns", [{} for _ in written])
    assert len(said) == len(written), f"{story['story']}: {len(said)} turns, {len(written)} steps"
    turns = [
        read_turn(user, steps, more) for (user, steps), more in zip(written, said, strict=True)
    ]
    return Story(story["story"], file, turns, **told)


def read_turn(user: dict[str, Any], steps: list[Step], more: dict[str, Any]) -> Turn:
    """A `user` step, what follows it, and its entry under `turns`."""
    words = more.get("says", [])
    return Turn(
        does=more.get("does") or as_deed(user["user"].strip()),
        intent=user["intent"],
        steps=steps,
        says=[words] if isinstance(words, str) else words,
        is_silent=more.get("silent", False),
        sold_out=more.get("sold_out", ""),
    )


def split_turns(steps: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Step]]]:
    """Each `user` step with the steps up to the next one."""
    places = [place for place, step in enumerate(steps) if "user" in step]
    for start, end in zip(places, [*places[1:], len(steps)], strict=True):
        yield steps[start], list(flat_steps(steps[start + 1 : end]))


def flat_steps(steps: list[dict[str, Any]]) -> Iterator[Step]:
    """Actions, forms and slots as pairs: ("action", name), ("slot", (name, value)), ..."""
    for step in steps:
        for kind in ("action", "active_loop"):
            if kind in step:
                yield kind, step[kind]
        for slots in step.get("slot_was_set", []):
            yield from (("slot", (name, value)) for name, value in slots.items())


def as_deed(words: str) -> dict[str, Any]:
    """What the emulator's customer does: a tap for a payload, else the words without marks."""
    payload = PAYLOAD.fullmatch(words)
    return {"tap": reply_id(payload)} if payload else {"text": MARKED.sub(r"\1", words)}


def reply_id(payload: re.Match[str]) -> str:
    """The id of the button or row that means a payload: `new_order:coffee`."""
    intent, entities = payload["intent"], json.loads(payload["entities"] or "{}")
    if offered := offered_id(intent, entities):
        return offered
    value = entities.get(ENTITY_OF.get(intent, ""))
    return f"{intent}:{value}" if value else intent
