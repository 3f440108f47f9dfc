"""Finds ordered things that the shop does not sell: "2 burgers" in "2 burgers and a coffee"."""

from collections.abc import Container, Iterator, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.pack_sizes import HOLDERS, MEASURES, UNITS
from nlu.order.order import ReadOrder
from nlu.quantities.numbers import Number, find_numbers
from nlu.words.dishes import length_of, read_dishes
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set
from nlu.words.vocabulary import every_word, load_vocabulary

_LONGEST_NAME = 3
_LONG = 5  # a shorter word behind "one" is more probably a typo than a name
_SHORTEST = 3  # "give two as her friend is here"
_PARTS = word_set("parts")  # words that separate the things of a list
_OF = word_set("of")
_WISHES = word_set("wishes")  # "gluten free bread" is a wish, no other thing

Span = tuple[int, int]


def find_not_sold(
    words: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    order: ReadOrder,
    catalogue_words: Container[str],
    *,
    described: Container[str] = (),
) -> list[Span]:
    """The spans of ordered things that no product is called like, first to last (exclusive).

    Conservative, since a wrong report confuses customers: the thing must be a known dish, a plural,
    an unknown word or the start of the message, and neither a person nor a property ("2 strong").
    Things that end with one of the `catalogue_words` are left out. described: words of categories
    and descriptions, which may stand behind a product.
    """
    if not order.lines:
        return []
    ordered = [line.product for line in order.lines]
    products = [one for one in products if not one.weak or one in ordered]
    ends = {product.last for product in products}
    named = {at for product in products for at in range(product.first, product.last)}
    found = list(_counted_things(words, numbers, order, catalogue_words, named=named, ends=ends))
    taken = named | {at for first, last in found for at in range(first, last)}
    bare = _dishes_without_number(words, taken, ends, catalogue_words)
    bare += _measured_things(words, numbers, taken, ends)
    bare = [one for one in bare if not _is_left_to_catalogue(words[slice(*one)], catalogue_words)]
    # "50-50 biscuits": the word behind the product only says what it is.
    kinds = [span for span in bare if span[0] in ends and _is_described(words, span, described)]
    wishes = [span for span in bare if not _WISHES.isdisjoint(words[slice(*span)])]
    return sorted({*found, *bare} - {*kinds, *wishes})


def _counted_things(
    words: Sequence[str],
    numbers: Sequence[Number],
    order: ReadOrder,
    catalogue_words: Container[str],
    *,
    named: set[int],
    ends: set[int],
) -> Iterator[Span]:
    """The spans of numbers that count no line, with the unknown thing behind each."""
    counting = [line.quantity for line in order.lines]
    for number in numbers:
        begin = number.last + _words_before_dish(words, number.last, catalogue_words)
        thing = _thing(words, begin, named)
        if begin > number.last and not _is_dish(thing):
            begin, thing = number.last, _thing(words, number.last, named)
        is_unknown = bool(thing) and number not in counting
        is_unknown = is_unknown and not _is_left_to_catalogue(thing, catalogue_words)
        if not is_unknown or not _is_listed(words, number.first, ends):
            continue
        first = number.sure and not any(line.first < number.first for line in order.lines)
        if first or _is_a_name(thing, number):
            yield number.first, begin + len(thing)


def _is_left_to_catalogue(thing: Sequence[str], catalogue_words: Container[str]) -> bool:
    """Whether a thing is called by a word of the catalogue; "diet coke" beside a Coke Zero is
    not."""
    is_kind = any(word not in catalogue_words for word in thing[:-1])
    return thing[-1] in catalogue_words and not (is_kind and _is_dish(thing))


def without_counts_of(order: ReadOrder, spans: Sequence[Span]) -> ReadOrder:
    """The order without quantities that lie in `spans`, the things that are not sold: the coke of
    "coke and 3 kg chicken" gets no 3."""
    lines = [
        line._replace(quantity=None)
        if line.quantity and any(first <= line.quantity.first < last for first, last in spans)
        else line
        for line in order.lines
    ]
    return order._replace(lines=lines)


def counts_another_thing(words: Sequence[str], number: Number) -> bool:
    """Whether a number that a product could have counts something else: "coffee and 2 vada pav"."""
    thing = _thing(words, number.last, set())
    begin = number.last + _words_before_dish(words, number.last, ())
    if begin > number.last and _is_dish(kind := _thing(words, begin, set())):
        thing = kind
    return bool(thing) and _is_listed(words, number.first, ()) and _is_a_name(thing, number)


def _dishes_without_number(
    words: Sequence[str], taken: set[int], ends: Container[int], catalogue_words: Container[str]
) -> list[Span]:
    """Dishes that are listed without a number: "pizza and coffee"."""
    spans: list[Span] = []
    for at in range(len(words)):
        if at in taken or (spans and at < spans[-1][1]) or not _is_listed(words, at, ends):
            continue
        begin = at + _words_before_dish(words, at, catalogue_words)
        thing = _thing(words, begin, taken)
        if _is_dish(thing):
            spans.append((at, begin + len(thing)))
    return spans


def _words_before_dish(words: Sequence[str], at: int, catalogue_words: Container[str]) -> int:
    """The number of words for a kind or brand before a dish: "veg burger", "dettol soap"."""
    known = load_vocabulary().descriptions
    if at >= len(words):
        return 0
    is_brand = words[at] in catalogue_words and not _is_dish(words[at : at + 1])
    if not is_brand and words[at] not in known:
        return length_of(read_dishes().kinds, words, at)
    return 1


def _measured_things(
    words: Sequence[str], numbers: Sequence[Number], taken: set[int], ends: Container[int]
) -> list[Span]:
    """Things with a size or pack: words of no dictionary, "ghee 1 kg", "1 strip of allegra", and
    any noun behind a weight, "1 kg chicken"."""
    spans: list[Span] = []
    for number in numbers:
        held = number.last + (words[number.last : number.last + 1] != [])
        if words[number.last : held] and words[number.last] in MEASURES | HOLDERS:
            held += words[held : held + 1] != [] and words[held] in _OF
            thing = _thing(words, held, taken)
            is_thing = bool(thing) and (_is_unheard(thing) or words[number.last] in MEASURES)
            if is_thing and _is_listed(words, number.first, ends):
                spans.append((number.first, held + len(thing)))
    for said in find_numbers(words):
        first = said.first
        while first and first - 1 not in taken and may_be_a_thing(words[first - 1]):
            first -= 1
        unit = words[said.last : said.last + 1]
        is_measured = bool(unit) and unit[0] in UNITS | HOLDERS
        is_thing = 0 < said.first - first <= _LONGEST_NAME and _is_unheard(
            words[first : said.first]
        )
        if is_thing and is_measured and _is_listed(words, first, ends):
            spans.append((first, said.first))
    return spans


def _is_unheard(thing: Sequence[str]) -> bool:
    return not any(map(is_ordinary, thing))


def _is_described(words: Sequence[str], span: Span, described: Container[str]) -> bool:
    return all(
        word in described or word.removesuffix("s") in described
        for word in words[span[0] : span[1]]
    )


def _is_listed(words: Sequence[str], at: int, ends: Container[int]) -> bool:
    """Whether a thing may begin there: at the start, behind a product or behind a separator."""
    if at == 0 or at in ends:
        return True
    known = load_vocabulary()
    return words[at - 1] in _PARTS or words[at - 1] in known.orders


def _thing(words: Sequence[str], at: int, named: set[int]) -> Sequence[str]:
    """The unknown nouns from a word to the end of its phrase, or nothing."""
    end = at
    while end < len(words) and end - at < _LONGEST_NAME:
        if length := length_of(read_dishes().dishes, words, end):
            end += length
        elif may_be_a_thing(words[end]):
            end += 1
        else:
            break
    nouns = words[at:end]
    known = load_vocabulary()
    closing = known.borders | known.courtesy | known.instead_of | known.give_words
    ends = end == len(words) or words[end] in closing or _begins_number(words[end])
    ends = ends and _OF.isdisjoint(words[end : end + 1])
    if not nouns or not ends or named.intersection(range(at, end + 1)):
        return []
    return [] if nouns[-1] in known.people else nouns


def _begins_number(word: str) -> bool:
    known = load_vocabulary()
    return word.isdigit() or word in known.numbers or word in known.only_before_a_product


def may_be_a_thing(word: str) -> bool:
    """Whether a word may be a noun that no product is called by."""
    return len(word) >= _SHORTEST and word.isalpha() and word not in every_word()


def _is_dish(thing: Sequence[str]) -> bool:
    return any(
        length_of(read_dishes().dishes, thing, at) == len(thing) - at for at in range(len(thing))
    )


def _is_a_name(thing: Sequence[str], number: Number) -> bool:
    """Whether the words name a thing and no property: a dish, a plural, or an unknown word."""
    if _is_dish(thing):
        return True
    if length_of(read_dishes().no_dishes, thing, len(thing) - 1) or number.kind == "homograph":
        return False
    unheard = not any(map(is_ordinary, thing)) and not length_of(read_dishes().kinds, thing, 0)
    if number.kind == "number" and (number.value or 0) <= 1:
        return unheard and len(thing[0]) >= _LONG
    plural = number.sure and thing[-1].endswith("s") and not thing[-1].endswith("ss")
    return plural or unheard
