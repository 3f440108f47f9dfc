"""Addresses travel as JSON and come from words and pins; their text is never empty."""

import pytest

from shop.fulfilment.addresses import Address


@pytest.mark.parametrize(
    ("kept", "address"),
    [
        ({"text": "MG Road 1, 560 001"}, Address("MG Road 1, 560 001", "560001")),
        (
            {"text": "MG Road", "postcode": "560001", "latitude": 12.5, "longitude": 77},
            Address("MG Road", "560001", 12.5, 77.0),
        ),
        ({"latitude": 12.5, "longitude": 77}, Address("12.50000, 77.00000", None, 12.5, 77.0)),
        ({"text": " ", "latitude": 12.5}, None),
        ({"text": 7, "latitude": "x", "longitude": True}, None),
        ({}, None),
        (None, None),
    ],
)
def test_what_was_kept_is_read(kept, address):
    assert Address.from_json(kept) == address
    if address:
        assert Address.from_json(address.as_json()) == address


def test_a_pin_says_its_name_once():
    pin = {"name": "Cafe", "address": "Cafe, MG Road 560001", "latitude": 1.5, "longitude": 2.5}
    assert Address.from_pin(pin) == Address("Cafe, MG Road 560001", "560001", 1.5, 2.5)
    assert Address.from_pin(None) is None


def test_words_become_one_line():
    assert Address.from_words("flat 4\n12 MG  Road") == Address("flat 4 12 MG Road")
    assert Address.from_words(" \n ") is None


def test_a_pin_code_alone_names_no_house():
    for words in ("411038", "pin 411 038", "PIN code: 411038", "पिन कोड ४११०३८ है"):
        assert Address.from_words(words).is_postcode_alone, words
    for words in ("Baner 411038", "12 411038", "12 MG Road", "flat 7, MG Road, 411038"):
        assert not Address.from_words(words).is_postcode_alone, words
    assert not Address("411038", "411038", 18.5, 73.8).is_postcode_alone


def test_a_street_completes_a_pin_code():
    street = Address.from_words("Flat 7, Rambaug")
    assert Address("411038", "411038").with_more(street) == Address("Flat 7, Rambaug", "411038")
    other = Address.from_words("Flat 7, Rambaug 411045")
    assert Address("411038", "411038").with_more(other) is None


def test_words_for_a_place_on_the_map():
    bare = Address.from_pin({"latitude": 12.9, "longitude": 77.5})
    named = Address.from_pin({"latitude": 12.9, "longitude": 77.5, "name": "Sunrise Apartments"})
    assert bare.in_words(Address("flat 5")) == Address("flat 5", None, 12.9, 77.5)
    assert named.in_words(Address("flat 5")).text == "flat 5, Sunrise Apartments"
    near = bare.with_more(Address("Brigade road near the bank"))
    assert near == Address("Brigade road near the bank", None, 12.9, 77.5)
