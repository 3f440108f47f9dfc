"""What becomes of the slip when something is said about it."""

import pytest

from shop.cart import Wish
from shop.edits import Said, after, changed, merged

COFFEE_AND_TEA = [Wish("coffee", 2), Wish("tea", 1)]


@pytest.mark.parametrize(
    ("change", "named", "left"),
    [
        ("add", Wish("coffee", 1), [Wish("coffee", 3), Wish("tea", 1)]),
        ("add", Wish("samosa"), [Wish("coffee", 2), Wish("tea", 1), Wish("samosa", 1)]),
        ("set", Wish("coffee", 5), [Wish("coffee", 5), Wish("tea", 1)]),
        ("set", Wish("coffee"), [Wish("coffee"), Wish("tea", 1)]),
        ("remove", Wish("coffee", 1), [Wish("coffee", 1), Wish("tea", 1)]),
        ("remove", Wish("coffee", 9), [Wish("tea", 1)]),
        ("remove", Wish("coffee"), [Wish("tea", 1)]),
        ("remove", Wish("juice"), [Wish("coffee", 2), Wish("tea", 1)]),
    ],
)
def test_the_slip_after_a_change(change: str, named: Wish, left: list[Wish]) -> None:
    assert changed(COFFEE_AND_TEA, change, [named]) == left


@pytest.mark.parametrize(
    ("taken", "come", "left"),
    [
        (Said("coffee", None, "remove"), Said("juice", None, "set"), ["tea 1", "juice 2"]),
        (Said("coffee", None, "remove"), Said("juice", 5, "set"), ["tea 1", "juice 5"]),
        (Said("coffee", 1, "remove"), Said("tea", None, "instead"), ["coffee 1", "tea 2"]),
        (Said("coffee", None, "remove"), Said("tea", None, "instead"), ["tea 3"]),
        (Said("coffee", None, "remove"), Said("tea", None, "set"), ["tea 1"]),
        (Said("juice", None, "remove"), Said("tea", None, "set"), ["coffee 2", "tea 1"]),
    ],
)  # fmt: skip
def test_what_comes_in_the_place_of_another(taken: Said, come: Said, left: list[str]) -> None:
    wishes = after(COFFEE_AND_TEA, [taken, come])
    assert [f"{wish.product} {wish.quantity}" for wish in wishes] == left


def test_the_same_said_twice_is_its_sum() -> None:
    said = [Said("tea", 2, "set"), Said("coffee", None, "set"), Said("tea", 1, "set")]
    assert merged(said) == [Said("tea", 3, "set"), Said("coffee", None, "set")]
