"""Prices, counts, codes and other words as somebody types them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.products.editing.codes import code_from, free_code, is_code
from shop.products.editing.typed_values import Unreadable, read_count, read_price, split_typed_words


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("120", "120"),
        (" ₹ 1,250.50 ", "1250.50"),
        ("Rs. 40", "40"),
        ("₹120/-", "120"),
        ("49.5", "49.50"),
        ("1,25,000", "125000"),
        ("125,000", "125000"),
        ("0", "0"),
    ],
)
def test_prices(written, price):
    assert read_price(written) == Decimal(price)


@pytest.mark.parametrize(
    "written",
    ["-1", "1.234", "1e9", "123456789", "१२०", "", "free", "NaN", "12,50", "1.250,50", "1,2", ",5"],
)
def test_what_is_no_price_is_never_taken_for_one(written):
    with pytest.raises(Unreadable, match="A price in rupees"):
        read_price(written)


@given(st.text())
def test_a_price_fits_into_the_table_or_is_none(written):
    try:
        price = read_price(written)
    except Unreadable:
        return
    assert price >= 0
    assert price == round(price, 2)
    assert price < 10**8


@pytest.mark.parametrize(
    ("written", "count"), [("", None), (" ", None), ("0", 0), ("12.0", 12), ("1,000", 1000)]
)
def test_counts(written, count):
    assert read_count(written) == count


@pytest.mark.parametrize("written", ["-1", "1.5", "many", "10,00", "1234567"])
def test_what_is_no_count(written):
    with pytest.raises(Unreadable):
        read_count(written)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Masala Chai", "masala_chai"),
        ("7UP", "item_7up"),
        ("5 Star", "item_5_star"),
        ("50-50", "item_50_50"),
        ("Café Crème", "cafe_creme"),
        ("चाय", "caay"),
        ("समोसा", "samosaa"),
        ("தேநீர்", "teeniir"),
        ("🍰", "item"),
        (" A ", "a"),
        ("prod x", "item_prod_x"),
    ],
)
def test_codes_come_from_names(name, code):
    assert code_from(name) == code


@given(st.text(), st.sets(st.sampled_from(["tea", "tea_b", "item_b"])))
def test_every_name_has_a_code(name, taken):
    code = free_code(name, taken)
    assert code not in taken
    assert is_code(code)


def test_a_taken_code_gets_a_letter_and_never_a_number():
    assert free_code("Tea", {"tea"}) == "tea_b"
    assert free_code("Tea", {"tea", "tea_b"}) == "tea_c"
    assert free_code("🍰", set()) == "item_b"


def test_other_words():
    assert split_typed_words("Chai, chai\nचाय ; ,masala  tea!") == ["chai", "चाय", "masala tea"]
