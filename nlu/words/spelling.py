"""Spelling variants of a word: plurals, and typos within a bounded distance."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import yaml

from nlu.words import FOLDER

_SHORTEST_TO_CORRECT, _LONGEST_TO_CORRECT = 4, 30
# Pairs of a word's length in letters and the typos forgiven up to that length.
_SLIPS = ((7, 1), (11, 2), (_LONGEST_TO_CORRECT, 3))
_SHORTEST_BARE = 3
_REMEMBERED = 16384
_VOWELS = re.compile(r"(?<=.)[aeiou]")
_REPEATED = re.compile(r"(.)\1+")
# People write as they hear. Each pair replaces one spelling by another that sounds the same.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"ck|q", "k"), (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"),
        (r"eez$", "ees"), (r"z", "j"), (r"eg$", "ej"), (r"ow(?=[^aeiou])", "au"),
         (r"w", "v"), (r"ee|ea|ie|ey|y", "i"),
        (r"oo|ou", "u"), (r"au|ao", "o"),
        (r"(?<=[bdgjkpst])h", ""), (r"(.)\1+", r"\1"), (r"(?<=..)e$", ""),
    )
)  # fmt: skip


def word_forms(word: str) -> Iterator[str]:
    """The word itself and its plurals and singulars, English, Hinglish and Hindi."""
    yield word
    yield from _english_forms(word)
    yield from _hindi_forms(word)


def _english_forms(word: str) -> Iterator[str]:
    yield f"{word}s"
    yield f"{word}z"
    yield f"{word}es"
    if word.endswith("y"):
        yield f"{word[:-1]}ies"
    if word.endswith("ies"):
        yield from (f"{word[:-3]}y", word[:-1])
    elif word.endswith(("ches", "shes", "sses", "xes", "oes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]


def _hindi_forms(word: str) -> Iterator[str]:
    if ending := _hindi_endings().get(word[-1:]):
        without, forms = ending
        stem = word[: len(word) - without]
        yield from (stem + form for form in forms)


@cache
def _hindi_endings() -> dict[str, tuple[int, list[str]]]:
    """By the last letter of a word: how many letters are cut off, and the endings to add."""
    listed = yaml.safe_load((FOLDER / "hi" / "endings.yml").read_text(encoding="utf-8"))
    return {one["ends"]: (one["without"], one["forms"]) for one in listed}


@lru_cache(_REMEMBERED)
def sound_key(word: str) -> str:
    """A rough key of how a word sounds: "cofi", "kofee" and "coffee" share one."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def without_repeats(word: str) -> str:
    """The word without doubled letters: the same for "teaa" and "tea", "samoose" and "samose"."""
    return _REPEATED.sub(r"\1", word)


def consonant_skeleton(word: str) -> str:
    """The word without vowels behind its first letter: the same for "smsa" and "samosa"."""
    return without_repeats(_VOWELS.sub("", word))


def bare_consonants(word: str) -> str:
    """The consonants of a word's `sound_key`."""
    return consonant_skeleton(sound_key(word))


def is_bare(word: str) -> bool:
    """Whether a word of three letters has no vowel: "dbl"."""
    return (
        len(word) == _SHORTEST_BARE
        and word.isalpha()
        and word == consonant_skeleton(word) != without_repeats(word[0])
    )


def is_correctable(word: str) -> bool:
    """Whether a word is long enough to tell a typo from another word, and not overlong."""
    return _SHORTEST_TO_CORRECT <= len(word) <= _LONGEST_TO_CORRECT and not any(
        letter.isdigit() for letter in word
    )


def typos_forgiven(word: str) -> int:
    """How many typos a correctable word may have."""
    return next(typos for longest, typos in _SLIPS if len(word) <= longest)
