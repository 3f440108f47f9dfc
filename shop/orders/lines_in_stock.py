"""Checks whether the lines of a cart can be sold: their options and their stock."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from shop.carts.cart import Cart, CartLine
from shop.carts.lines import sum_lines
from shop.orders import refusals
from shop.products.options import Choice, open_choice, priced_now, read_choices, vanished_options


def check_lines(session: Session, cart: Cart, left: Mapping[str, int]) -> None:
    """Checks options and stock; `left` is the remaining stock of the products that are counted.

    Raises:
        OptionsChanged, OptionMissing, TooManyOptions, OutOfStock
    """
    choices = read_choices(session, [line.product for line in cart.lines])
    for line in cart.lines:
        check_options(line, choices.get(line.product, ()))
    check_stock(cart, left)


def check_options(line: CartLine, choices: tuple[Choice, ...]) -> None:
    """Checks the options of one line against the choices of its product."""
    name, chosen = line.product_name, line.options
    if vanished := vanished_options(choices, chosen):
        raise refusals.OptionsChanged(name, vanished)
    if sorted(map(str, priced_now(choices, chosen))) != sorted(map(str, chosen)):
        raise refusals.OptionsChanged(name, [])
    if missing := open_choice(choices, chosen):
        raise refusals.OptionMissing(name, missing)
    for choice in choices:
        if len(choice.of(chosen)) > choice.maximum:
            raise refusals.TooManyOptions(name, choice)


def check_stock(cart: Cart, left: Mapping[str, int]) -> None:
    """Checks the quantities of a cart against the remaining stock of counted products."""
    wanted, names = count_products(cart), {line.product: line.product_name for line in cart.lines}
    for sku, many in wanted.items():
        if many > left.get(sku, many):
            raise refusals.OutOfStock(sku, names[sku], many, left[sku])


def count_products(cart: Cart) -> dict[str, int]:
    """How many of each product, whatever their options."""
    sums = sum_lines((line.product, line.quantity) for line in cart.lines)
    return {sku: many or 0 for sku, many in sums.items()}
