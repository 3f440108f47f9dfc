"""Whether a complaint describes what happened, or only that something did.

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
    """`I was charged twice` does; `there is a problem with the payment` is to be asked for more."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    telling = [word for word in words if word not in _BARE]
    return len(words) >= _FEWEST_WORDS and len(telling) >= _FEWEST_TELLING
