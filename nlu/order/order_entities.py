"""Converts a read order into entities in Rasa's format."""

from collections.abc import Sequence
from typing import Any

from nlu.fulfilment.fulfilment import Fulfilment
from nlu.order.order import OrderLine, ReadOrder
from nlu.order.order_ids import OrderId
from nlu.order.order_options import SaidOption
from nlu.quantities.numbers import Number
from nlu.words.tokens import Token

EXTRACTOR = "CatalogueEntities"

Entity = dict[str, Any]


def order_entities(tokens: Sequence[Token], order: ReadOrder) -> list[Entity]:
    """The products and numbers of each line, which share a group, and a number without a line."""
    entities = quantity_entities(tokens, order.loose) if order.loose else []
    for group, line in enumerate(order.lines, start=1):
        entities += [entity | {"group": str(group)} for entity in _line(tokens, line)]
    return entities


def _line(tokens: Sequence[Token], line: OrderLine) -> list[Entity]:
    start, end = tokens[line.product.first].start, tokens[line.product.last - 1].end
    product = entity_of(start, end, "product", line.product.sku)
    return [product, *(quantity_entities(tokens, line.quantity) if line.quantity else [])]


def quantity_entities(tokens: Sequence[Token], number: Number) -> list[Entity]:
    """A number as an entity; none for a fraction, which is no quantity."""
    if number.value is None:
        return []
    start, end = tokens[number.first].start, tokens[number.last - 1].end
    return [entity_of(start, end, "quantity", number.value)]


def option_entities(tokens: Sequence[Token], said: Sequence[SaidOption]) -> list[Entity]:
    """The options of each line, which share its group; those of a counted part say which, and how
    many it has."""
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
    """The number of an order, as the shop writes it."""
    return entity_of(order_id.start, order_id.end, "order_id", order_id.value)


def fulfilment_entities(said: Fulfilment) -> list[Entity]:
    """Where, when and how the order is to be had."""
    return [entity_of(each.start, each.end, each.name, each.value) for each in said.entities]


def entity_of(start: int, end: int, name: str, value: Any) -> Entity:
    """An entity and where it stands in the text."""
    return {
        "entity": name,
        "start": start,
        "end": end,
        "value": value,
        "confidence_entity": 1.0,
        "extractor": EXTRACTOR,
    }
