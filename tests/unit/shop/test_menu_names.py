"""Names of menus, and what people call them."""

import pytest

from shop.menu_names import named, title


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
    assert named(written) == name
    assert title(name) == shown
    assert named(title(name)) == name
