"""The cart in conversation: what is said of it, and where that leads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from rasa_sdk.events import EventType, FollowupAction

from actions.changes import noted_lines
from actions.notes import whole_note
from actions.turn import Turn, enter_step
from shop.orders.cart import MOST_OF_ONE, Cart, CartLine
from shop.orders.lines import (
    RequestedLine,
    describe_line,
    line_keys,
    lines_of_items,
    name_line,
    sum_lines,
    told_apart,
)
from shop.orders.notes import WHOLE, Notes, as_lines
from shop.products.money import format_rupees
from shop.taps.menu_names import CATALOGUE


def open_cart(turn: Turn) -> Cart:
    """The cart of this conversation at today's prices; empty where none is open."""
    return reckon_cart(turn, lines_of_items(turn.cart))


def noted_cart(turn: Turn) -> Cart:
    """The open cart with what is noted of it now."""
    return reckon_cart(turn, noted_lines(turn, lines_of_items(turn.cart)))


def reckon_cart(
    turn: Turn, requested_lines: Iterable[RequestedLine], notes: Notes | None = None
) -> Cart:
    """The requested lines at today's prices; `notes` count for the whole order where the open cart
    has none of its own.
    """
    before = turn.cart.get("notes") or notes or {}
    return Cart.reckon(turn.session, requested_lines, whole_note(turn, before.get(WHOLE, "")))


def go_on(turn: Turn, cart: Cart) -> list[EventType]:
    """Where a cart leads: to the catalogue, to the question how many, or to the summary."""
    if cart.missing:
        turn.say("utter_not_available", products=", ".join(cart.missing))
    if not cart.lines:
        return show_catalogue(turn, kept=cart)
    if not all(map(can_be_had, cart.requested_lines())) or in_excess(cart):
        turn.say("utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        cart = reckon_cart(turn, within_bounds(turn, cart))
    return ask_quantity(turn, cart) if cart.unasked else summarise_cart(turn, cart)


def show_catalogue(turn: Turn, page: int = 1, kept: Cart | None = None) -> list[EventType]:
    """Shows what can be ordered; what is on the open cart with a number waits meanwhile."""
    requested_lines = [
        requested
        for requested in (kept or open_cart(turn)).requested_lines()
        if requested.quantity is not None
    ]
    cart = reckon_cart(turn, requested_lines)
    if cart.lines:
        lines = "\n".join(f"{line.product_name} × {line.quantity}" for line in cart.lines)
        turn.say("utter_kept", lines=lines)
    if not turn.show_menu(CATALOGUE, page):
        turn.say("utter_no_menu")
    return enter_step("category_selection", cart=cart.as_json(), place=turn.slot("place"))


def ask_quantity(turn: Turn, cart: Cart) -> list[EventType]:
    """Opens the question how many of the line without a number; quantity_form asks it.

    Rules say so too where a test story can tell it; elsewhere the action alone leads there.
    """
    entered = enter_step("quantity_input", cart=cart.as_json(), place=turn.slot("place"))
    return [*entered, FollowupAction("quantity_form")]


def summarise_cart(turn: Turn, cart: Cart) -> list[EventType]:
    """Says the cart and asks whether it is correct."""
    turn.say("utter_order_summary", **summary_values(turn, cart))
    return enter_step("confirmation", cart=cart.as_json(), place=turn.slot("place"))


def offer_choices(turn: Turn, cart: Cart, page: int = 1) -> list[EventType]:
    """Offers adding another line, the ways on, and each line; what a list cannot hold, in pages."""
    if cart.unasked:
        return ask_quantity(turn, cart)
    if len(cart.lines) == 1:
        turn.say("utter_edit_choices", product=cart.lines[0].product_name)
    else:
        products = [line.product for line in cart.lines]
        apart, _ = told_apart(products, cart.notes)
        buttons = [
            {
                "title": f"✏️ {name_line(line.product_name, note)} × {line.quantity}"[:24],
                "payload": f'/edit_order{{"product": "{key}"}}',
            }
            for line, note, key in zip(cart.lines, apart, line_keys(products), strict=True)
        ]
        pages = {"name": "edit_order", "page": page} if turn.on_whatsapp else None
        turn.dispatcher.utter_message(
            response="utter_which_line", buttons=buttons, json_message=pages
        )
    return enter_step("editing", cart=cart.as_json(), place=turn.slot("place"))


def summary_values(turn: Turn, cart: Cart) -> dict[str, Any]:
    """The values of `utter_order_summary`."""
    items = (cart.as_json() or {}).get("items", [])
    return {"lines": order_lines(turn, items, cart.notes, cart.total)}


def order_lines(
    turn: Turn, items: Sequence[Mapping[str, Any]], notes: Notes | None, total: Decimal
) -> str:
    """An order, line by line, at the prices in its items."""
    apart, beside = told_apart([item["product"] for item in items], notes)
    said = [describe_line(item, note) for item, note in zip(items, apart, strict=True)]
    names = {item["product"]: item["product_name"] for item in items}
    return lines_of(turn, said, total, as_lines(beside, names))


def lines_of(turn: Turn, said: list[str], total: Decimal, notes: Iterable[str]) -> str:
    """An order, line by line: its products, the total where they are several, and its notes."""
    sum_up = [turn.word("total", total=format_rupees(total))] if len(said) > 1 else []
    return "\n".join([*said, *sum_up, *(f"📝 {note}" for note in notes)])


def is_first_choice(cart: Cart) -> bool:
    """Whether one product was chosen and nothing else."""
    return len(cart.lines) == 1 and cart.unasked is not None


def praise_choice(turn: Turn, line: CartLine) -> None:
    """Says that the choice is a good one, with its price."""
    price = format_rupees(line.price)
    turn.say("utter_great_choice", emoji=line.emoji, product=line.product_name, price=price)


def can_be_had(requested: RequestedLine) -> bool:
    """Whether so many can be ordered; a number that is still to be asked will be."""
    return requested.quantity is None or 0 < requested.quantity <= MOST_OF_ONE


def in_excess(cart: Cart) -> set[str]:
    """The products of which all lines together are more than can be ordered."""
    of_each = sum_lines((line.product, line.quantity) for line in cart.lines)
    return {product for product, many in of_each.items() if (many or 0) > MOST_OF_ONE}


def within_bounds(turn: Turn, cart: Cart) -> list[RequestedLine]:
    """The requested lines, with the number of before, or none, where nobody can order so many."""
    too_many = in_excess(cart)
    before = {requested.key: requested.quantity for requested in lines_of_items(turn.cart)}
    return [
        requested
        if can_be_had(requested) and requested.product not in too_many
        else replace(requested, quantity=before.get(requested.key))
        for requested in cart.requested_lines()
    ]
