from decimal import Decimal

import pytest

from shop.products.money import as_json_number, format_rupees


@pytest.mark.parametrize(
    ("amount", "said", "json"),
    [
        ("240.00", "₹240", 240),
        ("49.5", "₹49.50", 49.5),
        ("1234567.05", "₹12,34,567.05", 1234567.05),
    ],
)
def test_rupees(amount: str, said: str, json: float) -> None:
    assert format_rupees(Decimal(amount)) == said
    assert as_json_number(Decimal(amount)) == json
    assert Decimal(str(as_json_number(Decimal(amount)))) == Decimal(amount)
