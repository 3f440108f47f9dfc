"""Finds items of a list that name nothing the shop sells: the first of "allegra 120 1 strip, dolo".

An item is one if it is counted as the items of lists are, and consists of a name and nothing else.
"""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_names import OptionMention
from nlu.catalogue.option_words import every_size_word
from nlu.catalogue.pack_sizes import FORMS, HOLDERS, UNITS
from nlu.order.order import TIMES, OrderLine
from nlu.quantities.numbers import Number, find_numbers
from nlu.words.dishes import length_of, read_dishes
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set
from nlu.words.vocabulary import every_word, load_vocabulary

_PARTS = (word_set("parts") | {".", "/", "?", "!"}) - {"-", "–"}
_SIGNS = frozenset({"-", "–", ":", "=", "(", ")", "/", ""}) | TIMES | word_set("of")
_SIZES = every_size_word() | word_set("plain_ones")
_AMONG, _OTHERS = word_set("among"), word_set("others")
_SHORTEST, _LONGEST = 4, 4

Span = tuple[int, int]


class ListedThing(NamedTuple):
    """A name at the words `first` to `last` (exclusive), and the end of its item."""

    first: int
    last: int
    end: int

    def has(self, at: int) -> bool:
        """Whether a word belongs to the item."""
        return self.first <= at < self.end


class Item(NamedTuple):
    """The words `first` to `last` (exclusive) of an item, with the numbers in it.

    is_beside: whether a line of the order stands right beside it."""

    first: int
    last: int
    numbers: tuple[Number, ...]
    is_beside: bool


def find_listed_things(
    words: Sequence[str],
    products: Sequence[Mention],
    vague: Sequence[Mention],
    options: Sequence[OptionMention],
    lines: Sequence[OrderLine],
) -> list[ListedThing]:
    """The items that are not sold, in a message that names other products.

    vague: names of several products that count as none of them here; options: named options."""
    if not products:
        return []
    named = {at for one in products for at in range(one.first, one.last)}
    starts = {one.first for one in products}
    general = {at for one in vague for at in range(one.first, one.last)}
    chosen = {at for one in options for at in range(one.first, one.last)}
    found = []
    for item in _items(words, {at for one in lines for at in range(one.first, one.last)}):
        places = range(item.first, item.last)
        if named.isdisjoint(places) and item.last not in starts:
            name = [at for at in places if _is_of_name(words, at, item, chosen)]
            if _is_thing(words, item, name, general=general, chosen=chosen):
                found.append(ListedThing(item.first, _end_of_name(item, name), item.last))
    return found


def joined_spans(some: Sequence[Span], listed: Sequence[ListedThing]) -> list[Span]:
    """The spans of both, without the ones of `some` that overlap with listed things."""
    others = [(one.first, one.last) for one in listed]
    return [
        *(one for one in some if not any(one[0] < b and a < one[1] for a, b in others)),
        *others,
    ]


def _items(words: Sequence[str], taken: Container[int]) -> Iterator[Item]:
    """The words between commas, "and" and lines, without words of asking at their start.

    taken: the places of the order's lines."""
    asks = load_vocabulary().orders | load_vocabulary().courtesy
    numbers = find_numbers(words)
    start = 0
    for end in range(len(words) + 1):
        is_line = end in taken
        if end < len(words) and not is_line and words[end] not in _PARTS:
            continue
        counts = [one for one in numbers if start <= one.first and one.last <= end]
        first = start
        while first < end and words[first] in asks and not any(n.first == first for n in counts):
            first += 1
        last = end
        while last > first and words[last - 1] in load_vocabulary().courtesy | {""}:
            last -= 1
        if first < last:
            numbered = tuple(one for one in counts if one.last <= last)
            yield Item(first, last, numbered, is_line or start - 1 in taken)
        start = end + 1


def _end_of_name(item: Item, name: Sequence[int]) -> int:
    """The end of a name with its strength, "allegra 120", without what counts it behind."""
    end = name[-1] + 1
    behind = [one for one in item.numbers if one.first >= end]
    return behind[0].last if behind[1:] and behind[0].first == end else end


def _is_of_name(words: Sequence[str], at: int, item: Item, chosen: Container[int]) -> bool:
    """Whether a word is neither a number, a size, a package nor an option."""
    is_number = any(one.first <= at < one.last for one in item.numbers)
    is_pack = words[at] in HOLDERS | UNITS | FORMS | _SIGNS
    return not (is_number or is_pack or at in chosen or words[at] in _SIZES)


def _is_thing(
    words: Sequence[str],
    item: Item,
    name: Sequence[int],
    *,
    general: set[int],
    chosen: set[int],
) -> bool:
    """Whether an item is a counted name of something that is not sold."""
    kinds = load_vocabulary().descriptions  # "1 veg extravaganza"
    own = [words[at] for at in name if at not in general and words[at] not in kinds]
    if not _is_name(own) or _is_sentence(words, item, name):
        return False
    sure = [one for one in item.numbers if one.sure]
    is_behind = any(one.first > name[-1] for one in sure)
    if not (is_behind or any(one.last <= name[0] for one in sure)):
        return False
    places = range(item.first, item.last)
    is_held = any(words[at] in HOLDERS | FORMS for at in places)
    is_sized = any(at in chosen or words[at] in _SIZES for at in places)
    is_sized = is_sized and len(item.numbers) == 1  # "ek strong ek normal" are two pieces
    is_general = not general.isdisjoint(places)
    is_unheard = any(not is_ordinary(word) and word.isascii() for word in own)
    if item.is_beside:
        return is_unheard
    return is_unheard or is_held or is_sized or is_general or (is_behind and len(own) > 1)


def _is_name(own: Sequence[str]) -> bool:
    """Whether words of no vocabulary may be the name of a thing."""
    if not 0 < len(own) <= _LONGEST or not all(map(_may_be_of_a_name, own)):
        return False
    is_other = own[-1] in load_vocabulary().people
    is_other = is_other or length_of(read_dishes().no_dishes, own, len(own) - 1) > 0
    return not is_other and len(max(own, key=len)) >= _SHORTEST


def _is_sentence(words: Sequence[str], item: Item, name: Sequence[int]) -> bool:
    """Whether the words only look like a name: "the little one can share", "ek flask me"."""
    spelled = (one for one in item.numbers if not words[one.first].isdigit())
    inside = any(name[0] < one.first < name[-1] for one in spelled)
    inside = inside or name[-1] - name[0] > len(name)
    return inside or not _AMONG.isdisjoint(words[name[-1] + 1 : name[-1] + 2])


def _may_be_of_a_name(word: str) -> bool:
    return word.isascii() and word.isalpha() and word not in every_word() | _OTHERS
