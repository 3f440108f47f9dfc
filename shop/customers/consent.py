"""Recognises customers' decisions about our messages and their data: STOP, START, delete my data.

The words are in shop/language/words/*/consent.yml. They are read before Rasa, so that STOP works
with any model. Rasa reads longer sentences that contain them.
"""

from functools import cache

from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.word_files import read_ways, read_words

_AT_ONCE = read_words("courtesies")["at_once"]


def consent_intent(text: str) -> str | None:
    """The intent `stop`, `start` or `delete_data`, if the whole message is one of its words.

    Courtesies are ignored: `Stop, thanks` is STOP, `don't stop` is not.
    """
    words = normalise_keyword(text)
    bare = " ".join(word for word in without_courtesies(words).split() if word not in _AT_ONCE)
    return _intents().get(words) or _intents().get(bare)


@cache
def _intents() -> dict[str, str]:
    listed = read_ways("consent").items()
    return {normalise_keyword(word): intent for intent, words in listed for word in words}
