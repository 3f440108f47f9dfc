"""Finds what a message names: products, options, sizes of packs and bottles."""

from collections.abc import Sequence
from typing import NamedTuple

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_names import OptionMention
from nlu.catalogue.option_places import without_options
from nlu.catalogue.pack_sizes import SaidSize
from nlu.message_words import fold_tokens, readable_words
from nlu.order.bottles import find_other_bottles, without_bottles, without_option_sizes
from nlu.order.cuts import without_cuts
from nlu.order.halves import without_halves
from nlu.order.pack_owners import ReadPacks
from nlu.order.packs import read_packs
from nlu.order.unsold.other_kinds import find_kinds_behind, without_kinds_behind
from nlu.words.tokens import Token


class NamedGoods(NamedTuple):
    """What a message names.

    said_words: the folded words; words: those with sizes, options and kinds as words that only
    describe; spelled: the tokens with misspelled names corrected.
    products, families, vague: as in `Sighting`, narrowed by the sizes in `packs`.
    behind: where kinds behind product names end; bottles: volumes that a drink is not sold in.
    """

    said_words: list[str]
    words: list[str]
    spelled: list[str]
    products: list[Mention]
    families: dict[Mention, tuple[str, ...]]
    vague: list[Mention]
    options: list[OptionMention]
    packs: ReadPacks
    behind: dict[Mention, int]
    bottles: dict[int, SaidSize]


def read_goods(tokens: Sequence[Token], catalogue: Catalogue) -> NamedGoods:
    """Finds products, sizes and options in a tokenised text, in this order."""
    named, spelled, families, vague = catalogue.look(tokens)
    readable = readable_words(without_cuts(fold_tokens(tokens)), named)
    said_words, products = without_halves(*readable)
    bottles = find_other_bottles(said_words, products, catalogue.pack_sizes)
    bottled = without_bottles(said_words, bottles)
    read = read_packs(
        bottled,
        products,
        families,
        catalogue.pack_sizes,
        others=catalogue.other_packs,
        names=catalogue.words_of_name,
    )
    unsized = [
        "" if left != word else said
        for left, word, said in zip(read.words, bottled, said_words, strict=True)
    ]
    typed = [token.text for token in tokens]
    options = catalogue.find_options(unsized, read.products, typed)
    words, products = without_options(read.words, read.products, options)
    behind = find_kinds_behind(words, products)
    return NamedGoods(
        said_words,
        without_kinds_behind(words, behind),
        spelled,
        products,
        read.families,
        vague,
        options,
        read,
        behind,
        without_option_sizes(bottles, options),
    )
