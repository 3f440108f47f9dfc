"""Decides whether a message consists of one thing, but for courtesies: a number, a product."""

from collections.abc import Sequence
from typing import Literal

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_words import words_around
from nlu.fulfilment.fulfilment import FulfilmentAlone
from nlu.order.options.order_options import SaidOption
from nlu.order.order import ReadOrder
from nlu.order.order_ids import OrderId
from nlu.quantities.numbers import find_numbers
from nlu.words.vocabulary import Words, load_vocabulary

_ByItself = Literal["number", "order_id", "product", "option", "search", "look"]
Alone = _ByItself | FulfilmentAlone


def find_options_alone(words: Sequence[str], options: Sequence[SaidOption]) -> Alone | None:
    """Whether a message without a product consists of options and their numbers."""
    known = load_vocabulary()
    spans = [(one.first, one.last) for one in options]
    spans += [(one.first, one.last) for one in find_numbers(words)]
    said = {at for first, last in spans for at in range(first, last)}
    rest = [word for at, word in enumerate(words) if at not in said]
    return "option" if _only(rest, known.separators | known.courtesy | words_around()) else None


def find_alone(
    words: Sequence[str],
    order_ids: Sequence[OrderId],
    products: Sequence[Mention | SaidOption],
    order: ReadOrder,
) -> Alone | None:
    """The single thing a message consists of, if any."""
    known = load_vocabulary()
    numbers = [line.quantity for line in order.lines if line.quantity]
    said = {at for first, last, *_ in (*products, *numbers) for at in range(first, last)}
    rest = [word for at, word in enumerate(words) if at not in said]
    if order_ids and not products and _only(rest, known.order_words):
        return "order_id"
    if not order.lines or order_ids:
        return None
    silent = known.separators if numbers else known.courtesy
    return "product" if _only(rest, silent) else None


def _only(words: Sequence[str], silent: Words) -> bool:
    return all(word in silent for word in words if any(letter.isalnum() for letter in word))
