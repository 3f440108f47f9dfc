"""Folds the words of a message for finding products and numbers, and limits how many are read."""

from collections.abc import Sequence

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import find_numbers
from nlu.words import FOLDER
from nlu.words.tokens import NEW_LINE, Token, fold_word
from shop.language.word_files import read_ways

# Units written without a blank behind their number, with the word for each: "12in".
_UNITS = dict(way.split() for way in read_ways("units", FOLDER)["stuck"])
_MOST_PRODUCTS, _MOST_NUMBERS = 60, 120


def fold_tokens(tokens: Sequence[Token]) -> list[str]:
    """Each token's word, folded for comparison."""
    return [_word_at(tokens, at) for at in range(len(tokens))]


def readable_words(words: list[str], products: list[Mention]) -> tuple[list[str], list[Mention]]:
    """The words up to the limits on products and numbers, and the products in them.

    Each product and number is compared with all others, so their number must be bounded.
    """
    ends = [each.first for each in products[_MOST_PRODUCTS : _MOST_PRODUCTS + 1]]
    if len(words) > _MOST_NUMBERS:
        numbers = find_numbers(words)
        ends += [each.first for each in numbers[_MOST_NUMBERS : _MOST_NUMBERS + 1]]
    end = min(ends, default=len(words))
    return words[:end], [each for each in products if each.last <= end]


def _word_at(tokens: Sequence[Token], at: int) -> str:
    """A token's word, folded; the "in" of "12in" becomes the word for inches."""
    token = tokens[at]
    if token.text.isspace():
        return NEW_LINE
    word = fold_word(token.text)
    sticks = word in _UNITS and at > 0 and not tokens[at - 1].blank
    return _UNITS[word] if sticks and tokens[at - 1].text.isdigit() else word
