"""What the catalogue says about a message: its entities, and whether they are all it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from spacy.tokens import Doc, Token

from nlu.catalogue import Catalogue, Mention
from nlu.language import NEW_LINE, fold, passing_words, tokenise
from nlu.not_sold import find_not_sold
from nlu.numbers import Number
from nlu.order import Line, Order
from nlu.order_ids import OrderId, find_order_ids
from nlu.order_lines import read_order
from nlu.pictures import counted
from nlu.quantities import find_only_number, find_quantities
from nlu.stand_ins import with_stand_ins
from nlu.vocabulary import Words, vocabulary

EXTRACTOR = "CatalogueEntities"

_BLOT = "\ue000"  # no letter, digit or sign of any language
_BLOTS = re.compile(f"{_BLOT}+")
_BLANKS_OR_WORDS = re.compile(r"\s+|\S+")
_UNITS = {"in": "inch", "w": "watt"}  # where they stick to their number
_ANY_ORDER_ID = "ORD-12345"

Entity = dict[str, Any]
Alone = Literal["number", "order_id", "product"]


@dataclass(frozen=True)
class Reading:
    """The entities of a message as Rasa's extractors write them, in the order of the text.

    `tokens` are the starts and ends of its words and signs.
    `legible` is the text with misspelled products corrected, those that the training never saw
    under another name, and one order number for all.
    `product` has the sku as its value, `quantity` a whole number, `order_id` "ORD-" and digits;
    `not_sold` what is ordered beside them and not sold, in the customer's words;
    what belongs to one line of an order shares a `group`. `alone` names what the message consists
    of, but for courtesies; `counted` says that it counts a product.
    """

    legible: str = ""
    entities: list[Entity] = field(default_factory=list)
    tokens: list[tuple[int, int]] = field(default_factory=list)
    alone: Alone | None = None
    counted: bool = False

    @property
    def signs(self) -> tuple[bool, bool]:
        """What the intent classifier makes use of: whether a product is named, and counted."""
        return any(entity["entity"] == "product" for entity in self.entities), self.counted


def read(text: str, catalogue: Catalogue) -> Reading:
    """Reads a message with the products there are now."""
    catalogue.prepare()
    with_numbers, before = counted(text, catalogue.rows_of_pictures)
    squeezed, places = _squeeze(with_numbers, before)
    with passing_words():
        reading = _read(squeezed, catalogue)
    for entity in reading.entities:
        entity["start"], entity["end"] = places[entity["start"]], places[entity["end"] - 1] + 1
    return replace(reading, tokens=[(places[s], places[e - 1] + 1) for s, e in reading.tokens])


def _read(text: str, catalogue: Catalogue) -> Reading:
    order_ids = find_order_ids(text)
    doc = tokenise(_blot_out(text, order_ids))
    words = [_word(token) for token in doc]
    products, spelled = catalogue.look(doc)
    numbers = find_quantities(words, products)
    order = read_order(words, products, numbers)
    if not (order_ids or order.lines) and (only := find_only_number(words)):
        return Reading(text, _quantity(doc, only), _tokens(doc), alone="number")
    entities = [_order_id(text, order_id) for order_id in order_ids] + _order(doc, order)
    for first, last in find_not_sold(words, products, numbers, order):
        entities.append(_entity(doc, first, last, "not_sold", doc[first:last].text))
    ordered = {line.product for line in order.lines}
    meant = [product for product in products if not product.weak or product in ordered]
    return Reading(
        _legible(doc, with_stand_ins(spelled, meant)),
        sorted(entities, key=lambda entity: int(entity["start"])),
        _tokens(doc),
        _alone(words, order_ids, products, order),
        any(line.quantity is not None for line in order.lines),
    )


def _word(token: Token) -> str:
    """The word as it is compared; the "in" of "12in" is inches."""
    if token.is_space:
        return NEW_LINE
    word = fold(token.text)
    sticks = word in _UNITS and token.i > 0 and not token.nbor(-1).whitespace_
    return _UNITS[word] if sticks and token.nbor(-1).is_digit else word


def _tokens(doc: Doc) -> list[tuple[int, int]]:
    return [(token.idx, token.idx + len(token)) for token in doc if not token.is_space]


def _squeeze(text: str, before: Sequence[int]) -> tuple[str, list[int]]:
    """The text with single blanks and new lines, and the place that each letter had `before`."""
    letters: list[str] = []
    places: list[int] = []
    for blanks in _BLANKS_OR_WORDS.finditer(text):
        word = blanks[0]
        if word.isspace():
            word = "\n" if "\n" in word else " "
        letters.append(word)
        places += before[blanks.start() : blanks.start() + len(word)]
    return "".join(letters), places


def _alone(
    words: Sequence[str], order_ids: Sequence[OrderId], products: Sequence[Mention], order: Order
) -> Alone | None:
    """What a message consists of, if it is one thing."""
    known = vocabulary()
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


def _blot_out(text: str, order_ids: Sequence[OrderId]) -> str:
    """The text with order numbers replaced by blots of the same length, which count nothing."""
    for order_id in order_ids:
        length = order_id.end - order_id.start
        text = text[: order_id.start] + _BLOT * length + text[order_id.end :]
    return text


def _legible(doc: Doc, spelled: Sequence[str]) -> str:
    text = "".join(word + token.whitespace_ for word, token in zip(spelled, doc, strict=True))
    return _BLOTS.sub(_ANY_ORDER_ID, text)


def _order(doc: Doc, order: Order) -> list[Entity]:
    entities = _quantity(doc, order.loose) if order.loose else []
    for group, line in enumerate(order.lines, start=1):
        entities += [entity | {"group": str(group)} for entity in _line(doc, line)]
    return entities


def _line(doc: Doc, line: Line) -> list[Entity]:
    product = _entity(doc, line.product.first, line.product.last, "product", line.product.sku)
    return [product, *(_quantity(doc, line.quantity) if line.quantity else [])]


def _quantity(doc: Doc, number: Number) -> list[Entity]:
    """A number as an entity; none for a fraction, which is no quantity."""
    if number.value is None:
        return []
    return [_entity(doc, number.first, number.last, "quantity", number.value)]


def _entity(doc: Doc, first: int, last: int, name: str, value: str | int) -> Entity:
    span = doc[first:last]
    return _as_rasa(span.start_char, span.end_char, name, value)


def _order_id(text: str, order_id: OrderId) -> Entity:
    return _as_rasa(order_id.start, order_id.end, "order_id", order_id.value)


def _as_rasa(start: int, end: int, name: str, value: str | int) -> Entity:
    return {
        "entity": name,
        "start": start,
        "end": end,
        "value": value,
        "confidence_entity": 1.0,
        "extractor": EXTRACTOR,
    }
