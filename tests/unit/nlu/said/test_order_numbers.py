import pytest

from nlu.said.order_numbers import order_number_in


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("ORD-48213", "ORD-48213"),
        ("ord 48213", "ORD-48213"),
        ("#48213", "ORD-48213"),
        ("order no. 48213?", "ORD-48213"),
        ("48213", "ORD-48213"),
        ("it is 48213 I think", "ORD-48213"),
        ("ORD-12X45", "ORD-12X45"),
        ("xyz123", "XYZ123"),
    ],
)
def test_a_number_or_an_attempt_at_one(typed: str, number: str) -> None:
    assert order_number_in(typed) == number


@pytest.mark.parametrize("typed", ["hi", "2", "ORD-abc", "i do not know", "order 2 coffees", ""])
def test_no_number(typed: str) -> None:
    assert order_number_in(typed) is None
