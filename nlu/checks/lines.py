"""Reads the training lines: the examples of data/nlu and the keywords of the seed menus."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from settings import ROOT
from shop.taps.meanings import opening_meaning
from storage import seeds

_NLU = ROOT / "data" / "nlu"
_BULLET = "- "
# "[two]{...} [coffees](product)" is what a customer writes as "two coffees".
_ANNOTATED = re.compile(r"\[([^\]]+)\](?:\{[^}]*\}|\([^)]*\))")


@dataclass(frozen=True)
class Line:
    """A training line, its intent and the file that it stands in."""

    text: str
    intent: str
    file: str


def training_lines() -> list[Line]:
    """All examples of data/nlu, and the keywords of the seeds that are no examples."""
    written = [line for file in sorted(_NLU.glob("*.yml")) for line in read_lines(file)]
    known = {line.text.casefold() for line in written}
    keywords = [
        Line(keyword, opening_meaning(menu.template_name).intent, "storage/seeds")
        for menu in seeds.seed_menus()
        for keyword in menu.trigger_keywords
        if keyword.casefold() not in known
    ]
    return written + keywords


def read_lines(file: Path) -> list[Line]:
    """The examples of a Rasa NLU file."""
    return parse_lines(file.read_text(encoding="utf-8"), file.name)


def parse_lines(text: str, name: str) -> list[Line]:
    """The examples in the text of a Rasa NLU file; `name` is the file's name."""
    return [
        Line(_ANNOTATED.sub(r"\1", example[len(_BULLET) :]), entry["intent"], name)
        for entry in yaml.safe_load(text)["nlu"]
        if "intent" in entry
        for example in entry["examples"].splitlines()
        if example.startswith(_BULLET)
    ]
