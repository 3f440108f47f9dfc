"""What people write as a phone number."""

import pytest

from shop.whatsapp.phone_numbers import parse_phone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("98450 12345", "919845012345"),
        ("098450-12345", "919845012345"),
        ("+91 98450 12345", "919845012345"),
        ("0091 (98450) 12345", "919845012345"),
        ("+98 912 345 678", "98912345678"),
        ("+44 7700 900123", "447700900123"),
        ("+65 9123 4567", "6591234567"),
    ],
)
def test_ten_digits_are_a_number_of_india(written: str, number: str) -> None:
    assert parse_phone(written) == number


@pytest.mark.parametrize("written", ["", "98450 12345x", "12345", "+", "0000000000", "१२३४५६७८९०१"])
def test_anything_else_is_none(written: str) -> None:
    with pytest.raises(ValueError, match="no phone number"):
        parse_phone(written)
