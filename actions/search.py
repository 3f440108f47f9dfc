"""Searches products by words or price: shows a list to tap on, or the nearest products."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from rasa_sdk.events import EventType

from actions.cart import open_cart, reckon_cart, show_catalogue
from actions.order_terms import enter_order_step
from actions.product_taps import product_taps
from actions.terms import open_terms
from actions.turn import Turn
from shop.products.finding.search import search_products
from shop.products.money import format_rupees
from shop.steps import steps
from shop.whatsapp.limits import ROWS

# The longest search text in a reply id.
LONGEST_WORDS = 120


def answer_search(turn: Turn) -> list[EventType] | None:
    """Shows the results of a search, or its next page; None if the message is no search."""
    wanted = wanted_of(turn)
    if wanted is None:
        return None
    found = search_products(
        turn.session, wanted["words"], wanted["most"], by_price=bool(wanted["cheapest"])
    )
    thing = in_words(turn, wanted)
    if not (found.products or found.nearest):
        turn.say("utter_nothing_found", thing=thing)
        return show_catalogue(turn)
    page = int(turn.entity("page") or 1)
    pages = {"name": key_of(wanted), "page": page} if turn.on_whatsapp else None
    # One more than is shown, so that there is a row for the next page.
    most = ROWS.maximum * (page + 1 if pages else 1)
    shown = (found.products or found.nearest)[:most]
    if len(shown) < len(found.products) and not pages:
        first = turn.word("search_first", shown=str(len(shown)), many=str(len(found.products)))
        thing = ", ".join(filter(None, [thing, first]))
    turn.dispatcher.utter_message(
        response="utter_found" if found.products else "utter_found_nearest",
        thing=thing,
        buttons=product_taps(turn, shown),
        json_message=pages,
    )
    return keep_complete_lines(turn)


def wanted_of(turn: Turn) -> dict[str, Any] | None:
    """The search of the words or of a tapped *More*; None if there is none."""
    wanted = turn.entity("search")
    if turn.is_tap and isinstance(wanted, str):
        most, cheapest, words = wanted.split("/", 2)
        return {
            "words": words.split(),
            "most": int(most) or None,
            "cheapest": cheapest == "1",
        }
    return dict(wanted) if isinstance(wanted, Mapping) and not turn.is_tap else None


def key_of(wanted: Mapping[str, Any]) -> str:
    """The search as the key of its next pages: `search:100/0/cold coffee`."""
    words = shorten(" ".join(wanted["words"]), LONGEST_WORDS, placeholder="")
    return f"search:{wanted['most'] or 0}/{int(bool(wanted['cheapest']))}/{words}"


def in_words(turn: Turn, wanted: Mapping[str, Any]) -> str:
    """The search in words: `cold`, `paneer, up to ₹100`."""
    words = " ".join(wanted["words"])
    parts = [words or (turn.word("search_cheapest") if wanted["cheapest"] else "")]
    if wanted["most"]:
        parts.append(turn.word("search_most", price=format_rupees(wanted["most"])))
    return ", ".join(filter(None, parts))


def keep_complete_lines(turn: Turn) -> list[EventType]:
    """Keeps the cart's lines with a quantity; a tap on a found product adds to them."""
    lines = [line for line in open_cart(turn).requested_lines() if line.quantity is not None]
    return enter_order_step(steps.CATEGORY_SELECTION, reckon_cart(turn, lines), open_terms(turn))
