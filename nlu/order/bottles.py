"""Sizes of bottles that the shop's names do not tell: "coke 2 litre" is one, and not two."""

from collections.abc import Mapping, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_names import OptionMention
from nlu.catalogue.pack_sizes import MILLILITRE, PackSize, SaidSize, find_sizes
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_BOTTLED = word_set("bottled", "pack_sizes")


def find_other_bottles(
    words: Sequence[str], products: Sequence[Mention], sizes: Mapping[str, Sequence[PackSize]]
) -> dict[int, SaidSize]:
    """The volumes right beside drinks that come in bottles, and not in bottles of this volume, by
    the first word of the drink. Such a volume counts nothing."""
    return {
        one.first: said
        for said in find_sizes(words)
        for one in products
        if said.last == one.first or one.last == said.first
        if said.size.unit == MILLILITRE and not _BOTTLED.isdisjoint(words[one.first : one.last])
        if all((said.size.amount, MILLILITRE) != each[:2] for each in sizes.get(one.sku, ()))
    }


def without_bottles(words: Sequence[str], bottles: Mapping[int, SaidSize]) -> list[str]:
    """The words with these volumes as words that only describe."""
    describing = min(load_vocabulary().descriptions)
    places = {at for said in bottles.values() for at in range(said.first, said.last)}
    return [describing if at in places else word for at, word in enumerate(words)]


def without_option_sizes(
    bottles: Mapping[int, SaidSize], options: Sequence[OptionMention]
) -> dict[int, SaidSize]:
    """The volumes without those that are options: "coke 2 litre" where an option is called 2 L."""
    return {
        at: said
        for at, said in bottles.items()
        if not any(one.first < said.last and said.first < one.last for one in options)
    }
