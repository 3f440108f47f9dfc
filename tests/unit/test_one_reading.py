"""A sentence is read once, in nlu: what acts on it knows no words of customers.

import-linter keeps the readers out of `actions` and `shop` (pyproject.toml); here their words.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from settings import ROOT
from shop.language import word_files
from shop.language.signs import SignName

# What still lies with the shop, and what reads it.
WORDS_OF_THE_SHOP = {
    "addresses": "shop/language/masking.py",
    "calls": "connectors/whatsapp/turn/left_to_person.py",
    "consent": "shop/customers/stop_and_start.py",
    "courtesies": "shop/language/courtesies.py",
    "kinds": "shop/products/kinds.py",
    "note_aspects": "shop/carts/note_words.py",
    "numbers": "shop/language/masking.py",
    "tickets": "shop/support/tickets.py",
    "topics": "shop/products/finding/topics.py",
}
# Compares notes that are kept, not what is written.
OF_KEPT_NOTES = "note_words.py"
ACTING = [
    path
    for folder in ("actions", "shop/carts", "shop/orders")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.name != OF_KEPT_NOTES
]
# Act on answers about something that ran out, and on those for a time, before Rasa does.
ALSO_ACTING = [
    ROOT / "connectors/whatsapp/turn/shortage_words.py",
    ROOT / "connectors/whatsapp/turn/choice_words.py",
    ROOT / "connectors/time_answers.py",
]
READING = sorted((ROOT / "nlu" / "said").glob("*.py"))
SIGNS = frozenset(get_args(SignName))
DEVANAGARI = re.compile("[\u0900-\u097f]")
OF_RE = {"compile", "findall", "finditer", "fullmatch", "match", "search"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def strings_of(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_the_shop_has_no_other_words() -> None:
    listed = {path.stem for path in word_files.WORDS.glob("*/*.yml")}
    assert listed == WORDS_OF_THE_SHOP.keys()
    for file, reader in WORDS_OF_THE_SHOP.items():
        assert file in set(strings_of([ROOT / reader]))


@pytest.mark.parametrize("path", ACTING, ids=name_of)
def test_what_acts_searches_no_text(path: Path) -> None:
    called = [
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
        and node.attr in OF_RE
    ]
    assert called == []


def test_every_sign_is_found_and_acted_on() -> None:
    assert SIGNS - set(strings_of(READING)) == set()
    assert SIGNS - set(strings_of([*ACTING, *ALSO_ACTING])) == set()


def test_hindi_stands_in_files_of_its_own() -> None:
    """A list of words in two languages is no data of either."""
    listed = [
        path
        for folder in ("actions", "connectors", "nlu", "shop")
        for path in (ROOT / folder).rglob("*.yml")
        if path.parent.name != "hi" and DEVANAGARI.search(path.read_text(encoding="utf-8"))
    ]
    # These have an entry for each language.
    assert {name_of(path) for path in listed} == {
        "shop/language/languages.yml",
        "shop/products/sheets/columns.yml",
        "shop/whatsapp/notice_drafts.yml",
    }
