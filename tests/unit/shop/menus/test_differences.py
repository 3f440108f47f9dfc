"""What changed between two versions, in sentences; silence means that nothing did."""

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.menus.editing.differences import describe_differences
from storage import seeds

WORDS = "🛍️ What would you like to order?"
SNACKS = "“Samosa”, “Pakora”, “Sandwich”"


@dataclass
class Menu:
    template_name: str = "offers"
    template_type: str = "list"
    trigger_keywords: list[str] = field(default_factory=list)
    menu_structure: Any = None
    is_active: bool = True
    translations: dict[str, Any] = field(default_factory=dict)


def catalogue(**changes):
    seed = next(menu for menu in seeds.seed_menus() if menu.template_name == "product_catalog")
    return Menu(**{"menu_structure": copy.deepcopy(seed.menu_structure), **changes})


def changed(change):
    after = catalogue()
    change(after.menu_structure)
    return describe_differences(catalogue(), after)


def rows(structure, section=0):
    return structure["action"]["sections"][section]["rows"]


def test_nothing_changed():
    assert describe_differences(catalogue(), catalogue()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m["body"].update(text="Hungry?"), [f"Text: “{WORDS}” → “Hungry?”"]),
        (
            lambda m: m.update(footer={"text": "Open till 9"}),
            ['Small line: “To leave, reply "menu" or "cancel".” → “Open till 9”'],
        ),
        (lambda m: m["action"].update(button="Menu"), ["List button: “View Products” → “Menu”"]),
        (lambda m: rows(m)[0].update(title="Kaapi"), ["“Coffee” is now “Kaapi”"]),
        (
            lambda m: rows(m)[1].update(id="chai"),
            ["“Tea” leads to “Chai”, no longer to “Tea”"],
        ),
        (
            lambda m: rows(m).insert(1, rows(m).pop(0)),
            ["New order: “Tea”, “Coffee”, “Juice”, " + SNACKS],
        ),
        (
            lambda m: rows(m, 1).append(rows(m).pop()),
            ["“Juice” moved to another section", f"New order: “Coffee”, “Tea”, {SNACKS}, “Juice”"],
        ),
        (
            lambda m: m["action"]["sections"][0].update(title="Drinks"),
            ["Section “Beverages” is now “Drinks”"],
        ),
        (
            lambda m: m["action"]["sections"].pop(),
            [
                "Section “Snacks” removed",
                "“Samosa” removed",
                "“Pakora” removed",
                "“Sandwich” removed",
            ],
        ),
        (
            lambda m: rows(m)[0].pop("description"),
            ["“Coffee”, description: “₹120 - Hot & Cold” → nothing"],
        ),
        (
            lambda m: m["action"].update(
                sections=[{"rows": [r for s in (0, 1) for r in rows(m, s)]}]
            ),
            [
                "Section “Beverages” removed",
                "Section “Snacks” removed",
                "“Samosa” moved to another section",
                "“Pakora” moved to another section",
                "“Sandwich” moved to another section",
            ],
        ),
        (
            lambda m: m.update(header={"type": "text", "text": ""}),
            ["Details that customers do not see"],
        ),
        (lambda m: m.update(colour="red"), ["Details that customers do not see"]),
    ],
)
def test_changes_are_sentences(change, said):
    assert changed(change) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            {"trigger_keywords": ["a", "b"]},
            {"trigger_keywords": ["b", "c"]},
            ["Keyword “c” added", "Keyword “a” removed"],
        ),
        (
            {"trigger_keywords": ["a", "b"]},
            {"trigger_keywords": ["b", "a"]},
            ["Keywords in another order"],
        ),
        ({}, {"is_active": False}, ["Switched off"]),
        ({}, {"template_type": "button"}, ["Kind: list → buttons"]),
        ({}, {"template_name": "other"}, ["Name: offers → other"]),
        (
            {"translations": {"hi": {}}},
            {"translations": {"hi": {"a": 1}, "ta": {}}},
            ["Hindi: Details that customers do not see", "ta added"],
        ),
    ],
)
def test_changes_around_the_message(before, after, said):
    assert describe_differences(catalogue(**before), catalogue(**after)) == said


json = st.recursive(
    st.none() | st.integers() | st.sampled_from(["a", "b"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["body", "text", "action", "buttons", "reply", "id", "sections", "rows"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(json, json)
def test_no_change_is_passed_over(one, other):
    said = describe_differences(Menu(menu_structure=one), Menu(menu_structure=other))
    assert bool(said) == (one != other)
