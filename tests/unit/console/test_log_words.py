"""The log's details as people say them."""

import pytest

from console.log_words import spell_change


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"after": "confirmed", "before": "pending"}, "from new to confirmed"),
        (
            {
                "before": {"price": "120.00", "emoji": ""},
                "after": {"price": "135.50", "emoji": "☕"},
            },
            "price from 120.00 to 135.50, emoji from nothing to ☕",
        ),
        (
            {
                "before": {"is_active": True, "role": "staff"},
                "after": {"is_active": False, "role": "staff"},
            },
            "can log in from yes to no",
        ),
        ({"to_version": 1}, "to version 1"),
        ({"by": "text"}, ""),
        ({"by": "image"}, "with image"),
        ({"rows": {"order_notices": 2, "orders": 1}}, "News of orders: 2, Orders: 1"),
        ({"changes": ["Switched off", "Keyword “a” added"]}, "Switched off, Keyword “a” added"),
        ({"address": "127.0.0.1"}, "from 127.0.0.1"),
        ({}, ""),
    ],
)
def test_details_are_said_in_words(details, words):
    assert spell_change(details) == words
