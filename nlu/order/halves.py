"""Joins two halves of one thing: "half margherita half farmhouse" is one pizza."""

from collections.abc import Sequence
from itertools import pairwise

from nlu.catalogue.name_finder import Mention
from nlu.words.vocabulary import load_vocabulary

_FARTHEST = 2  # words between the halves, such as "and"


def without_halves(
    words: Sequence[str], products: Sequence[Mention]
) -> tuple[list[str], list[Mention]]:
    """The words and products with two halves as one: the first is the product.

    The second half becomes "" in the words: it only describes, and is no quantity and no option."""
    halves = load_vocabulary().fractions
    left, described = [*words], [*products]
    for one, other in pairwise(products):
        is_half = all(each.first and words[each.first - 1] in halves for each in (one, other))
        if is_half and other.first - 1 - one.last < _FARTHEST:
            left[one.first - 1] = ""
            left[other.first - 1 : other.last] = [""] * (other.last - other.first + 1)
            described = [each for each in described if each != other]
    return left, described
