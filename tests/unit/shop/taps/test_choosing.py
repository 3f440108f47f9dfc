"""Which of several offered things a typed answer means."""

import pytest

from nlu.said.choices import find_choices
from shop.taps.choosing import Offered, find_chosen_tap, find_named_tap

BURGERS = [
    Offered("Veg Burger", "Veg Burger ₹90"),
    Offered("Chicken Burger", "Chicken Burger ₹1,120.50"),
    Offered("Paneer Burger", "Paneer Burger ₹110"),
]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("the second one", 1),
        ("pehla wala", 0),
        ("last one please", 2),
        ("the cheaper one", 0),
        ("badi wali", 1),
        ("fourth", None),
        ("chicken", 1),
        ("chiken wala", 1),
        ("pan", 2),
        ("burger", None),
        ("fish", None),
        ("when do you open tomorrow for breakfast then", None),
    ],
)
def test_what_is_chosen_in_words(words: str, chosen: int | None) -> None:
    signs = {sign.name: sign.value or "" for sign in find_choices(words)}
    which, name = signs.get("chooses"), signs.get("names_choice")
    found = find_chosen_tap(BURGERS, which) if which else None
    assert (found if which else find_named_tap(BURGERS, name or "")) == chosen


def test_of_equal_prices_none_is_the_cheapest() -> None:
    assert find_chosen_tap([Offered("Tea", "₹20"), Offered("Milk", "₹20")], "cheapest") is None
    assert find_chosen_tap([Offered("Tea", "₹20"), Offered("Milk", "")], "cheapest") is None
