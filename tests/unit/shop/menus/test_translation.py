"""Translations: the same menu with other words, whatever becomes of the menu."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.menus.translation import reword_menu, translated_words
from shop.whatsapp.validation.interactive import find_menu_problems
from storage import seeds

MENUS = {menu.template_name: menu for menu in seeds.seed_menus()}
TRANSLATED = [(name, code) for name, menu in MENUS.items() for code in menu.translations]


@pytest.mark.parametrize(("name", "code"), TRANSLATED)
def test_the_seeds_translations_are_their_menus_with_other_words(name, code):
    menu = MENUS[name]
    translated = menu.translations[code]
    words = translated_words(translated, menu.menu_structure)
    assert reword_menu(menu.menu_structure, words) == translated
    assert find_menu_problems(translated) == []


def test_a_translation_follows_its_menu():
    menu = copy.deepcopy(MENUS["main_menu"].menu_structure)
    hindi = MENUS["main_menu"].translations["hi"]
    buttons = menu["action"]["buttons"]
    buttons.reverse()
    buttons[0]["reply"] = {"id": "talk_to_human", "title": "A person"}
    followed = reword_menu(menu, translated_words(hindi, menu))
    options = [button["reply"] for button in followed["action"]["buttons"]]
    assert [option["id"] for option in options] == ["talk_to_human", "new_order", "track_order"]
    assert options[0]["title"] == "A person"
    assert options[1]["title"] == hindi["action"]["buttons"][1]["reply"]["title"]
    assert followed["body"] == hindi["body"]


def test_what_is_not_said_stays_as_it_is():
    menu = MENUS["product_catalog"].menu_structure
    assert reword_menu(menu, {}) == menu
    assert reword_menu(menu, {"body": "", "nowhere": "x", "section.9.title": "y"}) == menu
    assert reword_menu(menu, {"body": "Hungry?"})["body"]["text"] == "Hungry?"


@given(st.sampled_from(sorted(MENUS)), st.dictionaries(st.sampled_from(
    ["body", "list_button", "section.0.title", "section.1.row.0.title", "button.2.title"]
), st.text(min_size=1)))  # fmt: skip
def test_words_are_found_again(name, words):
    menu = MENUS[name].menu_structure
    said = translated_words(reword_menu(menu, words), menu)
    assert all(said[path] == text for path, text in words.items() if path in said)
