"""No vocabulary in Python: the words that customers say stand in data files of their language.

Three things are looked for, in every file that the product runs:
- letters of Devanagari in any string (a letter by its code point, `\\u0940`, is how a script is
  handled, and no word);
- words in a regular expression;
- words of the word files as strings: those of Hindi in Latin letters anywhere, all of them in the
  code that reads what customers write.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

import nlu.words
from settings import ROOT
from shop.language import word_files
from shop.language.signs import SignName

FOLDERS = ("actions", "connectors", "console", "nlu", "settings", "shop", "storage", "trays")
FILES = [
    path
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
# Not ways to say something, but letters and endings.
TABLES = ("endings", "letters")
WORD_FILES = [
    path
    for folder in (word_files.WORDS, nlu.words.FOLDER)
    for path in sorted(folder.glob("*/*.yml"))
    if path.stem not in TABLES
]
# What reads the words of customers: here an English word in a string is vocabulary, too.
READING = (
    "nlu/catalogue",
    "nlu/fulfilment",
    "nlu/order",
    "nlu/quantities",
    "nlu/said",
    "nlu/words",
    "nlu/intents/certain_words",
)

DEVANAGARI = re.compile("[\u0900-\u0963\u0970-\u097f]")
RE_FUNCTIONS = {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub"}
# Names of groups, classes of characters, escapes and code points are no words.
LOOKS_LIKE_A_PATTERN = re.compile(r"\\[bBdDsSwW]|\(\?|[a-z]\|[a-z]")
WORD = re.compile("[a-zA-Z]{2,}")
WHOLE_WORD = re.compile(r"(?<![\w?*+\])}])[a-z]{2,}(?![\w?*+\[({])")
NO_WORDS = re.compile(
    r"\(\?P[<=]\w+[>)]?|\[(?:\\.|[^\]])*\]|\\u[0-9a-f]{4}|\\[a-zA-Z]|\(\?[a-zA-Z]+[:)]"
)

SOUNDS = {"ao", "au", "ck", "ea", "ee", "ey", "ie", "oo", "ou", "ow"}
# Regular expressions with words that are nobody's language: protocols, ids, spelling by ear.
PATTERNS_OF_CODE = {
    "nlu/checks/said.py": {"utter"},
    "connectors/whatsapp/api/downloads.py": {"https"},
    "connectors/whatsapp/turn/shortage_words.py": {"shortage"},
    "console/menus/rich.py": {"https"},
    "nlu/fulfilment/clock_times.py": {"am", "pm"},
    "nlu/words/spelling.py": SOUNDS,
    "shop/fulfilment/postcodes.py": {"ord", "tkt"},
    "shop/language/masking.py": {"https", "www"},
    "shop/menus/shown.py": {"Rs"},
    "shop/products/sheets/reading.py": {"sep"},
    "shop/taps/meanings.py": {
        "cancel",
        "delivery",
        "dine",
        "done",
        "in",
        "new",
        "now",
        "pickup",
        "swap",
        "without",
    },
    "storage/embedded/binaries.py": {"PostgreSQL"},
}
# Named for what is said: "more", "instead".
SIGNS = set(get_args(SignName))
READERS = {"word_set", "phrases_of", "read_patterns", "read_ways", "read_words"}
# Hindi words in Latin letters that are English ones, or parts of words.
MEAN_SOMETHING_ELSE = {"ab", "band", "hi", "log", "main", "response", "sh", "ta", "te"}
# Strings that are words of a word file as well, and here name something of ours.
NAMES_OF_CODE = {
    "console/shop_room/setup.py": {"chai"},
    "nlu/fulfilment/clock_times.py": {"am", "pm"},
    "nlu/fulfilment/fulfilment.py": {"address", "home", "postcode", "table", "time", "way"},
    "nlu/fulfilment/tables.py": {"tables"},
    "nlu/fulfilment/time_parts.py": {"am", "morning", "night", "noon", "pm"},
    "nlu/fulfilment/ways.py": {"none"},
    "nlu/fulfilment/times.py": {"today"},
    "nlu/fulfilment/time_words.py": {
        *("days", "halves", "hours", "minutes", "months", "now", "oclock", "parts"),
    },
    "nlu/catalogue/beside_words.py": {"ed"},
    "nlu/catalogue/live_catalogue.py": {"options"},
    "nlu/catalogue/pack_sizes.py": {"count"},
    "nlu/intents/certain_words.py": {
        *("angry", "bill", "complain", "facility", "later", "stop", "total", "wait"),
    },
    "nlu/order/corrections.py": {"number"},
    "nlu/order/not_sold.py": {"number"},
    "nlu/order/order_entities.py": {"option", "quantity", "start"},
    "nlu/order/order_ids.py": {"id", "sharp"},
    "nlu/quantities/numbers.py": {"number"},
    "nlu/said/changes.py": {"less"},
    "nlu/said/parts.py": {"between", "one"},
    "nlu/said/said.py": {"address", "option"},
    "nlu/said/sentences.py": {"gonething", "it"},
    "nlu/words/dishes.py": {"dishes", "es"},
    "nlu/words/small_words.py": {"order"},
    "nlu/words/spelling.py": {"au", "es", "hi", "is", "ph", "us"},
    "nlu/words/transliterate.py": {"hi"},
    "shop/alerts/account_notices.py": {"ban"},
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def strings_of_source(path: Path) -> Iterator[tuple[int, str]]:
    """The string tokens of a file as they are written, without docstrings."""
    source = path.read_text(encoding="utf-8")
    docstrings = lines_of_docstrings(tree_of(path))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING and token.start[0] not in docstrings:
            yield token.start[0], token.string


def lines_of_docstrings(tree: ast.Module) -> set[int]:
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def constants_of(tree: ast.AST) -> Iterator[ast.Constant]:
    """The strings of a piece of code, without docstrings."""
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_string and id(node) not in docstrings:
            yield node


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_letters_of_hindi(path: Path) -> None:
    assert [found for found in strings_of_source(path) if DEVANAGARI.search(found[1])] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_words_in_regular_expressions(path: Path) -> None:
    tree = tree_of(path)
    given = {
        id(piece)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_of_re(node.func) and node.args
        for piece in constants_of(node.args[0])
    }
    entries = names_of_entries(tree)
    patterns = [
        each.value
        for each in constants_of(tree)
        if id(each) in given - entries or LOOKS_LIKE_A_PATTERN.search(each.value)
    ]
    found = {word for each in patterns for word in WORD.findall(NO_WORDS.sub(" ", each))}
    assert found == PATTERNS_OF_CODE.get(name_of(path), set())


def is_of_re(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr in RE_FUNCTIONS
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_words_of_the_word_files(path: Path) -> None:
    is_reading = name_of(path).startswith(READING)
    hindi = words_of_files("hi") - words_of_files("en") - MEAN_SOMETHING_ELSE
    tree = tree_of(path)
    entries = names_of_entries(tree)
    rows = [
        {*each.value.casefold().split()} for each in constants_of(tree) if id(each) not in entries
    ]
    # A sentence for a log may hold "the"; what customers say consists of such words alone.
    whole = [row for row in rows if row and is_reading and row <= words_of_files("*")]
    said = {word for row in whole for word in row}.union(*(row & hindi for row in rows))
    if name_of(path).startswith("nlu/said"):
        said -= SIGNS
    assert said == NAMES_OF_CODE.get(name_of(path), set())


def names_of_entries(tree: ast.Module) -> set[int]:
    """Strings that name an entry of a word file: `word_set("of")`, `_SAID["total"]`."""
    asked = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        or (isinstance(node, ast.Call) and READERS.intersection(called_by(node)))
    ]
    return {id(each) for node in asked for each in constants_of(node)}


def called_by(call: ast.Call) -> set[str]:
    """The names of a call and of the functions it is given: `map(word_set, ...)`."""
    named = (call.func, *call.args)
    return {each.id for each in named if isinstance(each, ast.Name)}


@cache
def words_of_files(language: str) -> frozenset[str]:
    """The whole words of a language's files; parts of patterns, such as endings, are left out."""
    found: set[str] = set()
    for folder in (word_files.WORDS, nlu.words.FOLDER):
        for path in folder.glob(f"{language}/*.yml"):
            for each in strings_of(yaml.safe_load(path.read_text(encoding="utf-8"))):
                found.update(WHOLE_WORD.findall(NO_WORDS.sub(" ", each)))
    return frozenset(found)


def strings_of(entry: Any) -> Iterator[str]:
    """What a data file says, but for the names of its entries."""
    match entry:
        case str():
            yield entry
        case dict():
            for each in entry.values():
                yield from strings_of(each)
        case list():
            for each in entry:
                yield from strings_of(each)


@pytest.mark.parametrize("path", WORD_FILES, ids=name_of)
def test_every_reference_of_a_word_file_leads_somewhere(path: Path) -> None:
    ways = word_files.read_ways(path.stem, path.parents[1])
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    named = {name for each in strings_of(listed) for name in re.findall(r"\{([a-z_]+)\}", each)}
    assert named <= ways.keys()
