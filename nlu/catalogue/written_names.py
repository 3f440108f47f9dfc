"""Generates the ways in which a name may be written: in two words, hyphened, or rearranged."""

from collections.abc import Iterator, Mapping
from itertools import accumulate, chain, permutations, product

from nlu.catalogue.product_names import WITH, Name, Phrase
from nlu.words.small_words import phrases_of, word_set
from nlu.words.spelling import word_forms
from nlu.words.vocabulary import load_vocabulary

_TWO = 2
_OF = tuple(link for (link,) in phrases_of("links_name"))
(_PART_OF,) = word_set("of")
_OF_SIZE = ((), *phrases_of("links_size"))
_SHORTEST_TO_SPLIT, _SHORTEST_PART = 7, 3
_LONGEST_TO_HYPHEN = 4

Families = Mapping[Phrase, tuple[str, ...]]


def families_in_all_ways(families: Families, names: Mapping[Phrase, Name]) -> Families:
    """The skus of each name that fits several products, in every way to write it: "cough syrup
    benadryl" is both bottles, as "benadryl cough syrup" is.

    names: the product that each phrase names; a way that names another product is left out."""
    ways = {
        way: skus
        for phrase, skus in families.items()
        for way in other_ways_of(phrase)
        if names.get(way) == Name(skus[0])
    }
    return {**ways, **families}


def families_with_hyphens(families: Families) -> dict[Phrase, tuple[str, ...]]:
    """The skus of each name, without and with hyphens."""
    return {way: skus for phrase, skus in families.items() for way in hyphened_names(phrase)}


def name_halves(phrase: Phrase, joined: Phrase = ()) -> Iterator[Phrase]:
    """The ways to write one long word as two: "sand wich" and "sand wiches" for "sandwich".

    joined: the words that it is written together from, if any; it is split only between them.
    """
    word = "".join(phrase)
    if len(phrase) != 1 or len(word) < _SHORTEST_TO_SPLIT:
        return
    places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    meetings = set(accumulate(map(len, joined)))
    for at in meetings.intersection(places) if joined else places:
        yield from ((word[:at], end) for end in word_forms(word[at:]))


def other_ways_of(phrase: Phrase) -> Iterator[Phrase]:
    """The same name with hyphens, or with its words in another order."""
    yield from hyphened_names(phrase)
    yield from _rearranged_names(phrase)


def _rearranged_names(phrase: Phrase) -> Iterator[Phrase]:
    """The same name with its words in another order, or with a small word between them.

    "tarbuj ka juice", "black ball pen" for "Ball Pen Black", "notebook with 200 pages", "family
    pack of chicken biryani".
    """
    known = load_vocabulary()
    yield from ((*phrase[:1], of, *phrase[1:]) for of in _OF if len(phrase) == _TWO)
    if len(phrase) in (_TWO, _TWO + 1) and known.borders.isdisjoint(phrase):
        # A number in front is a quantity: "2 lactogen" is no Lactogen 2.
        yield from (way for way in permutations(phrase) if not way[0].isdigit())
    for at in range(1, len(phrase)):
        if phrase[at].isdigit():
            yield (*phrase[:at], WITH, *phrase[at:])
            size = phrase[at:]
            if known.weights.isdisjoint(size) and not known.no_quantity_before.isdisjoint(size):
                yield (*size, *phrase[:at])  # "20000 mah power bank"; "1 kg sugar" is a quantity
        elif phrase[at] == _PART_OF:  # "24 roses bouquet", "24 roses wala bouquet"
            yield from ((*phrase[at + 1 :], *of, *phrase[:at]) for of in _OF_SIZE)
        elif phrase[-1] in known.vessels:
            yield (*phrase[at:], _PART_OF, *phrase[:at])


def hyphened_names(phrase: Phrase) -> Iterator[Phrase]:
    """A name, and with hyphens at any of its blanks: "accu-chek strips" for "accu chek strips"."""
    is_long = len(phrase) > _LONGEST_TO_HYPHEN or "-" in phrase
    for joins in product(("",) if is_long else ("", "-"), repeat=len(phrase) - 1):
        written = chain.from_iterable(zip(phrase, (*joins, ""), strict=True))
        yield tuple(filter(None, written))
