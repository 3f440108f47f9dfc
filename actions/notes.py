"""Reads preparation notes from a message and merges them into the order's notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.turn import Turn
from shop.orders.notes import WHOLE, Named, Notes, notes_in, notes_said, with_notes
from shop.products import catalogue


def notes_now(turn: Turn, items: Sequence[Mapping[str, Any]] | None = None) -> Notes:
    """What is noted now, by product, of these `items` or of the cart's; the names of products say
    nothing of it."""
    entities = turn.tracker.latest_message.get("entities", [])
    is_any = notes_in(turn.typed)  # most messages say nothing of it, and need no look at names
    products = [one for one in entities if is_any and one["entity"] == "product"]
    known = catalogue.find_by_sku(turn.session, [one["value"] for one in products])
    named = [
        Named(
            one["value"],
            one["start"],
            one["end"],
            known[one["value"]].name,
            counted_by(entities, one),
        )
        for one in products
        if one["value"] in known
    ]
    items = turn.cart.get("items", []) if items is None else items
    there = {item["product"]: item.get("quantity") or 0 for item in items}
    only = next(iter(there)) if len(items) == 1 else WHOLE
    return notes_said(turn.typed, named, only, {**there, WHOLE: sum(there.values())})


def counted_by(entities: Sequence[Mapping[str, Any]], product: Mapping[str, Any]) -> int | None:
    """The number that belongs to a product's line, if one does."""
    group = product.get("group")
    numbers = (one for one in entities if one["entity"] == "quantity" and one.get("group") == group)
    return next((int(one["value"]) for one in numbers), None) if group else None


def say_note_of_what(turn: Turn) -> None:
    """Says that a note needs an order, where something is noted."""
    if notes := notes_now(turn):
        turn.say("utter_note_of_what", words=", ".join(notes.values()))


def merge_notes(turn: Turn, before: Notes) -> Notes:
    """The notes of before with what is noted now, or without them where they are taken back."""
    return with_notes(before, turn.typed, notes_now(turn))
