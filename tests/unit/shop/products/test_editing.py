"""Prices, short names and other words as somebody types them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.products.editing import aliases_from, price_of, sku_from


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("120", "120"),
        (" ₹ 1,250.50 ", "1250.50"),
        ("Rs. 40", "40"),
        ("49.5", "49.50"),
        ("0", "0"),
        ("-1", None),
        ("1.234", None),
        ("1e9", None),
        ("123456789", None),
        ("१२०", None),
        ("", None),
        ("free", None),
        ("NaN", None),
    ],
)
def test_prices(written, price):
    assert price_of(written) == (None if price is None else Decimal(price))


@given(st.text())
def test_a_price_fits_into_the_table_or_is_none(written):
    price = price_of(written)
    assert price is None or (price >= 0 and price == round(price, 2) and price < 10**8)


@pytest.mark.parametrize(
    ("name", "sku"), [("Masala Chai", "masala_chai"), ("7-Up!", "7_up"), ("चाय", ""), (" A ", "a")]
)
def test_short_names(name, sku):
    assert sku_from(name) == sku


def test_other_words():
    assert aliases_from("Chai, chai\nचाय ; ,masala  tea!") == ["chai", "चाय", "masala tea"]
