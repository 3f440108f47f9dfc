"""The names of the columns of each kind of table (columns.yml), and the words for yes and no."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

from shop.products.editing.fields import other_languages
from shop.products.editing.typed_values import one_line

Kind = Literal["products", "options", "categories"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_FILE = Path(__file__).with_name("columns.yml")
_IN_LANGUAGE = re.compile(r"(.+?) ?\(([a-z]{2,3})\)")
_TRANSLATED = {"products": ("name", "description"), "categories": ("category",), "options": ()}


def format_heading(kind: Kind, column: str) -> str:
    """What a column is called: `name.hi` → `name (hi)`."""
    part, _, code = column.partition(".")
    title = _columns()[kind][part][0]
    return f"{title} ({code})" if code else title


def known_columns(kind: Kind) -> Mapping[str, list[str]]:
    """The columns of a kind with what each may be called, our own word first."""
    return _columns()[kind]


def read_yes_or_no(cell: str) -> str:
    """`yes` or `no` for a word that means it; other words unchanged."""
    plain = one_line(cell).casefold()
    answers = _vocabulary()["answers"]
    return next((said for said, words in answers.items() if plain in words), cell)


def find_columns(kind: Kind, headings: Sequence[str]) -> dict[int, str]:
    """The column that each heading names, by its place; of two with one column, the first."""
    found: dict[int, str] = {}
    for place, title in enumerate(headings):
        column = _column(kind, one_line(title).casefold())
        if column and column not in found.values():
            found[place] = column
    return found


def _column(kind: Kind, title: str) -> str | None:
    for column, names in _columns()[kind].items():
        if title in names:
            return column
    found = _IN_LANGUAGE.fullmatch(title)
    if not found or found[2] not in other_languages():
        return None
    translated = _column(kind, found[1])
    return f"{translated}.{found[2]}" if translated in _TRANSLATED[kind] else None


@cache
def _vocabulary() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return read


def _columns() -> Mapping[str, dict[str, list[str]]]:
    return {kind: _vocabulary()[kind] for kind in KINDS}
