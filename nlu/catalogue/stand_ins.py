"""Products that the training never saw, under names that it did see.

"What does a paneer tikka cost" is understood by a classifier that learnt from "what does a coffee
cost" only if it is shown the latter: of 168 such questions at other shops half were taken for
something that is none of the shop's business.
"""

from collections.abc import Sequence
from functools import cache
from itertools import cycle

from nlu.catalogue.name_finder import Mention
from storage import seeds


def with_stand_ins(words: Sequence[str], mentions: Sequence[Mention]) -> list[str]:
    """The words of a message with a new shop's products in place of those that it does not sell."""
    shown = list(words)
    known = _trained()
    strange = [one for one in mentions if one.sku not in known]
    for mention, name in zip(strange, cycle(known.values()), strict=False):
        shown[mention.first] = name
        shown[mention.first + 1 : mention.last] = [""] * (mention.last - mention.first - 1)
    return shown


@cache
def _trained() -> dict[str, str]:
    """The names of the products in the training lines, by sku."""
    return {seed.sku: seed.name.lower() for seed in seeds.seed_products()}
