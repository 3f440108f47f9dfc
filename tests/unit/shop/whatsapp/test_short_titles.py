"""Titles side by side on the phone: within 24 characters, no two alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.whatsapp.limits import ROW_TITLE
from shop.whatsapp.short_titles import cut_apart


@pytest.mark.parametrize(
    ("titles", "short"),
    [
        (["Coffee", "Tea"], ["Coffee", "Tea"]),
        (
            ["Chicken Tikka Sandwich Large", "Chicken Tikka Sandwich Small"],
            ["Chicken Tikka San… Large", "Chicken Tikka San… Small"],
        ),
        (
            ["India Gate Basmati Rice 1 kg", "India Gate Basmati Rice 5 kg", "Sugar"],
            ["India Gate Basmati… 1 kg", "India Gate Basmati… 5 kg", "Sugar"],
        ),
        (["A very long name that is the only one"], ["A very long name that i…"]),
        (["Cake", "Cake"], ["Cake", "Cake (2)"]),
        (
            [
                "Sandwich with grilled vegetables and paneer",
                "Sandwich with grilled vegetables and cheddar",
            ],
            ["Sandwich with gr… paneer", "Sandwich with g… cheddar"],
        ),
    ],
)
def test_what_differs_is_kept(titles: list[str], short: list[str]) -> None:
    assert cut_apart(titles, ROW_TITLE) == short


@given(st.lists(st.text(min_size=1, max_size=60).filter(str.strip), max_size=12))
def test_none_is_too_long_and_no_two_are_alike(titles: list[str]) -> None:
    short = cut_apart(titles, ROW_TITLE)
    assert all(ROW_TITLE.fits(title) for title in short)
    assert len(set(short)) == len(short)


@given(st.integers(2, 12), st.text("abc ", min_size=20, max_size=40))
def test_the_same_long_beginning_is_told_apart(many: int, beginning: str) -> None:
    titles = [f"x{beginning}y size {number}" for number in range(many)]
    short = cut_apart(titles, ROW_TITLE)
    assert len(set(short)) == many
    assert all(title.endswith(f"{number}") for number, title in enumerate(short))
