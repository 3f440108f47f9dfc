"""Turns an order that staff typed for a caller into a cart, and places it like any other.

The checks are those of the bot (shop/orders/placing.py); problems are shown beside their fields.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.forms import Form
from console.orders import entry_problems
from console.orders.entry_problems import Problems, UnfitEntry
from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.lines import RequestedLine
from shop.carts.terms import WAYS, OrderTerms
from shop.fulfilment.addresses import Address
from shop.orders.order_checks import NotPlaceable
from shop.orders.placing import place_order
from shop.orders.quote import quote_order
from shop.products.options import Choices, Options, read_choices
from shop.whatsapp.phone_numbers import read_phone
from storage.models import Order, Product, UserProfile

# A point as maps write it: `12.97160, 77.59460`.
_POINT = re.compile(r"(-?[0-9]{1,2}\.[0-9]+)\s*,\s*(-?[0-9]{1,3}\.[0-9]+)")


@dataclass(frozen=True)
class Caller:
    """The caller's name and phone as typed; both may be empty."""

    name: str
    phone: str | None


def read_caller(form: Form) -> Caller:
    """Name and number of the caller.

    Raises:
        UnfitEntry: the number is no phone number.
    """
    typed = form.text("phone")
    try:
        phone = read_phone(typed) if typed else None
    except ValueError:
        raise UnfitEntry({"phone": "A phone number, such as 98000 00001."}) from None
    return Caller(" ".join(form.text("name").split()), phone)


def read_cart(session: Session, form: Form, products: Sequence[Product], note: str) -> Cart:
    """The cart that was typed, at today's prices and with today's fee.

    Raises:
        UnfitEntry: a quantity is no number, or a product is not available.
    """
    many = _quantities(form, products)
    choices = read_choices(session, many)
    lines = [
        RequestedLine(sku, quantity, options=_chosen(form, sku, choices.get(sku, ())))
        for sku, quantity in many.items()
    ]
    cart = Cart.reckon(session, lines, note)
    if cart.missing:
        raise UnfitEntry({"products": f"Not to be had now: {', '.join(cart.missing)}."})
    return replace(cart, terms=quote_order(session, cart.goods, _terms(form)).terms)


def place_entry(session: Session, caller: Caller, cart: Cart, token: str) -> Order:
    """Places the order once, however often its form is sent; a new number gets a profile.

    Raises:
        UnfitEntry: it cannot be placed, with the reason; nothing is stored then.
    """
    try:
        with session.begin_nested():
            customer = _customer(session, caller)
            return place_order(session, customer, cart, f"console-{token}")
    except NotPlaceable as reason:
        raise UnfitEntry(entry_problems.explain_refusal(reason, cart)) from None


def _customer(session: Session, caller: Caller) -> UserProfile | None:
    if caller.phone is None:
        return None
    known = select(UserProfile).where(UserProfile.whatsapp_phone == caller.phone)
    customer = session.scalars(known).first()
    if customer is None:
        customer = UserProfile(whatsapp_phone=caller.phone, display_name=caller.name or None)
        session.add(customer)
        session.flush()
    return customer


def _quantities(form: Form, products: Sequence[Product]) -> dict[str, int]:
    """The typed quantities by sku."""
    many: dict[str, int] = {}
    problems: Problems = {}
    for product in products:
        name = f"many.{product.sku}"
        if form.text(name) in ("", "0"):
            continue
        number = form.number(name)
        if number is None or number > MOST_OF_ONE:
            problems[name] = f"A whole number from 1 to {MOST_OF_ONE}."
        else:
            many[product.sku] = number
    if problems:
        raise UnfitEntry(problems)
    return many


def _chosen(form: Form, sku: str, choices: Choices) -> Options:
    """The options of a product that were chosen in the form."""
    return tuple(
        choice.chosen(option)
        for choice in choices
        for option in choice.available
        if str(option.id) in form.texts(f"option.{sku}.{choice.id}")
    )


def _terms(form: Form) -> OrderTerms:
    way = next((way for way in WAYS if way == form.text("fulfilment")), None)
    return OrderTerms(
        way,
        _address(form.text("address")) if way in (None, "delivery") else None,
        form.text("table_number") or None,
        due_at=_moment(form.text("due_at")),
    )


def _address(typed: str) -> Address | None:
    """The typed address; coordinates in it become its point."""
    address, point = Address.from_words(typed), _POINT.search(typed)
    if address is None or point is None:
        return address
    return replace(address, latitude=float(point[1]), longitude=float(point[2]))


def _moment(typed: str) -> datetime | None:
    """The chosen time; None for "", which means as soon as possible.

    Raises:
        UnfitEntry: it is no time.
    """
    if not typed:
        return None
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise UnfitEntry({"due_at": "Choose one of the times."})
    return found
