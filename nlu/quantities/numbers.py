"""Finds whole numbers: digits, words of English and Hindi, dozens."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from nlu.quantities.number_typos import number_typo
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_WHOLE = re.compile(r"([-−–]?)(\d{1,15}|\d{1,3}(?:,\d{2,3})+)(?:\.0+)?")
_NOT_WHOLE = re.compile(r"[-−–]?\d*[.,]\d+|[1-3][/⁄][2-4]")
_TENS = range(20, 100, 10)
_HALVES = {"1/2", "1⁄2", ".5", "0.5"}
_MINUS, _ALTERNATIVE = word_set("minus"), word_set("alternative")
_HALF, _A, _AN, _AND, _OF = map(word_set, ("half", "single_a", "a", "and", "of"))
_GIVES_OR_TWO, _THE = word_set("gives_or_two"), word_set("the")
_HUNDRED, _DOZEN = 100, 12
_BEYOND_COUNTING = 10**9
PIECE = word_set("piece")  # the number before it is the size of a pack: "a 6 piece"
_PAIRS, _ARTICLES = word_set("pair"), word_set("articles")

# "do" is a homograph: two or "give". A typo that may be another word counts as one, too.
Kind = Literal["number", "article", "homograph"]


class Number(NamedTuple):
    """A number at the words `first` to `last` (exclusive).

    value: None if it is no whole number ("half", "2.5", "2-3").
    """

    first: int
    last: int
    value: int | None
    kind: Kind = "number"

    @property
    def sure(self) -> bool:
        """Whether it is a number even if no product follows; "a" and "do" are not."""
        return self.kind == "number"


def find_numbers(words: Sequence[str]) -> list[Number]:
    """The numbers among folded words, from left to right, none overlapping another."""
    found: list[Number] = []
    at = 0
    while at < len(words):
        number = _number(words, at)
        at = number.last if number else at + 1
        if number and not _is_english_verb(words, number):
            found.append(number)
    return found


def _is_english_verb(words: Sequence[str], number: Number) -> bool:
    """Whether "do" stands in an English sentence: "scratch the tea, do coffee"."""
    if words[number.first] not in _GIVES_OR_TWO or number.last > number.first + 1:
        return False
    skips = load_vocabulary().skips
    return any(word in skips and after in _THE for word, after in pairwise(words[: number.first]))


def _number(words: Sequence[str], at: int) -> Number | None:
    """The number that begins at a word, with a fraction or a second choice behind it, or None."""
    if words[at] in load_vocabulary().fractions:
        return _fraction(words, at)
    if words[at] in _MINUS and (number := _count(words, at + 1)):
        return number._replace(first=at, value=-(number.value or 0))
    number = _count(words, at)
    if number and number.kind == "article" and _word(words, number.last) in _HALVES | _HALF:
        return _fraction(words, number.last)._replace(first=at)
    if number is None:
        return _fraction(words, at) if _NOT_WHOLE.fullmatch(words[at]) else None
    if end := _end_of_half(words, number.last):
        return _with_half_dozen(words, number, end)
    end = _end_of_choice(words, number)
    return Number(at, end, None) if end else number


def _fraction(words: Sequence[str], at: int) -> Number:
    """A fraction as a number: "half a dozen" is six, any other one has the value None."""
    after = at + 1 + (_word(words, at + 1) in _A)
    half = words[at] in _HALVES or words[at] in load_vocabulary().fractions
    if half and load_vocabulary().scales.get(_word(words, after)) == _DOZEN:
        return Number(at, after + 1, _DOZEN // 2)
    return Number(at, after, None)


def _end_of_half(words: Sequence[str], at: int) -> int:
    """The end of "and a half", "1/2" or "½" behind a number, else 0."""
    if _word(words, at) in _HALVES | _HALF:
        return at + 1
    after_and = at + 1 + (_word(words, at + 1) in _A)
    is_half = _word(words, at) in _AND and _word(words, after_and) in _HALF
    return after_and + 1 if is_half else 0


def _with_half_dozen(words: Sequence[str], number: Number, end: int) -> Number:
    """A number and a half, whole only for dozens: "a dozen and a half", "one and a half dozen"."""
    scales, value = load_vocabulary().scales, number.value or 0
    if scales.get(words[number.last - 1]) == _DOZEN:
        return Number(number.first, end, value + _DOZEN // 2)
    if scales.get(_word(words, end)) == _DOZEN:
        return Number(number.first, end + 1, value * _DOZEN + _DOZEN // 2)
    return Number(number.first, end, None)


def _end_of_choice(words: Sequence[str], number: Number) -> int:
    """The end (exclusive) of a choice of two numbers, "2-3", "two or three", else 0.

    "2 - one soy, one almond" is none, since it goes down."""
    if not number.sure or _word(words, number.last) not in _ALTERNATIVE:
        return 0
    other = _count(words, number.last + 1)
    is_choice = other and other.sure and (other.value or 0) > (number.value or 0)
    return other.last if other and is_choice else 0


def _count(words: Sequence[str], at: int) -> Number | None:
    """One number without fractions: "2", "-2", "twenty five", "a couple", "2 dozen"."""
    word = _word(words, at)
    if digits := _WHOLE.fullmatch(word):
        value = int(digits[2].replace(",", ""))
        number = Number(at, at + 1, -value if digits[1] else value)
        return number if digits[1] else _scaled(words, number)
    if word in load_vocabulary().numbers or word in load_vocabulary().scales:
        return _spelled(words, at)
    if word not in load_vocabulary().only_before_a_product:
        typo = number_typo(word)
        return None if typo is None else Number(at, at + 1, typo, "homograph")
    if word in _A and _word(words, at + 1) in load_vocabulary().vague:
        return None
    counts_more = word in _AN and _word(words, at + 1) not in _ARTICLES
    behind = _count(words, at + 1) if counts_more else None
    known = load_vocabulary()
    sizes = known.no_quantity_before | known.weights | PIECE
    measures = behind and _word(words, behind.last) in sizes
    if behind and behind.value != 1 and not measures:  # "a 16 oz latte" is one
        return behind._replace(first=at)
    kind: Kind = "article" if word in _ARTICLES else "homograph"
    return _scaled(words, Number(at, at + 1, load_vocabulary().only_before_a_product[word], kind))


def _spelled(words: Sequence[str], at: int) -> Number:
    """The number that words from here on spell: "one hundred and twenty five"."""
    number = Number(at, at, 0)
    while step := _next_step(words, number):
        number = step
    return number


def _next_step(words: Sequence[str], number: Number) -> Number | None:
    """The number extended by the next word, or None if that does not belong to it."""
    at = number.last
    value = number.value or 0
    begun = at > number.first
    joined = _word(words, at) in _AND | {"-"}
    if joined and begun:
        at += 1
    if value > _BEYOND_COUNTING:
        return None
    add = load_vocabulary().numbers.get(_word(words, at))
    if add is not None and (not begun or _leaves_room(value, add)):
        return number._replace(last=at + 1, value=value + add)
    if joined or not begun:
        return _scaled(words, number, 1) if not begun else None
    grown = _scaled(words, number)
    return grown if grown.last > number.last else None


def _leaves_room(value: int, add: int) -> bool:
    """Whether `add` can follow `value` in one number: 20 and 5, 100 and 20; not 2 and 3."""
    if value % _HUNDRED in _TENS:
        return 0 < add < _TENS.step
    return value >= _HUNDRED and value % _HUNDRED == 0 and 0 < add < _HUNDRED


def _scaled(words: Sequence[str], number: Number, value: int | None = None) -> Number:
    """The number times the dozen, hundred or thousand behind it, if there is one.

    A pair is one: "one pair of shoes".
    """
    if number.sure and number.last > number.first and _word(words, number.last) in _PAIRS:
        return number._replace(last=number.last + 1)
    at = number.last + (not number.sure and _word(words, number.last) in _OF)
    scale = load_vocabulary().scales.get(_word(words, at))
    if scale is None:
        return number
    times = number.value if value is None else value
    return Number(number.first, at + 1, (times or 0) * scale)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
