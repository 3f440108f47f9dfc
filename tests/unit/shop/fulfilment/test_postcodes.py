"""PIN codes in addresses, and what only looks like one."""

import pytest

from shop.fulfilment.postcodes import matches_postcode, postcode_in


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("flat 3, MG Road 560001", "560001"),
        ("12 MG Road, Bengaluru - 560 001", "560001"),
        ("Indiranagar, Bangalore-560038", "560038"),
        ("pin:560001.", "560001"),
        ("५६०००१ एमजी रोड", "560001"),
        ("５６０００１", "560001"),
        ("400001, no 560001 sorry", "560001"),
        ("560-001", "560001"),
        ("flat 401, 560 001", "560001"),
        ("my order ORD-560001", None),
        ("TKT-560001", None),
        ("ord 560001", None),
        ("Oxford 560001", "560001"),
        ("call me on 9876543210", None),
        ("call 98765 43210", None),
        ("+91 987 654 3210", None),
        ("5600011", None),
        ("056001", None),
        ("flat 4, 12 MG Road", None),
        ("₹1234567", None),
        ("a560001b", None),
        ("", None),
    ],
)
def test_the_pin_code_in_an_address(text, postcode):
    assert postcode_in(text) == postcode


@pytest.mark.parametrize(
    ("postcode", "pattern", "fits"),
    [
        ("560001", "560001", True),
        ("560001", "560 001", True),
        ("560001", "5600*", True),
        ("560001", "56 00 *", True),
        ("561001", "5600*", False),
        ("560001", "560002", False),
        ("560001", "*", True),
        ("", "*", False),
        ("sw1a 1aa", "SW1A1AA", True),
        ("560001", "", False),
    ],
)
def test_postcodes_of_a_zone(postcode, pattern, fits):
    assert matches_postcode(postcode, pattern) is fits
