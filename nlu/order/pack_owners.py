"""Decides which product a size belongs to: the one before it, else the one behind."""

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.pack_sizes import FORMS, HOLDERS, PIECE, SaidSize
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_BETWEEN = word_set("between", "pack_sizes")
_FARTHEST = 3


class Pack(NamedTuple):
    """A size said with a product, at the words `first` to `last` (exclusive).

    many: how many packs it amounts to; None if it only says which pack is meant.
    """

    first: int
    last: int
    many: int | None
    is_strength: bool = False


class ReadPacks(NamedTuple):
    """The message after reading sizes.

    words: with sizes replaced by a describing word. products, families: narrowed by the sizes.
    packs: the size said with each product."""

    words: list[str]
    products: list[Mention]
    families: dict[Mention, tuple[str, ...]]
    packs: dict[Mention, Pack]


def is_said(read: ReadPacks, mention: Mention | None, said: SaidSize) -> bool:
    """Whether a product has its size already; pieces may follow a strength: "10mg 10 tablets"."""
    pack = read.packs.get(mention) if mention else None
    return pack is not None and not (pack.is_strength and said.size.unit == PIECE)


def find_owner(
    words: Sequence[str], said: SaidSize, read: ReadPacks, names: Mapping[str, Container[str]]
) -> Mention | None:
    """The product that a size belongs to: the one before it, else the one behind."""
    before = [one for one in read.products if one.last <= said.first]
    behind = [one for one in read.products if said.last <= one.first]
    near_before = next(
        (
            one
            for one in before[-1:]
            if _is_near([w for w in words[one.last : said.first] if w not in names[one.sku]])
        ),
        None,
    )
    near_behind = next((one for one in behind[:1] if _is_near(words[said.last : one.first])), None)
    if is_said(read, near_before, said):
        near_before = None
    if near_before and near_behind and _begins_with_size(read):
        return near_behind
    if near_before or near_behind:
        return near_before or near_behind
    # A comma may stand between: "azithromycin 500, 5 tablets".
    comma = [one for one in before[-1:] if _is_comma(words[one.last : said.first])]
    return comma[0] if comma and not is_said(read, comma[0], said) else None


def _is_comma(between: Sequence[str]) -> bool:
    """Whether only describing words and a comma stand between."""
    describing = load_vocabulary().descriptions
    return list(between[-1:]) == [","] and describing.issuperset(between[:-1])


def _begins_with_size(read: ReadPacks) -> bool:
    """Whether sizes stand before their products in this message: "1 kg sugar 500 g dal"."""
    return any(pack.last <= mention.first for mention, pack in read.packs.items())


def _is_near(between: Sequence[str]) -> bool:
    links = _BETWEEN | HOLDERS | FORMS
    known = load_vocabulary()
    counts = known.numbers.keys() | known.only_before_a_product.keys()
    return len(between) <= _FARTHEST and all(
        word in links or word.isdecimal() or word in counts or word == "-" for word in between
    )
