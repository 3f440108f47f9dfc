"""Says above a question what a message adds to an order beside the answer to that question."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from actions.closed import responses_said
from actions.place_questions import with_offered_way
from actions.summary import place_line
from actions.terms import Terms, kept_terms
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.carts.lines import lines_of_items
from shop.carts.notes import WHOLE
from shop.opening.reading import read_settings


def say_noted(turn: Turn, terms: Terms, cart: Cart | None = None) -> Terms:
    """Says the way, place, time and notes of this message, which the summary shows only later.

    Returns the terms without a way or a time that the shop does not take.
    """
    terms = without_untaken_time(turn, with_offered_way(turn, terms))
    lines = [*new_terms(turn, terms), *new_time(turn, terms)]
    if cart and "utter_wish_noted" not in responses_said(turn):
        lines += [f"📝 {note}" for note in new_notes(turn, cart)]
    say_lines(turn, lines)
    return terms


def say_noted_time(turn: Turn, terms: Terms) -> Terms:
    """The same for the time only, for questions that repeat the rest themselves."""
    terms = without_untaken_time(turn, terms)
    say_lines(turn, new_time(turn, terms))
    return terms


def say_lines(turn: Turn, lines: Iterable[str]) -> None:
    """Says that these lines are noted; nothing where there are none."""
    if noted := [line for line in lines if line.strip()]:
        turn.say("utter_noted_so_far", lines="\n".join(noted))


def without_untaken_time(turn: Turn, terms: Terms) -> Terms:
    """The terms without this message's time if the shop takes no orders ahead; says so."""
    said = terms.said_time
    is_new = said and not said.get("now") and said != kept_terms(turn).said_time
    if not said or not is_new or read_settings(turn.session).order_ahead_days:
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
    said = terms.said_time
    if said and not said.get("now") and said != kept_terms(turn).said_time:
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
