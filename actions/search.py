"""Looking for products by a word or a price: a list with taps, or the nearest that there is."""

from collections.abc import Mapping
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


def answer_search(turn: Turn) -> list[EventType] | None:
    """Shows what fits a search; None where the message looks for nothing."""
    wanted = turn.entity("search")
    if not isinstance(wanted, Mapping) or turn.is_tap:
        return None
    found = search_products(
        turn.session, wanted["words"], wanted["most"], by_price=bool(wanted["cheapest"])
    )
    thing = in_words(turn, wanted)
    if not (found.products or found.nearest):
        turn.say("utter_nothing_found", thing=thing)
        return show_catalogue(turn)
    shown = (found.products or found.nearest)[: ROWS.maximum]
    if len(shown) < len(found.products):
        first = turn.word("search_first", shown=str(len(shown)), many=str(len(found.products)))
        thing = ", ".join(filter(None, [thing, first]))
    response = "utter_found" if found.products else "utter_found_nearest"
    turn.dispatcher.utter_message(response=response, thing=thing, buttons=product_taps(turn, shown))
    return keep_cart(turn)


def in_words(turn: Turn, wanted: Mapping[str, Any]) -> str:
    """What was looked for: `cold`, `paneer, up to ₹100`."""
    words = " ".join(wanted["words"])
    parts = [words or (turn.word("search_cheapest") if wanted["cheapest"] else "")]
    if wanted["most"]:
        parts.append(turn.word("search_most", price=format_rupees(wanted["most"])))
    return ", ".join(filter(None, parts))


def keep_cart(turn: Turn) -> list[EventType]:
    """Keeps the cart's lines with a quantity; a tap on a found product adds to them."""
    lines = [line for line in open_cart(turn).requested_lines() if line.quantity is not None]
    return enter_order_step(steps.CATEGORY_SELECTION, reckon_cart(turn, lines), open_terms(turn))
