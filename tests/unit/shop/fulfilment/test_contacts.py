"""Whom to call where an order goes."""

import pytest

from shop.fulfilment.contacts import contact_in


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("Tower B, 4th floor, contact Rahul 9876543210", "contact Rahul 9876543210"),
        ("Ramesh\n#45, 5th Main\nPh +91 98450-98450", "Ph +91 98450-98450"),
        ("call 98765 43210, ring twice", "call 98765 43210"),
        ("MG Road 560001", ""),
        ("order 12345678901234", ""),
        ("flat 4, 1234567890", ""),
    ],
)
def test_the_part_with_a_phone_number(words: str, contact: str) -> None:
    assert contact_in(words) == contact
