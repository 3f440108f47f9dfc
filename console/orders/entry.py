"""Turns an order that staff typed for a caller into a cart, and places it like any other.

The checks are those of the bot (shop/orders/placing.py); problems are shown beside their fields.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.forms import Form
from console.orders import entry_problems
from console.orders.entry_problems import Problems, UnfitEntry
from console.orders.entry_times import read_due_at
from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.lines import RequestedLine
from shop.carts.terms import WAYS, OrderTerms
from shop.fulfilment.addresses import Address
from shop.orders.order_checks import NotPlaceable
from shop.orders.placing import place_order
from shop.orders.quote import quote_order
from shop.products.options import Choices, Options, read_choices
from shop.whatsapp.phone_numbers import parse_phone
from storage.models import Order, Product, UserProfile

# Lines that a form can have of one product.
MOST = 9
_LINE = "#"

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
        phone = parse_phone(typed) if typed else None
    except ValueError:
        raise UnfitEntry({"phone": "A phone number, such as 98000 00001."}) from None
    return Caller(" ".join(form.text("name").split()), phone)


def read_cart(session: Session, form: Form, products: Sequence[Product], note: str) -> Cart:
    """The cart that was typed, at today's prices and with today's fee.

    Raises:
        UnfitEntry: a quantity is no number, or a product is not available.
    """
    many = _quantities(form, products)
    choices = read_choices(session, {sku_of(line) for line in many})
    lines = [
        RequestedLine(
            sku_of(line), quantity, options=_chosen(form, line, choices.get(sku_of(line), ()))
        )
        for line, quantity in many.items()
    ]
    cart = Cart.reckon(session, lines, note)
    if cart.missing:
        raise UnfitEntry({"products": f"Not to be had now: {', '.join(cart.missing)}."})
    terms = _terms(form, read_due_at(session, form))
    return replace(cart, terms=quote_order(session, cart.goods, terms).terms)


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


def line_name(sku: str, number: int) -> str:
    """What the fields of a product's lines are called: `coffee`, the second one `coffee#2`."""
    return sku if number == 1 else f"{sku}{_LINE}{number}"


def sku_of(line: str) -> str:
    """The product of a line."""
    return line.partition(_LINE)[0]


def lines_typed(form: Form, sku: str) -> list[str]:
    """The lines that a form has of a product, the first one always: each with options of its
    own."""
    more = takewhile(lambda number: form.flag(f"many.{line_name(sku, number)}"), range(2, MOST + 1))
    return [sku, *(line_name(sku, number) for number in more)]


def _quantities(form: Form, products: Sequence[Product]) -> dict[str, int]:
    """How many of each line, where anything was typed."""
    many: dict[str, int] = {}
    problems: Problems = {}
    for line in (line for product in products for line in lines_typed(form, product.sku)):
        name = f"many.{line}"
        if form.text(name) in ("", "0"):
            continue
        number = form.number(name)
        if number is None or number > MOST_OF_ONE:
            problems[name] = f"A whole number from 1 to {MOST_OF_ONE}."
        else:
            many[line] = number
    if problems:
        raise UnfitEntry(problems)
    return many


def _chosen(form: Form, line: str, choices: Choices) -> Options:
    """The options of a product that were chosen in the form."""
    return tuple(
        choice.chosen(option)
        for choice in choices
        for option in choice.available
        if str(option.id) in form.texts(f"option.{line}.{choice.id}")
    )


def _terms(form: Form, due_at: datetime | None) -> OrderTerms:
    way = next((way for way in WAYS if way == form.text("fulfilment")), None)
    return OrderTerms(
        way,
        _address(form.text("address")) if way in (None, "delivery") else None,
        form.text("table_number") or None,
        due_at=due_at,
    )


def _address(typed: str) -> Address | None:
    """The typed address; coordinates in it become its point."""
    address, point = Address.from_words(typed), _POINT.search(typed)
    if address is None or point is None:
        return address
    return replace(address, latitude=float(point[1]), longitude=float(point[2]))
