"""Sizes of bottles that the shop's names do not tell: "coke 2 litre" is one, and not two."""

from collections.abc import Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.pack_sizes import MILLILITRE, find_sizes
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_BOTTLED = word_set("bottled", "pack_sizes")


def without_bottle_sizes(words: Sequence[str], products: Sequence[Mention]) -> list[str]:
    """The words with volumes right beside a drink that comes in bottles as words that only
    describe, so that they count nothing."""
    describing = min(load_vocabulary().descriptions)
    left = [*words]
    for said in find_sizes(words):
        beside = (one for one in products if said.last == one.first or one.last == said.first)
        is_bottle = any(not _BOTTLED.isdisjoint(words[one.first : one.last]) for one in beside)
        if said.size.unit == MILLILITRE and is_bottle:
            left[said.first : said.last] = [describing] * (said.last - said.first)
    return left
