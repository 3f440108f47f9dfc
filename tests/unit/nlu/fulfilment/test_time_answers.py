"""What is a time only because one was asked for."""

from typing import Any

import pytest

from nlu.fulfilment.time_answers import read_time_answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6", {"clock": "06:00"}),
        ("6 please", {"clock": "06:00"}),
        ("half an hour pls", {"in_minutes": 30}),
        ("20 minutes", {"in_minutes": 20}),
        ("2 hours", {"in_minutes": 120}),
        ("evening", {"part": "evening"}),
        ("dinner", {"part": "night"}),
        ("any time after 4 works", {"clock": "04:00"}),
        ("jaldi", {"now": True}),
        ("the earliest", {"now": True}),
        ("whenever", {"now": True}),
        ("tonight", {"day": "today", "part": "night"}),
        ("aadhe ghante mein", {"in_minutes": 30}),
        ("शाम", {"part": "evening"}),
    ],
)
def test_answers(text: str, said: dict[str, Any]) -> None:
    value = read_time_answer(text)
    assert value is not None
    assert {name: what for name, what in value.items() if what and name != "text"} == said


@pytest.mark.parametrize(
    "text",
    [
        "2 coffees",
        "are you open at 9?",
        "cancel",
        "no",
        "menu",
        "where is my order",
        "flat 6",
        "75",
    ],
)
def test_what_says_something_else_is_no_answer(text: str) -> None:
    assert read_time_answer(text) is None
