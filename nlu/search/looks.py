"""Recognises a wish to see a product: "show me the cake", "cake ki photo"."""

from collections.abc import Sequence

from nlu.words import FOLDER
from shop.language.keyword_forms import normalise_keyword
from shop.language.word_files import read_patterns

_SAID = read_patterns("looks", FOLDER)
# Stands for the product in the patterns.
_PRODUCT = "xproductx"
_LONGEST = 160


def is_look(text: str, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a message only asks to see the one product that it names.

    names: the start and end of each product in the text.
    """
    if len(names) != 1 or len(text) > _LONGEST:
        return False
    [(start, end)] = names
    words = normalise_keyword(f"{text[:start]}{_PRODUCT}{text[end:]}")
    return bool(_SAID["looks"].fullmatch(words))
