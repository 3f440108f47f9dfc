"""Converts a read order into entities in Rasa's format."""

from collections.abc import Mapping, Sequence
from typing import Any

from nlu.catalogue.name_finder import Mention
from nlu.fulfilment.fulfilment import Fulfilment
from nlu.order.options.order_options import SaidOption
from nlu.order.order import OrderLine, ReadOrder
from nlu.order.order_ids import OrderId
from nlu.quantities.numbers import Number
from nlu.words.tokens import Token

EXTRACTOR = "CatalogueEntities"

Entity = dict[str, Any]
Families = Mapping[Mention, Sequence[str]]


def order_entities(
    tokens: Sequence[Token], order: ReadOrder, families: Families | None = None
) -> list[Entity]:
    """Entities for the products and quantities; those of a line share a `group`.

    A line whose name fits several products has `candidates` in place of `product`.
    """
    entities = quantity_entities(tokens, order.loose) if order.loose else []
    for group, line in enumerate(order.lines, start=1):
        entities += [
            entity | {"group": str(group)} for entity in _line(tokens, line, families or {})
        ]
    return entities


def _line(tokens: Sequence[Token], line: OrderLine, families: Families) -> list[Entity]:
    start, end = tokens[line.product.first].start, tokens[line.product.last - 1].end
    product = entity_of(start, end, "product", line.product.sku)
    if skus := families.get(line.product):
        product = entity_of(start, end, "candidates", list(skus))
    return [product, *(quantity_entities(tokens, line.quantity) if line.quantity else [])]


def quantity_entities(tokens: Sequence[Token], number: Number) -> list[Entity]:
    """The entity of a number; an empty list for a fraction, which is no quantity."""
    if number.value is None:
        return []
    start, end = tokens[number.first].start, tokens[number.last - 1].end
    return [entity_of(start, end, "quantity", number.value)]


def option_entities(tokens: Sequence[Token], said: Sequence[SaidOption]) -> list[Entity]:
    """Entities for the options, each with its line's `group`; those of a counted part also say
    which part it is and how many pieces it has."""
    entities = []
    for one in said:
        start, end = tokens[one.first].start, tokens[one.last - 1].end
        entity = entity_of(start, end, "option", one.id)
        if one.line is not None:
            entity["group"] = str(one.line + 1)
        if one.part:
            entity |= {"counted": one.part, "quantity": one.many, "nested": one.nested}
        entities.append(entity)
    return entities


def order_id_entity(order_id: OrderId) -> Entity:
    """The entity of an order number; its value is spelled as the shop does."""
    return entity_of(order_id.start, order_id.end, "order_id", order_id.value)


def fulfilment_entities(said: Fulfilment) -> list[Entity]:
    """Entities for the terms of the order: address, table, time, way."""
    return [entity_of(each.start, each.end, each.name, each.value) for each in said.entities]


def entity_of(start: int, end: int, name: str, value: Any) -> Entity:
    """An entity in Rasa's format, at the characters `start` to `end`."""
    return {
        "entity": name,
        "start": start,
        "end": end,
        "value": value,
        "confidence_entity": 1.0,
        "extractor": EXTRACTOR,
    }
