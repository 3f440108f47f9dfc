"""Says above a question what a message adds to an order beside the answer to that question."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from actions.closed import responses_said
from actions.order_time import moment_said, read_times, say_why_not
from actions.place_questions import say_pick_up_instead, with_offered_way
from actions.summary import place_line
from actions.terms import Terms, kept_terms
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.carts.lines import lines_of_items
from shop.carts.notes import WHOLE
from shop.fulfilment.zones import find_zone, read_zones
from shop.opening.reading import read_settings


def say_noted(turn: Turn, terms: Terms, cart: Cart | None = None) -> Terms:
    """Says the way, place, time and notes of this message, which the summary shows only later.

    Returns the terms without a way, a place or a time that the shop does not take.
    """
    terms = without_unserved_place(turn, with_offered_way(turn, terms))
    terms = without_closed_time(turn, without_untaken_time(turn, terms))
    lines = [*new_terms(turn, terms), *new_time(turn, terms)]
    if cart and "utter_wish_noted" not in responses_said(turn):
        lines += [f"📝 {note}" for note in new_notes(turn, cart)]
    say_lines(turn, lines)
    return terms


def say_noted_time(turn: Turn, terms: Terms) -> Terms:
    """The same of the time alone, for questions that show what else was said."""
    terms = without_closed_time(turn, without_untaken_time(turn, terms))
    say_lines(turn, new_time(turn, terms))
    return terms


def say_lines(turn: Turn, lines: Iterable[str]) -> None:
    """Says that these lines are noted; nothing where there are none."""
    if noted := [line for line in lines if line.strip()]:
        turn.say("utter_noted_so_far", lines="\n".join(noted))


def without_unserved_place(turn: Turn, terms: Terms) -> Terms:
    """Without an address of this message to which the shop does not deliver, which is said."""
    before = kept_terms(turn)
    if terms.fulfilment != "delivery" or not terms.address or terms.address == before.address:
        return terms
    zones = read_zones(turn.session)
    if find_zone(zones, terms.address, Decimal(0), Decimal(0)).where != "outside":
        return terms
    turn.say("utter_not_delivered_there", address=terms.address.text)
    say_pick_up_instead(turn)
    return replace(terms, fulfilment=before.fulfilment, address=before.address)


def without_closed_time(turn: Turn, terms: Terms) -> Terms:
    """Without a time of this message at which the shop is closed, or which is too far ahead, which
    is said: the times are offered later."""
    said = new_said_time(turn, terms)
    if not said:
        return terms
    times = read_times(turn, terms, None)
    moment = moment_said(times, terms, said)
    if not moment or times.why_not(moment) not in ("closed", "too_far"):
        return terms
    say_why_not(times, moment)
    return replace(terms, said_time=None, asks_time=True)


def new_said_time(turn: Turn, terms: Terms) -> dict[str, Any] | None:
    """The time that this message names, other than "now"."""
    said = terms.said_time
    is_new = said and not said.get("now") and said != kept_terms(turn).said_time
    return said if is_new else None


def without_untaken_time(turn: Turn, terms: Terms) -> Terms:
    """Without a time of this message in a shop that takes no orders ahead, which is said."""
    said = new_said_time(turn, terms)
    if not said or read_settings(turn.session).order_ahead_days:
        return terms
    turn.say("utter_for_now_only", time=said["text"])
    return replace(terms, said_time=None)


def new_terms(turn: Turn, terms: Terms) -> Iterator[str]:
    """The way, with its place or table, where this message changes it."""
    before = kept_terms(turn)
    same_place = (terms.address, terms.table_number) == (before.address, before.table_number)
    if not same_place and (place := place_line(turn, terms)):
        yield place
    elif terms.fulfilment and terms.fulfilment != before.fulfilment:
        yield turn.word(f"way_{terms.fulfilment}")


def new_time(turn: Turn, terms: Terms) -> Iterator[str]:
    """The time that this message names, in its words: whether it is free is seen later."""
    if said := new_said_time(turn, terms):
        yield turn.word("terms_time", time=said["text"])


def new_notes(turn: Turn, cart: Cart) -> Iterator[str]:
    """The notes that this message adds, each with its product where there are several."""
    before = {(line.product, line.note) for line in lines_of_items(turn.cart)}
    for line in cart.lines:
        if line.note and (line.product, line.note) not in before:
            yield f"{line.product_name}: {line.note}" if len(cart.lines) > 1 else line.note
    whole = cart.notes.get(WHOLE)
    if whole and whole != (turn.cart.get("notes") or {}).get(WHOLE):
        yield whole
