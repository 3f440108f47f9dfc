"""What named options mean for the words and product names around them."""

from collections.abc import Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_names import OptionMention
from nlu.words.vocabulary import load_vocabulary


def without_options(
    words: Sequence[str], products: Sequence[Mention], mentions: Sequence[OptionMention]
) -> tuple[list[str], list[Mention]]:
    """Replaces options by a word that only describes, and drops products that overlap with them.

    So no number of an option's name becomes a quantity, and none of its words an unknown product.
    """
    describing = min(load_vocabulary().descriptions)
    places = {at for one in mentions for at in range(one.first, one.last)}
    kept = [each for each in products if places.isdisjoint(range(each.first, each.last))]
    return [describing if at in places else word for at, word in enumerate(words)], kept


def kinds_of_names(
    products: Sequence[Mention], mentions: Sequence[OptionMention]
) -> dict[Mention, int]:
    """The id of the option right beside each product's name of which it can have only one: "large"
    in "large fries"."""
    beside = (
        (product, option.id)
        for product in products
        for one in mentions
        if product.first == one.last or (one.first == product.last)
        if (option := one.of(product.sku)) and option.group
    )
    # Of two options the one before the name tells the kind.
    return dict(reversed([*beside]))
