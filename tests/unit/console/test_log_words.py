"""The log's details as people say them."""

import ast

import pytest

from console import log_words, translation
from console.log_words import spell_change
from settings import ROOT


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"after": "confirmed", "before": "pending"}, "from new to confirmed"),
        (
            {
                "before": {"price": "120.00", "emoji": ""},
                "after": {"price": "135.50", "emoji": "☕"},
            },
            "price: 120.00 → 135.50; emoji: nothing → ☕",
        ),
        (
            {
                "before": {"is_active": True, "role": "staff"},
                "after": {"is_active": False, "role": "staff"},
            },
            "can log in: yes → no",
        ),
        ({"to_version": 1}, "to version 1"),
        ({"by": "text"}, ""),
        ({"by": "image"}, "with picture"),
        (
            {
                "before": {"fulfilment": "['pickup']", "accepts_orders": "automatically"},
                "after": {"fulfilment": "['pickup', 'dine_in']", "accepts_orders": "by_staff"},
            },
            "How customers get their order: pick-up → pick-up, at a table; "
            "Who accepts an order: at once → one of us",
        ),
        (
            {"before": {"name.hi": None, "stock_daily": ""}, "after": {"name.hi": "चाय"}},
            "name (Hindi): nothing → चाय; New each day: nothing → nothing",
        ),
        ({"total": "240.00"}, "for ₹240.00"),
        ({"note": "", "message": 7}, ""),
        ({"before": "Open", "after": "Busy +20"}, "from Open to Busy +20"),
        ({"rows": {"order_notices": 2, "orders": 1}}, "News of orders: 2, Orders: 1"),
        ({"changes": ["Switched off", "Keyword “a” added"]}, "Switched off; Keyword “a” added"),
        ({"address": "127.0.0.1"}, "from 127.0.0.1"),
        ({}, ""),
    ],
)
def test_details_are_said_in_words(details, words):
    assert spell_change(details) == words


def test_only_codes_are_said_in_the_readers_language():
    translation.use_language("hi")
    said = spell_change({"changes": ["Switched off"], "before": "Yes", "after": "pending"})
    translation.use_language(translation.ENGLISH)
    phrases = translation.known_languages()["hi"].phrases
    assert "Yes" in said
    assert phrases["new"] in said
    assert "Switched off" not in said


def recorded_actions():
    """Every action that the console's code writes into the log as it stands."""
    found = set()
    for path in sorted((ROOT / "console").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            place = {"record": 0, "record_change": 2}.get(call.func.attr)
            if place is None or len(call.args) <= place:
                continue
            parts = ast.walk(call.args[place])
            found |= {one.value for one in parts if isinstance(one, ast.Constant)}
    return sorted(found)


def test_every_action_is_said_in_hindi():
    actions = recorded_actions()
    assert len(actions) > 60
    phrases = translation.known_languages()["hi"].phrases
    assert [action for action in actions if action not in phrases] == []


def test_every_word_of_the_log_is_said_in_hindi():
    phrases = translation.known_languages()["hi"].phrases
    words = {*log_words.TABLES.values(), *log_words.FIELDS.values(), *log_words.VALUES.values()}
    assert sorted(words - phrases.keys()) == []
