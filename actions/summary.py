"""The summary of an order that is not placed yet."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rasa_sdk.events import EventType

from actions.journeys import enter_step
from actions.terms import Terms
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.carts.lines import describe_line, told_apart
from shop.carts.notes import Notes, as_lines
from shop.fulfilment.addresses import Address
from shop.language.moments import describe_moment
from shop.opening.reading import read_local_now, read_settings
from shop.products.money import format_rupees
from shop.steps import steps
from storage.models import Order


def summarise_cart(
    turn: Turn, cart: Cart, terms: Terms, missing: Decimal = Decimal(0)
) -> list[EventType]:
    """Shows the cart and asks whether it is correct.

    `missing`: the rupees that are missing to the minimum order.
    """
    values = summary_values(turn, cart, terms)
    if missing > 0:
        least = format_rupees(cart.total + missing)
        turn.say("utter_below_minimum", **values, minimum=least, missing=format_rupees(missing))
    else:
        turn.say("utter_order_summary", **values)
    return enter_step(steps.CONFIRMATION, cart=cart.as_json(), terms=terms.as_slot())


def summary_values(turn: Turn, cart: Cart, terms: Terms) -> dict[str, Any]:
    """The values of `utter_order_summary`."""
    items = (cart.as_json() or {}).get("items", [])
    return {"lines": order_lines(turn, items, cart.notes, cart.total, terms)}


def placed_lines(turn: Turn, order: Order) -> str:
    """The lines of a placed order, as in its summary."""
    has_ways = len(read_settings(turn.session).fulfilment) > 1 or order.fulfilment != "pickup"
    terms = Terms(
        fulfilment=order.fulfilment if has_ways else None,
        address=Address.from_json(order.address),
        table_number=order.table_number,
        due_at=order.due_at,
        fee=order.fee,
    )
    return order_lines(turn, order.items, order.notes, order.total - order.fee, terms)


def order_lines(
    turn: Turn,
    items: Sequence[Mapping[str, Any]],
    notes: Notes | None,
    goods: Decimal,
    terms: Terms,
) -> str:
    """An order line by line, at the prices in its items, with the fee and terms."""
    apart, beside = told_apart([item["product"] for item in items], notes)
    said = [describe_line(item, note) for item, note in zip(items, apart, strict=True)]
    names = {item["product"]: item["product_name"] for item in items}
    fees = [turn.word("terms_fee", fee=format_rupees(terms.fee))] if terms.fee else []
    lines = format_order_lines(turn, [*said, *fees], goods + terms.fee, as_lines(beside, names))
    return "\n".join([lines, *terms_lines(turn, terms)])


def format_order_lines(turn: Turn, said: list[str], total: Decimal, notes: Iterable[str]) -> str:
    """An order line by line: its products, the total if there are several, and its notes."""
    sum_up = [turn.word("total", total=format_rupees(total))] if len(said) > 1 else []
    return "\n".join([*said, *sum_up, *(f"📝 {note}" for note in notes)])


def terms_lines(turn: Turn, terms: Terms) -> list[str]:
    """The known terms (how, where, when), a line each."""
    lines = []
    if terms.fulfilment == "pickup":
        lines.append(turn.word("terms_pickup"))
    if place := place_line(turn, terms):
        lines.append(place)
    if terms.due_at:
        now = read_local_now(turn.session)
        time = describe_moment(terms.due_at, now, turn.language)
        lines.append(turn.word("terms_time", time=time))
    return lines


def place_line(turn: Turn, terms: Terms) -> str | None:
    """The address of a delivery, or the number of a table; None for other ways, or if unknown."""
    if terms.fulfilment == "delivery" and terms.address:
        return turn.word("terms_delivery", address=terms.address.in_full)
    if terms.fulfilment == "dine_in" and terms.table_number:
        return turn.word("terms_dine_in", table=terms.table_number)
    return None
