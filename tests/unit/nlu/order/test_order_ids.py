"""Order numbers, and numbers that are none."""

import pytest

from nlu.order.order_ids import find_order_ids


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ORD-48213", "ORD-48213"),
        ("where is ord-48213?", "ord-48213"),
        ("ord 48213", "ord 48213"),
        ("ORD48213", "ORD48213"),
        ("0rd-48213", "0rd-48213"),
        ("#48213", "#48213"),
        ("# 48213", "# 48213"),
        ("order no. 48213", "48213"),
        ("order no 48213", "48213"),
        ("my order id is 48213", "48213"),
        ("Order Number: 48213", "48213"),
        ("order 48213", "48213"),
        ("track 48213", "48213"),
        ("mera ordr no 48213 kahan hai", "48213"),
        ("ऑर्डर नंबर ४८२१३", "४८२१३"),
    ],
)
def test_order_numbers(text: str, place: str) -> None:
    (found,) = find_order_ids(text)
    assert found.value == "ORD-48213"
    assert text[found.start : found.end] == place


@pytest.mark.parametrize(
    "text", ["48213", "order 2 coffees", "order 1000 samosas", "call 9876543210", "gate no 4", "#2"]
)
def test_other_numbers_are_none(text: str) -> None:
    assert find_order_ids(text) == []


def test_several() -> None:
    found = find_order_ids("ORD-1 and order no 48213")
    assert [each.value for each in found] == ["ORD-1", "ORD-48213"]
