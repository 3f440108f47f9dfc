"""Answers what products cost: with sizes and extras, by size, and for several."""

from collections.abc import Callable, Sequence

from actions.cart import can_be_had, open_cart
from actions.changes import requested_changes
from actions.line_options import with_usual_options
from actions.not_sold import say_what_is_missing
from actions.summary import format_order_lines
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.products.money import format_rupees
from shop.products.options import open_choice, read_choices
from shop.steps import steps
from storage.models import Product

SEVERAL = 2


def price_with_options(turn: Turn) -> str:
    """The prices of the named products with the named options, line by line; empty if no option was
    named, or if a size is still to be chosen."""
    named = requested_changes(turn, [])
    lines = [RequestedLine(one.product, one.quantity or 1, "", one.options) for one in named]
    if not any(line.options for line in lines) or not all(map(can_be_had, lines)):
        return ""
    choices = read_choices(turn.session, [line.product for line in lines])
    lines = with_usual_options(choices, lines)
    if any(open_choice(choices.get(line.product, ()), line.options) for line in lines):
        return ""
    return _sum_up(turn, lines)


def prices_by_size(turn: Turn) -> Callable[[Product], str]:
    """The function that words a product's price: for a named product with sizes, one per size."""
    choices = read_choices(turn.session, [line.product for line in turn.requested_lines()])

    def write_price(product: Product) -> str:
        size = open_choice(choices.get(product.sku, ()), ())
        if size is None or size.maximum != 1 or any(one.is_default for one in size.options):
            return with_price(product)
        each = (f"{o.name} {format_rupees(product.price + o.price)}" for o in size.available)
        return f"{product.emoji} {product.name} - {' · '.join(each)}"

    return write_price


def price_lines(turn: Turn) -> str:
    """The price of so many of the named products, line by line; a number alone is for the product
    whose quantity we asked for. Empty for one piece of one product, or without a product."""
    requested_lines = turn.requested_lines()
    open_one = open_cart(turn).unasked if turn.step is steps.QUANTITY_INPUT else None
    if not requested_lines and open_one and (number := turn.entity("quantity")):
        requested_lines = [RequestedLine(open_one.product, int(number))]
    if sum(requested.quantity or 0 for requested in requested_lines) < SEVERAL or not all(
        map(can_be_had, requested_lines)
    ):
        return ""
    return _sum_up(turn, [RequestedLine(one.product, one.quantity or 1) for one in requested_lines])


def _sum_up(turn: Turn, lines: Sequence[RequestedLine]) -> str:
    """The price of these lines and their total; says which of them are not available."""
    cart = Cart.reckon(turn.session, lines)
    say_what_is_missing(turn, cart)
    return format_order_lines(turn, [line.said() for line in cart.lines], cart.total, [])


def with_price(product: Product) -> str:
    return f"{product.emoji} {product.name} - {format_rupees(product.price)}"
