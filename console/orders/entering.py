"""Views of the form for an order by phone or at the counter."""

from itertools import groupby
from secrets import token_hex
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.orders.entry import (
    MOST,
    line_name,
    lines_typed,
    place_entry,
    read_caller,
    read_cart,
)
from console.orders.entry_problems import Problems, UnfitEntry
from console.orders.entry_times import offered_times
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.opening.reading import read_settings
from shop.products.catalogue import offered_products
from shop.products.options import read_choices
from storage.models import Order, Product

_TOKEN = 32
LONGEST = {"note": 300, "address": 300, "name": 60, "table_number": 10}
WAYS = {"pickup": "Pick-up", "delivery": "Delivery", "dine_in": "At a table"}


def show_entry(
    desk: RequestContext, problems: Problems | None = None, checked: Order | None = None
) -> Response:
    """The form as typed, with its problems or with the order that it would place (`checked`)."""
    settings = read_settings(desk.session)
    products = offered_products(desk.session)
    values: dict[str, Any] = {
        "categories": _by_category(products),
        "choices": read_choices(desk.session, [product.sku for product in products]),
        "lines": {product.sku: lines_typed(desk.form, product.sku) for product in products},
        "first": 1,
        "most_lines": MOST,
        "ways": [(way, WAYS[way]) for way in WAYS if way in settings.fulfilment],
        "days": offered_times(desk.session),
        "typed": desk.form,
        "token": _token(desk) or token_hex(_TOKEN // 2),
        "problems": problems or {},
        "checked": checked,
        "longest": LONGEST,
    }
    return desk.page("orders/enter.html", 422 if problems else 200, **values)


def show_line(desk: RequestContext) -> Response:
    """One more line of a product, for another size of it."""
    sku, number = desk.query("sku"), desk.query_number("number") or 0
    product = next((one for one in offered_products(desk.session) if one.sku == sku), None)
    if product is None or not 1 < number <= MOST:
        raise NotFound
    values: dict[str, Any] = {
        "product": product,
        "choices": read_choices(desk.session, [sku]),
        "lines": {sku: [line_name(sku, number)]},
        "first": number,
        "most_lines": MOST,
        "typed": desk.form,
        "problems": {},
    }
    return desk.part("orders/enter_lines.html", **values)


def enter_order_view(desk: RequestContext) -> Response:
    """Places the order, or shows its total without placing it (`do` is `check`)."""
    is_check = desk.form.text("do") == "check"
    tried = desk.session.begin_nested()
    try:
        order = _place(desk)
    except UnfitEntry as unfit:
        tried.rollback()
        return show_entry(desk, unfit.problems)
    if is_check:
        # Nothing of it is stored; a new number is drawn when it is placed.
        desk.session.expunge(order)
        tried.rollback()
        return show_entry(desk, checked=order)
    tried.commit()
    desk.record("entered", order.order_id, total=str(order.total))
    return desk.go(f"/orders/{order.order_id}", f"{order.order_id} is entered.")


def _place(desk: RequestContext) -> Order:
    form = desk.form
    too_long = {
        name: f"{most} characters at most."
        for name, most in LONGEST.items()
        if len(form.text(name)) > most
    }
    if too_long:
        raise UnfitEntry(too_long)
    caller = read_caller(form)
    # Without a phone number there is no profile for the name, so it goes into the note.
    own = f"For {caller.name}" if caller.name and not caller.phone else ""
    note = "; ".join(part for part in (own, " ".join(form.text("note").split())) if part)
    cart = read_cart(desk.session, form, offered_products(desk.session), note)
    return place_entry(desk.session, caller, cart, _token(desk) or token_hex(_TOKEN // 2))


def _token(desk: RequestContext) -> str | None:
    """The form's token, so that a form sent twice places one order; None if it is missing."""
    typed = desk.form.text("token")
    is_ours = len(typed) == _TOKEN and all(sign in "0123456789abcdef" for sign in typed)
    return typed if is_ours else None


def _by_category(products: Any) -> list[tuple[str, list[Product]]]:
    """The products by category, in the owner's order; a category is placed by its first product."""
    order = {product.category: None for product in products}
    places = {category: place for place, category in enumerate(order)}
    ranked = sorted(products, key=lambda product: places[product.category])
    grouped = groupby(ranked, key=lambda product: product.category)
    return [(category, list(own)) for category, own in grouped]


ROUTES = [
    Route("/orders/new", staff_page(show_entry), methods=["GET"]),
    Route("/orders/new/line", staff_page(show_line), methods=["GET"]),
    # Not audited: a look at the total changes nothing. The view records what it places.
    Route("/orders/new", staff_change(enter_order_view, audited=False), methods=["POST"]),
]
