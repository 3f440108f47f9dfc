"""Reads preparation notes from a message and merges them into the order's notes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from actions.said_options import without_said_options
from actions.turn import Turn
from shop.language.phrases import find_phrase, is_phrase
from shop.orders.lines import RequestedLine, lines_of_items
from shop.orders.notes import (
    LONGEST,
    WHOLE,
    Named,
    Noted,
    are_dropped,
    find_notes,
    is_written_note,
    join_words,
    notes_in,
)
from shop.orders.unread_wishes import find_unread_wishes, in_words, is_pack_size, speaks_of_allergy
from shop.products import catalogue

# Messages of an order; elsewhere an unread word is no wish.
OF_ORDER = {"new_order", "edit_order"}


def notes_now(turn: Turn, before: Sequence[RequestedLine] | None = None) -> list[Noted]:
    """What is noted now of these lines, or of the open cart's; products' names say nothing of it.

    A question ("is it spicy?") notes nothing, unless it comes beside the number that was asked for.
    """
    entities = turn.tracker.latest_message.get("entities", [])
    is_faq = (turn.intent or "").startswith("faq_") and turn.entity("quantity") is None
    is_question = is_faq and (turn.typed.rstrip().endswith("?") or find_phrase("asks", turn.typed))
    words = without_said_options(turn)
    unread = [] if is_question else find_unread(turn, words)
    if is_question or not (unread or notes_in(words) or is_written_note(words)):
        return []  # most messages say nothing of it, and need no look at names
    products = [one for one in entities if one["entity"] == "product"]
    known = catalogue.find_by_sku(turn.session, [one["value"] for one in products])
    named = [
        Named(
            one["value"],
            one["start"],
            one["end"],
            known[one["value"]].name if one["value"] in known else "",
            counted_by(entities, one),
        )
        for one in products
    ]
    there: Counter[str] = Counter()
    for line in lines_of_items(turn.cart) if before is None else before:
        there[line.product] += line.quantity or 0
    only = next(iter(there)) if len(there) == 1 else WHOLE
    found = find_notes(words, named, only, {**there, WHOLE: sum(there.values())})
    return [*found, *unread_notes(words, unread, named, only)]


def find_unread(turn: Turn, words: str) -> list[tuple[int, int]]:
    """Where the message has a wish in words that nothing else reads."""
    entities = turn.tracker.latest_message.get("entities", [])
    is_of_order = turn.intent in OF_ORDER or bool(turn.cart)
    if turn.is_tap or not is_of_order or is_written_note(words):
        return []
    taken = [(one["start"], one["end"]) for one in entities]
    has_product = any(one["entity"] in ("product", "candidates") for one in entities)
    return find_unread_wishes(words, [*taken, *notes_in(words)], has_product)


def unread_notes(
    words: str, unread: Sequence[tuple[int, int]], named: Sequence[Named], only: str
) -> list[Noted]:
    """These wishes as notes of the product named before them; allergies of the whole order."""
    noted = []
    for span in unread:
        before = [at for at, one in enumerate(named) if one.end <= span[0]]
        at = next(iter(before[-1:] or range(len(named))[:1]), None)
        said = in_words(words, span)
        if at is None or speaks_of_allergy(said):
            noted.append(Noted(WHOLE if speaks_of_allergy(said) else only, said))
        elif not (is_pack_size(said) and named[at].quantity is not None):
            noted.append(Noted(named[at].sku, said, mention=at))
    return noted


def counted_by(entities: Sequence[Mapping[str, Any]], product: Mapping[str, Any]) -> int | None:
    """The number that belongs to a product's line, if one does."""
    group = product.get("group")
    numbers = (one for one in entities if one["entity"] == "quantity" and one.get("group") == group)
    return next((int(one["value"]) for one in numbers), None) if group else None


def say_note_of_what(turn: Turn) -> None:
    """Says that a note needs an order, where something is noted."""
    if noted := notes_now(turn):
        turn.say("utter_note_of_what", words=", ".join(one.words for one in noted))


def whole_note(turn: Turn, before: str, lines: Sequence[RequestedLine] | None = None) -> str:
    """The note of the whole order, with what is noted of it now; none where all are taken back."""
    if are_dropped(turn.typed):
        return ""
    for one in notes_now(turn, lines):
        if one.product == WHOLE:
            before = join_words(before, f"{one.many} × {one.words}" if one.many else one.words)
    return join_words(before, place_said(turn))


def place_said(turn: Turn) -> str:
    """The words that say where an order is to go, which people read: `deliver to flat 3`."""
    if not turn.typed or turn.typed.rstrip().endswith("?"):
        return ""
    if is_phrase("where_to", turn.typed):
        return shorten(turn.typed, LONGEST)
    found = find_phrase("where_to_go", turn.typed)
    return shorten(turn.typed[-len(found[0]) :], LONGEST) if found else ""
