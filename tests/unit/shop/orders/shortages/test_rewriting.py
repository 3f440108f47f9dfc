"""A line of a placed order is taken off or replaced: keys, notes and the total follow."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.carts.lines import line_keys
from shop.orders.shortages.lines import PlacedLine
from shop.orders.shortages.rewriting import replace_line
from storage.models import Order

SKUS = ("coffee", "tea", "samosa")


def item(product: str, quantity: int = 1, price: int = 10) -> dict[str, Any]:
    return {
        "product": product,
        "product_name": product.title(),
        "price": price,
        "quantity": quantity,
    }


def order_of(*items: dict[str, Any], notes: dict[str, str] | None = None) -> Order:
    total = sum(Decimal(one["price"]) * one["quantity"] for one in items)
    return Order(items=list(items), notes=notes, total=total)


def line_at(order: Order, at: int) -> PlacedLine:
    one = order.items[at]
    keys = line_keys(each["product"] for each in order.items)
    price = Decimal(one["price"])
    return PlacedLine(at, keys[at], one, one["product_name"], one["quantity"], price)


def test_the_second_line_becomes_the_first() -> None:
    notes = {"coffee": "cold", "coffee#2": "hot", "": "ring twice"}
    order = order_of(item("coffee"), item("coffee"), notes=notes)
    assert replace_line(order, line_at(order, 0), None) == {1: "coffee"}
    assert order.notes == {"coffee": "hot", "": "ring twice"}
    assert order.total == 10


def test_the_same_on_another_line_becomes_one_more() -> None:
    order = order_of(item("coffee", 2), item("tea", 1))
    replace_line(order, line_at(order, 0), item("tea", 2))
    assert order.items == [item("tea", 3)]
    assert order.total == 30


def test_another_note_or_price_stays_a_line_of_its_own() -> None:
    order = order_of(item("coffee"), item("tea"), notes={"tea": "no sugar"})
    replace_line(order, line_at(order, 0), item("tea", 1, price=12))
    assert [one["price"] for one in order.items] == [12, 10]
    assert order.notes == {"tea#2": "no sugar"}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 5)), min_size=1, max_size=5),
    st.integers(0, 4),
    st.none() | st.sampled_from(SKUS),
)
def test_the_total_is_that_of_the_lines(
    lines: list[tuple[str, int]], at: int, other: str | None
) -> None:
    order = order_of(*(item(sku, many) for sku, many in lines))
    at %= len(lines)
    replace_line(order, line_at(order, at), item(other, lines[at][1]) if other else None)
    assert order.total == sum(one["price"] * one["quantity"] for one in order.items)
