"""Tells a complaint that describes what happened from one that does not.

The words are in nlu/words/*/complaints.yml.
"""

import re

from nlu.words import FOLDER
from shop.language.word_files import read_words

_BARE = read_words("complaints", FOLDER)["bare"]

# Shorter complaints always get a question.
_FEWEST_WORDS = 4
_FEWEST_TELLING = 2

# `\w` lacks the vowel signs of Devanagari.
_WORD = re.compile(r"(?:\w|[\u0900-\u0963'])+")


def tells_what_happened(text: str) -> bool:
    """Whether a complaint says what happened: `I was charged twice`.

    If not, as in `there is a problem with the payment`, the customer is asked for more."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    telling = [word for word in words if word not in _BARE]
    return len(words) >= _FEWEST_WORDS and len(telling) >= _FEWEST_TELLING
