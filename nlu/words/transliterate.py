"""Transliterates Hindi from Devanagari to the usual Latin spelling: "कहां है" to "kahan hai".

Approximate on purpose: it follows the spelling of Hinglish chats, not a standard.
"""

import re
from typing import Any

import yaml

from nlu.words import FOLDER

FILE = FOLDER / "hi" / "letters.yml"

_LETTERS: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
_VOWELS, _SIGNS, _CONSONANTS = (_LETTERS[name] for name in ("vowels", "signs", "consonants"))
_WITH_NUKTA, _LABIALS, _NASAL = (_LETTERS[name] for name in ("with_nukta", "labials", "nasals"))
_NUKTA, _VIRAMA = "\u093c", "\u094d"
_STOPS = {"\u0964": ".", "\u0965": "."}
_DIGITS = {chr(0x966 + digit): str(digit) for digit in range(10)}
_OTHER = {**_LETTERS["others"], **_STOPS, **_DIGITS}
_WORD = re.compile("[\u0900-\u097f]+")
_MIDDLE_SCHWA = re.compile(r"(?<=[aeiou][^aeiou\W])@(?=[^aeiou@\W]+[aeiou])|@$")


def to_latin(text: str) -> str:
    """The text with every Devanagari word in Latin letters; other scripts stay as they are."""
    return _WORD.sub(lambda word: _word(word[0]), text)


def _word(word: str) -> str:
    letters: list[str] = []
    for at, letter in enumerate(word):
        after = word[at + 1 : at + 2]
        if letter in _CONSONANTS:
            latin = _WITH_NUKTA[letter] if after == _NUKTA and letter in _WITH_NUKTA else None
            letters.append(latin or _CONSONANTS[letter])
            follows = word[at + 2 : at + 3] if after == _NUKTA else after
            # "@" stands for the vowel that is spoken but not written, unless it is dropped below.
            letters.append("" if follows and follows in f"{''.join(_SIGNS)}{_VIRAMA}" else "@")
        elif letter in _NASAL:
            letters.append("m" if after and after in _LABIALS else "n")
        else:
            letters.append((_SIGNS | _VOWELS | _OTHER).get(letter, ""))
    return _MIDDLE_SCHWA.sub("", "".join(letters)).replace("@", "a")
