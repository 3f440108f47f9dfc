"""Reads preparation notes from a message and merges them into the order's notes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from actions.said_options import without_said_options
from actions.turn import Turn
from shop.carts.lines import RequestedLine, lines_of_items
from shop.carts.notes import (
    LONGEST,
    WHOLE,
    Named,
    Noted,
    find_notes,
    join_words,
)
from shop.fulfilment.contacts import contact_in
from shop.language.signs import Sign
from shop.opening.reading import read_settings
from shop.products import catalogue

# Intents of an order; in other messages unread words are not wishes.
OF_ORDER = {"new_order", "edit_order"}
UNREAD = {"unread_wish", "allergy", "pack_size"}


def notes_now(turn: Turn, before: Sequence[RequestedLine] | None = None) -> list[Noted]:
    """The notes of this message on these lines, or on the open cart's; words of product names are
    no notes.

    A question ("is it spicy?") is no note, unless it comes with the number that was asked for.
    """
    entities = turn.tracker.latest_message.get("entities", [])
    is_faq = (turn.intent or "").startswith("faq_") and turn.entity("quantity") is None
    is_question = is_faq and (turn.typed.rstrip().endswith("?") or turn.says("asks"))
    unread = [] if is_question else find_unread(turn)
    if is_question or not (unread or turn.says("note") or turn.says("written_note")):
        return []  # most messages have no notes, so names need not be read
    named = named_now(turn, entities)
    there: Counter[str] = Counter()
    for line in lines_of_items(turn.cart) if before is None else before:
        there[line.product] += line.quantity or 0
    only = next(iter(there)) if len(there) == 1 else WHOLE
    for each in named:  # "2 teas, one without sugar"
        there[each.sku] = max(there[each.sku], each.quantity or 0)
    words = without_said_options(turn)
    there[WHOLE] = sum(there.values())
    found = find_notes(words, turn.signs, named, only, there)
    places = [(one["start"], one["end"]) for one in entities if one["entity"] == "product"]
    return [
        one._replace(mention=of_entity(one.mention, named, places))
        for one in (*found, *unread_notes(unread, named, only))
    ]


def named_now(turn: Turn, entities: Sequence[Mapping[str, Any]]) -> list[Named]:
    """Where the message names the products of its lines, repetitions included."""
    places = [
        (one["value"], one["start"], one["end"], counted_by(entities, one))
        for one in entities
        if one["entity"] == "product"
    ]
    again = [
        (sign.value or "", sign.start, sign.end, None) for sign in turn.signs.named("named_again")
    ]
    known = catalogue.find_by_sku(turn.session, [sku for sku, *_ in places])
    return [
        Named(sku, start, end, known[sku].name if sku in known else "", many)
        for sku, start, end, many in sorted([*places, *again], key=lambda one: one[1])
    ]


def of_entity(
    at: int | None, named: Sequence[Named], places: Sequence[tuple[int, int]]
) -> int | None:
    """The product entity of a mention; None if it only repeats a name."""
    place = None if at is None else (named[at].start, named[at].end)
    return places.index(place) if place in places else None


def find_unread(turn: Turn) -> list[Sign]:
    """The wishes in words that nothing else reads; empty if the message is not about an order."""
    is_of_order = turn.intent in OF_ORDER or bool(turn.cart)
    if turn.is_tap or not is_of_order or turn.says("written_note"):
        return []
    return [sign for sign in turn.signs.found if sign.name in UNREAD]


def unread_notes(unread: Sequence[Sign], named: Sequence[Named], only: str) -> list[Noted]:
    """These wishes as notes on the product named before them; allergies as notes on the order."""
    noted = []
    for sign in unread:
        before = [at for at, one in enumerate(named) if one.end <= sign.start]
        at = next(iter(before[-1:] or range(len(named))[:1]), None)
        said = sign.value or ""
        if at is None or sign.name == "allergy":
            noted.append(Noted(WHOLE if sign.name == "allergy" else only, said))
        elif not (sign.name == "pack_size" and named[at].quantity is not None):
            noted.append(Noted(named[at].sku, said, mention=at))
    return noted


def counted_by(entities: Sequence[Mapping[str, Any]], product: Mapping[str, Any]) -> int | None:
    """The number that belongs to a product's line, if any."""
    group = product.get("group")
    numbers = (one for one in entities if one["entity"] == "quantity" and one.get("group") == group)
    return next((int(one["value"]) for one in numbers), None) if group else None


def say_note_of_what(turn: Turn) -> None:
    """If the message has a note, says that it needs an order."""
    if noted := notes_now(turn):
        turn.say("utter_note_of_what", words=", ".join(one.words for one in noted))


def whole_note(turn: Turn, before: str, lines: Sequence[RequestedLine] | None = None) -> str:
    """The note on the whole order with those of this message; empty if all are taken back."""
    if turn.says("notes_dropped"):
        return ""
    for one in notes_now(turn, lines):
        if one.product == WHOLE:
            before = join_words(before, f"{one.many} × {one.words}" if one.many else one.words)
    return join_words(before, place_said(turn))


def place_said(turn: Turn) -> str:
    """The words for where an order is to go, which staff read: `deliver to flat 3`; if the address
    is stored with the order, only whom to call there."""
    if not turn.typed or turn.typed.rstrip().endswith("?"):
        return ""
    if is_address_taken(turn):
        return contact_said(turn)
    if turn.says("where_to"):
        return shorten(turn.typed, LONGEST)
    goes = turn.signs.first("where_to_go")
    return shorten(turn.typed[goes.start : goes.end], LONGEST) if goes else ""


def contact_said(turn: Turn) -> str:
    """The words with a phone number beside an address: `contact Rahul 9876543210`."""
    words = turn.typed
    for one in turn.tracker.latest_message.get("entities", []):
        words = words[: one["start"]] + "," * (one["end"] - one["start"]) + words[one["end"] :]
    return shorten(contact_in(words), LONGEST)


def is_address_taken(turn: Turn) -> bool:
    """Whether an address was read in the message, in a shop that delivers."""
    return bool(turn.entity("address")) and "delivery" in read_settings(turn.session).fulfilment
