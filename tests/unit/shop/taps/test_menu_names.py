"""Names of menus, and what people call them."""

import pytest

from shop.taps.menu_names import menu_name, title_of_menu


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("Weekend offers", "weekend_offers", "Weekend offers"),
        ("  Chai & more! ", "chai_more", "Chai more"),
        ("Main menu @Gold", "main_menu@gold", "Main menu @gold"),
        ("main_menu@gold", "main_menu@gold", "Main menu @gold"),
        ("दिवाली", "दिवाली", "दिवाली"),
        ("", "", ""),
    ],
)
def test_a_title_becomes_a_name_and_is_shown_again(written, name, shown):
    assert menu_name(written) == name
    assert title_of_menu(name) == shown
    assert menu_name(title_of_menu(name)) == name
