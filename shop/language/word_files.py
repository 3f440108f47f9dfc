"""Reads the words of each language, `<folder>/<language>/<file>.yml`, into sets and patterns.

An entry is a name and either words, separated by blanks, or a list of ways to say it. In a list for
`read_patterns` these are regular expressions, in which `{name}` stands for any way of another entry
of the same file; for `read_entries` it may also be words by what they mean. All languages are read
together, since people mix them; none needs every entry.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).with_name("words")

# A pattern that matches nothing, for entries without words.
_NOTHING = "(?!)"
_REFERENCE = re.compile(r"\{([a-z_]+)\}")


@cache
def read_entries(file: str, folder: Path = WORDS) -> dict[str, Any]:
    """Each entry of a file as it is written, with all languages joined."""
    entries: dict[str, Any] = {}
    for path in sorted(folder.glob(f"*/{file}.yml")):
        entries = _joined(entries, yaml.safe_load(path.read_text(encoding="utf-8")))
    return entries


@cache
def read_ways(file: str, folder: Path = WORDS) -> dict[str, tuple[str, ...]]:
    """Each entry of a file as a list of its words or patterns in all languages."""
    ways: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob(f"*/{file}.yml")):
        for name, said in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found = said.split() if isinstance(said, str) else said
            ways[name] = (*ways.get(name, ()), *found)
    return ways


@cache
def read_words(file: str, folder: Path = WORDS) -> dict[str, frozenset[str]]:
    """Each entry of a file as a set of words."""
    return {name: frozenset(ways) for name, ways in read_ways(file, folder).items()}


@cache
def read_filled(file: str, folder: Path = WORDS) -> dict[str, tuple[str, ...]]:
    """Each entry of a file as the texts of its patterns, with the ways of the entries it names."""
    ways = read_ways(file, folder)
    return {name: tuple(_filled(ways, way) for way in said) for name, said in ways.items()}


@cache
def read_patterns(
    file: str, folder: Path = WORDS, flags: re.RegexFlag = re.IGNORECASE
) -> dict[str, re.Pattern[str]]:
    """Each entry of a file as one pattern, which matches any of its ways."""
    ways = read_ways(file, folder)
    return {name: re.compile(_either(ways, name), flags) for name in ways}


def _joined(one: Any, other: Any) -> Any:
    """Joins an entry's words or lists of two languages."""
    match one, other:
        case dict(), dict():
            return {
                name: _joined(one[name], other[name])
                if name in one and name in other
                else (one | other)[name]
                for name in one | other
            }
        case str(), str():
            return f"{one} {other}"
    return [*one, *other]


def _either(ways: dict[str, tuple[str, ...]], name: str) -> str:
    found = ways.get(name, (_NOTHING,))
    return f"(?:{'|'.join(_filled(ways, way) for way in found)})"


def _filled(ways: dict[str, tuple[str, ...]], way: str) -> str:
    return _REFERENCE.sub(lambda found: _either(ways, found[1]), way)
