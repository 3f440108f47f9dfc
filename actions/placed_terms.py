"""Changes the terms (how, where, when) of a placed order while it is pending."""

from dataclasses import replace
from decimal import Decimal

from rasa_sdk.events import EventType

from actions.order_time import read_times, take_said_time
from actions.place_questions import find_delivery, say_outside
from actions.placed_order import leave_to_staff, open_order, say_placed, write_change
from actions.terms import Terms, more_of_address
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.carts.notes import WHOLE
from shop.fulfilment.addresses import Address
from shop.fulfilment.zones import Delivery
from shop.orders import changing
from storage.models import Order


def change_placed_terms(turn: Turn, terms: Terms) -> list[EventType] | None:
    """Applies the said terms to the unfinished order; None if there is none.

    If it is no longer pending, or if it is not clear whether the shop delivers there, staff get
    the wish.
    """
    order = open_order(turn)
    if order is None:
        return None
    try:
        changing.lock_pending(turn.session, order)
    except changing.NotPending:
        return leave_to_staff(turn, order)
    note = (order.notes or {}).get(WHOLE, "")
    cart = changing.ordered_cart(turn.session, order, changing.ordered_lines(order), note)
    known = Address.from_json(order.address)
    if known and terms.address:
        more = more_of_address(turn, Terms(address=known), terms.address, is_ordered=True)
        terms = replace(terms, address=more or terms.address)
    wanted = merge_terms(order, terms)
    if wanted.fulfilment != "delivery":
        return change_terms(turn, order, cart, wanted, None)
    found = find_delivery(turn, cart, wanted)
    if found.where == "outside" and wanted.address:
        say_outside(turn, wanted.address)
        return []
    if found.delivery is None:
        return leave_to_staff(turn, order)
    return change_terms(turn, order, cart, wanted, found.delivery)


def change_terms(
    turn: Turn, order: Order, cart: Cart, wanted: Terms, delivery: Delivery | None
) -> list[EventType]:
    """Gives the locked order these terms, with the time that this message names."""
    if turn.entity("time"):
        wanted, is_possible = take_said_time(read_times(turn, wanted, delivery), wanted)
        if not is_possible:
            return []
        if wanted.asks_time:  # A day alone.
            return leave_to_staff(turn, order)
    if wanted.for_order() == merge_terms(order, Terms()).for_order():
        return say_placed(turn, order)
    wanted = replace(wanted, fee=delivery.fee if delivery else Decimal(0))
    return write_change(turn, order, replace(cart, terms=wanted.for_order()))


def merge_terms(order: Order, said: Terms) -> Terms:
    """The order's terms with the said ones."""
    return Terms(
        fulfilment=said.fulfilment or order.fulfilment,
        address=said.address or Address.from_json(order.address),
        table_number=said.table_number or order.table_number,
        due_at=said.due_at or order.due_at,
    )
