"""What a sentence wants to change on the slip."""

import pytest

from shop.cart import Wish
from shop.edits import change_in, changed


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("remove the tea", "remove"),
        ("no tea", "remove"),
        ("No, 5 coffees", "set"),
        ("no. 5 coffees", "set"),
        ("add one samosa", "add"),
        ("and a tea", "add"),
        ("make it 3 teas", "set"),
        ("चाय हटा दो", "remove"),
        ("aur ek samosa", "add"),
    ],
)
def test_what_the_words_ask_for(text: str, change: str) -> None:
    assert change_in(text) == change


@pytest.mark.parametrize(
    ("change", "named", "after"),
    [
        ("add", Wish("coffee", 1), [Wish("coffee", 3), Wish("tea", 1)]),
        ("add", Wish("samosa"), [Wish("coffee", 2), Wish("tea", 1), Wish("samosa", 1)]),
        ("set", Wish("coffee", 5), [Wish("coffee", 5), Wish("tea", 1)]),
        ("remove", Wish("coffee", 1), [Wish("coffee", 1), Wish("tea", 1)]),
        ("remove", Wish("coffee", 9), [Wish("tea", 1)]),
        ("remove", Wish("coffee"), [Wish("tea", 1)]),
        ("remove", Wish("juice"), [Wish("coffee", 2), Wish("tea", 1)]),
    ],
)
def test_the_slip_after_a_change(change: str, named: Wish, after: list[Wish]) -> None:
    assert changed([Wish("coffee", 2), Wish("tea", 1)], change, [named]) == after
