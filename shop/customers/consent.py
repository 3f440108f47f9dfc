"""The words by which customers decide about our messages and their data
(shop/customers/consent.yml).
"""

from functools import cache
from pathlib import Path

import yaml

from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.word_files import read_words

_AT_ONCE = read_words("courtesies")["at_once"]


def consent_intent(text: str) -> str | None:
    """`stop`, `start` or `delete_data`, where the whole message is one of their words.

    Courtesies beside it change nothing: `Stop, thanks` is STOP, `don't stop` is not.
    """
    words = normalise_keyword(text)
    bare = " ".join(word for word in without_courtesies(words).split() if word not in _AT_ONCE)
    return _intents().get(words) or _intents().get(bare)


@cache
def _intents() -> dict[str, str]:
    listed = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return {normalise_keyword(word): intent for intent, words in listed.items() for word in words}
