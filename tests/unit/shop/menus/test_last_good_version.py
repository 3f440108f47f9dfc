"""Whatever JSON stands in a menu's row, it is judged, and what is shown WhatsApp takes."""

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.whatsapp.messages.bubbles import build_bodies
from connectors.whatsapp.messages.speech import Bubble
from emulator.checks.interactive import check_interactive
from emulator.fields import Node
from shop.menus.last_good_version import judge_menu, list_menu_options


@dataclass
class Row:
    menu_structure: Any
    translations: Any = field(default_factory=dict)
    trigger_keywords: Any = ()
    template_name: str = "offers"
    template_type: str = "button"


def buttons(*ids: str) -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": i, "title": i.title()}} for i in ids]
    return {"type": "button", "body": {"text": "Hello"}, "action": {"buttons": replies}}


def leads(reply_id: str) -> bool:
    return not reply_id.startswith("dead")


def shown(*versions: Any, now: Any) -> list[str] | None:
    """The ids that customers see, after these versions."""
    menu = judge_menu(Row(now), leads, lambda: map(Row, versions)).menu
    return menu and [option["id"] for option in list_menu_options(menu.menu_structure)]


@pytest.mark.parametrize(
    ("versions", "now", "seen"),
    [
        ([], buttons("a", "b"), ["a", "b"]),
        ([], {}, None),
        ([], buttons("dead", "a"), ["a"]),
        ([], buttons("dead"), None),
        ([buttons("a")], {}, ["a"]),
        ([buttons("a"), {}, buttons("b"), []], None, ["b"]),
        # New and dead: the version before stands in, until it is gone.
        ([buttons("a")], buttons("b", "dead"), ["a"]),
        ([buttons("a"), buttons("b", "dead")], buttons("c", "dead"), ["a"]),
        ([buttons("a"), buttons("b", "dead")], buttons("c"), ["c"]),
        # There before, so what it led to is gone.
        ([buttons("dead", "a")], buttons("dead", "b"), ["b"]),
        ([buttons("dead", "a")], buttons("dead", "dead2", "b"), ["a"]),
    ],
)
def test_the_last_fit_version_is_shown(versions: Any, now: Any, seen: list[str] | None) -> None:
    assert shown(*versions, now=now) == seen


def test_a_row_needs_not_say_its_type_twice() -> None:
    menu = buttons("a")
    del menu["type"]
    verdict = judge_menu(Row(menu), leads, list)
    assert verdict.menu
    assert verdict.menu.menu_structure["type"] == "button"
    assert verdict.reasons == ()


def test_what_another_type_would_hold_is_left_out() -> None:
    menu = buttons("a")
    menu["action"]["sections"] = [None]
    verdict = judge_menu(Row(menu), leads, list)
    assert verdict.menu
    assert verdict.menu.menu_structure == buttons("a")


texts = st.sampled_from(["", " ", "a", "b", "dead", "Tea", "x" * 21, "x" * 25, "😀", "more:a:2"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
option = st.fixed_dictionaries({"id": texts, "title": texts}, optional={"description": texts})
section = st.fixed_dictionaries(
    {"rows": st.lists(option | anything, max_size=13)}, optional={"title": texts | anything}
)
action = st.fixed_dictionaries(
    {},
    optional={
        "buttons": st.lists(st.fixed_dictionaries({"reply": option}) | anything, max_size=5),
        "button": texts | anything,
        "sections": st.lists(section | anything, max_size=12) | anything,
        "name": st.just("flow"),
        "parameters": st.fixed_dictionaries(
            {"flow_message_version": st.just("3"), "flow_id": texts, "flow_cta": texts}
        ),
    },
)
header = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "image", "song"])},
    optional={"text": texts, "image": st.fixed_dictionaries({"link": st.just("https://a/b")})},
)
menus = (
    st.fixed_dictionaries(
        {"body": st.fixed_dictionaries({"text": texts})},
        optional={
            "type": st.sampled_from(["button", "list", "flow", "cta_url", 7]),
            "action": action | anything,
            "header": header | anything,
            "footer": st.fixed_dictionaries({"text": texts}) | anything,
        },
    )
    | anything
)


@settings(max_examples=400, deadline=None)
@given(menus, st.lists(menus, max_size=2), st.dictionaries(texts, menus, max_size=2) | anything)
def test_any_json_is_judged_and_what_is_shown_is_taken(
    now: Any, versions: list[Any], translations: Any
) -> None:
    given = copy.deepcopy((now, versions, translations))
    row = Row(now, translations, ["a", None, 7])
    verdict = judge_menu(row, leads, lambda: map(Row, versions))
    assert (now, versions, translations) == given
    if verdict.menu is None:
        assert verdict.reasons
        return
    for interactive in (verdict.menu.menu_structure, *verdict.menu.translations.values()):
        for body in build_bodies([Bubble(interactive=interactive, more="offers")]):
            if body["type"] == "interactive":
                check_interactive(Node(body["interactive"], "interactive"))


def test_parts_that_are_written_as_nothing_hide_no_menu() -> None:
    rows = [{"id": "a", "title": "A", "description": ""}, {"id": "b", "title": "B"}]
    written = {
        "body": {"text": "Hello"},
        "footer": {"text": ""},
        "header": None,
        "action": {"button": "View", "sections": [{"title": None, "rows": rows}]},
    }
    row = Row(written, {"hi": written}, template_type="list")
    verdict = judge_menu(row, leads, list)
    assert verdict.reasons == ()
    assert verdict.menu
    assert verdict.menu.menu_structure == {
        "type": "list",
        "body": {"text": "Hello"},
        "action": {
            "button": "View",
            "sections": [{"rows": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}],
        },
    }
    assert verdict.menu.translations["hi"] == verdict.menu.menu_structure
