"""Optional parts that are written as nothing count as absent."""

import copy

import pytest

from shop.menus.blanks import drop_blanks
from shop.whatsapp.validation.interactive import validate_interactive

ROW = {"id": "coffee", "title": "Coffee"}
LIST = {
    "type": "list",
    "body": {"text": "Choose"},
    "action": {"button": "View", "sections": [{"rows": [ROW]}]},
}


def with_parts(row=None, section=None, **top):
    made = copy.deepcopy(LIST)
    made.update(top)
    made["action"]["sections"][0].update(section or {})
    made["action"]["sections"][0]["rows"][0].update(row or {})
    return made


@pytest.mark.parametrize("blank", ["", None, "  "])
@pytest.mark.parametrize(
    "write",
    [
        lambda blank: with_parts({"description": blank}),
        lambda blank: with_parts(section={"title": blank}),
        lambda blank: with_parts(footer={"text": blank}),
        lambda blank: with_parts(footer=blank),
        lambda blank: with_parts(header={"type": "text", "text": blank}),
        lambda blank: with_parts(header=blank),
    ],
)
def test_what_says_nothing_is_absent(write, blank) -> None:
    menu = write(blank)
    drop_blanks(menu)
    assert menu == LIST
    validate_interactive(menu)


@pytest.mark.parametrize("empty", [{}, {"text": None}])
def test_so_is_an_empty_footer(empty) -> None:
    menu = with_parts(footer=empty)
    drop_blanks(menu)
    assert menu == LIST


def test_words_and_pictures_stay() -> None:
    picture = {"type": "image", "image": {"link": "https://shop.example/a.png"}}
    menu = with_parts({"description": "Hot"}, {"title": "Drinks"}, footer={"text": "Bye"})
    for whole in (menu, {**menu, "header": picture}):
        before = copy.deepcopy(whole)
        drop_blanks(whole)
        assert whole == before


def test_several_sections_need_their_titles() -> None:
    menu = with_parts()
    menu["action"]["sections"].append({"title": "", "rows": [{"id": "tea", "title": "Tea"}]})
    before = copy.deepcopy(menu)
    drop_blanks(menu)
    assert menu == before


@pytest.mark.parametrize(
    "odd", [{}, {"action": None}, {"action": {"sections": [None, {"rows": 3}]}}]
)
def test_what_has_no_shape_is_left_to_the_check(odd) -> None:
    drop_blanks(copy.deepcopy(odd))
