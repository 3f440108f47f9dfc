"""What becomes of the cart when something is said about it."""

import pytest

from shop.carts.cart_changes import Said, apply_changes, lines_after, merge_changes
from shop.carts.lines import RequestedLine

COFFEE_AND_TEA = [RequestedLine("coffee", 2), RequestedLine("tea", 1)]


@pytest.mark.parametrize(
    ("change", "named", "left"),
    [
        ("add", RequestedLine("coffee", 1), [RequestedLine("coffee", 3), RequestedLine("tea", 1)]),
        (
            "add",
            RequestedLine("samosa"),
            [RequestedLine("coffee", 2), RequestedLine("tea", 1), RequestedLine("samosa", 1)],
        ),
        ("set", RequestedLine("coffee", 5), [RequestedLine("coffee", 5), RequestedLine("tea", 1)]),
        ("set", RequestedLine("coffee"), [RequestedLine("coffee"), RequestedLine("tea", 1)]),
        (
            "remove",
            RequestedLine("coffee", 1),
            [RequestedLine("coffee", 1), RequestedLine("tea", 1)],
        ),
        ("remove", RequestedLine("coffee", 9), [RequestedLine("tea", 1)]),
        ("remove", RequestedLine("coffee"), [RequestedLine("tea", 1)]),
        ("remove", RequestedLine("juice"), [RequestedLine("coffee", 2), RequestedLine("tea", 1)]),
    ],
)
def test_the_cart_after_a_change(
    change: str, named: RequestedLine, left: list[RequestedLine]
) -> None:
    assert apply_changes(COFFEE_AND_TEA, change, [named]) == left


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
    requested_lines = lines_after(COFFEE_AND_TEA, [taken, come])
    assert [f"{requested.product} {requested.quantity}" for requested in requested_lines] == left


def test_the_same_said_twice_is_its_sum() -> None:
    said = [Said("tea", 2, "set"), Said("coffee", None, "set"), Said("tea", 1, "set")]
    assert merge_changes(said) == [Said("tea", 3, "set"), Said("coffee", None, "set")]
