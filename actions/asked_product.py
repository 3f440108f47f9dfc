"""An order of the product that was just asked about: "how much is the latte?", "ok, one large"."""

from typing import Any

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, reckon_cart
from actions.changes import changed_by, list_changes
from actions.families import families_in, heard_before, with_entities
from actions.said_options import said_without_product
from actions.turn import Turn
from shop.carts.lines import lines_of_items

QUESTIONS = {"faq_price", "faq_ingredients"}
_GROUP = "asked"


def order_what_was_asked(turn: Turn) -> list[EventType]:
    """Orders the product of the question before if the message only has a number or a size; does
    nothing if it has neither, or if the question was not about one product."""
    product = product_asked(turn)
    if product is None or not says_how_many(turn):
        return []
    then = with_entities(turn, turn.tracker.latest_message, entities_with(turn, product))
    before = lines_of_items(turn.cart)
    return ask_next_question(
        then, reckon_cart(then, changed_by(then, before, list_changes(then, before)))
    )


def product_asked(turn: Turn) -> str | None:
    """The product that the message before asked about, unless it is on the cart already."""
    before = next(iter(heard_before(turn)), {})
    parsed = before.get("parse_data") or {}
    entities = parsed.get("entities") or []
    named = {str(one["value"]) for one in entities if one["entity"] == "product"}
    is_question = (parsed.get("intent") or {}).get("name") in QUESTIONS
    if not is_question or len(named) != 1 or families_in(entities):
        return None
    [product] = named
    return product if all(line.product != product for line in lines_of_items(turn.cart)) else None


def says_how_many(turn: Turn) -> bool:
    """Whether the words name a number or options, but no product, change or time."""
    entities = turn.tracker.latest_message.get("entities", [])
    is_else = turn.requested_lines() or families_in(entities) or turn.entity("time")
    is_change = turn.says("is_made") or turn.says("instead") or turn.says("part")
    is_change = is_change or turn.says("counts_down")
    if not turn.typed or is_else or is_change or turn.step.question.is_about_line:
        return False
    return turn.entity("quantity") is not None or bool(said_without_product(turn))


def entities_with(turn: Turn, product: str) -> list[dict[str, Any]]:
    """The entities of the message, changed into one line of this product."""
    line: list[dict[str, Any]] = []
    for one in turn.tracker.latest_message.get("entities", []):
        if one["entity"] == "option":
            kept = {k: v for k, v in one.items() if k not in ("counted", "quantity", "nested")}
            line.append({**kept, "group": _GROUP})
            if one.get("counted") == 1 and turn.entity("quantity") is None:
                line.append(
                    {**kept, "entity": "quantity", "value": one["quantity"], "group": _GROUP}
                )
        else:
            line.append({**one, "group": _GROUP} if one["entity"] == "quantity" else one)
    end = len(turn.typed)
    named = {"entity": "product", "value": product, "start": end, "end": end, "group": _GROUP}
    return [*line, named]
