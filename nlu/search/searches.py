"""Reads what a message looks for among the products: a word, a price, the cheapest."""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from nlu.quantities.numbers import find_numbers
from nlu.words import FOLDER
from nlu.words.dishes import length_of, read_dishes
from nlu.words.tokens import fold_word
from shop.language.keyword_forms import normalise_keyword
from shop.language.word_files import read_patterns, read_words
from shop.products.finding.topics import topic_words

# A smaller number is no price: "at most 3".
_LEAST_RUPEES = 10
# A longer message is no search.
_MOST_WORDS, _LONGEST = 14, 160
_LONGEST_NUMBER = 4  # in words
_SAID = read_patterns("search", FOLDER)
_SILENT = frozenset(map(fold_word, read_words("search", FOLDER)["silent"]))
# Words that ask for the dish beside them.
_ABOUT = frozenset(map(fold_word, read_words("search", FOLDER)["asks_about"]))
# Words that ask for ingredients, which is no search.
_INSIDE = frozenset(map(fold_word, read_words("search", FOLDER)["inside"]))
_WORD = re.compile(r"(?:\w|[\u0900-\u0963'])+")
_NUMBER = re.compile(r"\d{1,6}(?!\d)|(?:[^\W\d_]|[\u0900-\u0963])+")


@dataclass(frozen=True)
class Search:
    """The terms of a search.

    words: words of products. most: the highest price in rupees. is_cheapest: cheapest first."""

    words: tuple[str, ...] = ()
    most: int | None = None
    is_cheapest: bool = False

    def as_value(self) -> dict[str, Any]:
        """The value of the entity `search`."""
        return {"words": list(self.words), "most": self.most, "cheapest": self.is_cheapest}


def find_search(text: str, names_product: bool, known: Container[str]) -> Search | None:
    """The search in a message, or None.

    names_product: whether the message names a product. Then only a search for what comes with it
    counts ("anything with coffee"). known: the words of all products.
    """
    words = normalise_keyword(text)
    if not words or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS:
        return None
    if _SAID["refuses"].search(words):
        return None

    def is_known(word: str) -> bool:
        return word in known or word in topic_words()

    most, rest = _limit(words)
    is_cheapest = bool(_SAID["cheapest"].search(rest))
    if most is not None or is_cheapest:
        content = _content(_SAID["cheapest"].sub(" ", rest))
        fits = not names_product and all(map(is_known, content))
        return Search(tuple(content), most, is_cheapest) if fits else None
    found = next(_by_words(words, names_product, is_known), None)
    if found or names_product:
        return found
    dish = _dish_alone(words)
    # A dish that this shop does not sell is searched for, so that the answer can name it.
    return Search(tuple(dish)) if any(word not in known for word in dish) else None


def _by_words(words: str, names_product: bool, is_known: Callable[[str], bool]) -> Iterator[Search]:
    """Searches by words: "something ..." needs one known word at the start, a question only known
    ones."""
    with_it = _content(_thing("with_it", words))
    if with_it and is_known(with_it[0]):
        yield Search(tuple(filter(is_known, with_it)))
    if names_product:
        return
    some = _content(_thing("something", words))
    if some and is_known(some[0]):
        yield Search(tuple(filter(is_known, some)))
    asked = _content(_thing("asks_for", words))
    if asked and all(map(is_known, asked)):
        yield Search(tuple(asked))


def _dish_alone(words: str) -> list[str]:
    """The words of a dish or thing of other shops, if the message only asks for it or orders it:
    "do you have pizza", "ghee hai kya", "agarbatti 2". Else an empty list."""
    folded = [fold_word(word) for word in _WORD.findall(words)]
    counted = {at for one in find_numbers(folded) for at in range(one.first, one.last)}
    left = [
        word
        for at, word in enumerate(folded)
        if at not in counted and word not in (_SILENT | _ABOUT) - _INSIDE and not word.isdigit()
    ]
    return left if left and length_of(read_dishes().dishes, left, 0) == len(left) else []


def _thing(form: str, words: str) -> str:
    """The first group of the pattern `form` if it matches the whole message, else ""."""
    found = _SAID[form].fullmatch(words)
    return next((group for group in found.groups() if group), "") if found else ""


def _content(thing: str) -> list[str]:
    """The folded words that say what is looked for, without numbers and small words."""
    folded = [fold_word(word) for word in _WORD.findall(thing)]
    return list(
        dict.fromkeys(word for word in folded if word not in _SILENT and not word.isdigit())
    )


def _limit(words: str) -> tuple[int | None, str]:
    """The highest price that the words allow, or None, and the words without it."""
    for before in _SAID["limit_before"].finditer(words):
        number, end = _number_at(words, before.end())
        if number is not None:
            money = _SAID["rupee"].match(words, len(words) - len(words[end:].lstrip()))
            return number, words[: before.start()] + " " + words[money.end() if money else end :]
    for found in _NUMBER.finditer(words):
        number, end = _number_at(words, found.start())
        behind = _SAID["limit_behind"].match(words, end) if number is not None else None
        if behind:
            return number, words[: found.start()] + " " + words[behind.end() :]
    return None, words


def _number_at(words: str, start: int) -> tuple[int | None, int]:
    """The number of rupees that begins at `start`, or None, and its end."""
    tokens = list(islice(_NUMBER.finditer(words, start), _LONGEST_NUMBER))
    if not tokens or words[start : tokens[0].start()].strip():
        return None, start
    numbers = find_numbers([fold_word(token[0]) for token in tokens])
    first = next((one for one in numbers if one.first == 0 and one.value), None)
    if first is None or not first.sure or (first.value or 0) < _LEAST_RUPEES:
        return None, start
    return first.value, tokens[first.last - 1].end()
