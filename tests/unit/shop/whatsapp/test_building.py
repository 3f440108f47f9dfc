import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.whatsapp import limits
from shop.whatsapp.building import button_message, list_message
from shop.whatsapp.limits import Incomplete, InteractiveRefused, LimitExceeded
from shop.whatsapp.validation.interactive import validate_interactive
from tests.unit.connectors.whatsapp import meta
from tests.unit.connectors.whatsapp.messages.test_bubbles import CATALOGUE, FLOW, MENU

ONE = [("a", "A")]


def rows(count, start=0):
    return [(f"r{number}", f"Row {number}") for number in range(start, start + count)]


def test_buttons_from_plain_arguments():
    assert button_message("How can we help?", [("support", "Get Support")], "Top", "Below") == {
        "type": "button",
        "header": {"type": "text", "text": "Top"},
        "body": {"text": "How can we help?"},
        "footer": {"text": "Below"},
        "action": {
            "buttons": [{"type": "reply", "reply": {"id": "support", "title": "Get Support"}}]
        },
    }


def test_a_list_from_plain_arguments():
    found = list_message(
        "What?", "View", {"Drinks": [("coffee", "Coffee", "₹120"), ("tea", "Tea")]}
    )
    assert found["action"] == {
        "button": "View",
        "sections": [
            {
                "title": "Drinks",
                "rows": [
                    {"id": "coffee", "title": "Coffee", "description": "₹120"},
                    {"id": "tea", "title": "Tea"},
                ],
            }
        ],
    }


def test_a_picture_as_header():
    header = {"type": "image", "image": {"link": "https://shop.example/a.jpg"}}
    assert button_message("B", ONE, header)["header"] == header
    with pytest.raises(Incomplete):
        list_message("B", "View", {"S": ONE}, header)


# Each limit: what just passes, and what is just too much.
AT_THE_LIMIT = {
    "BUTTONS": lambda more: button_message("B", rows(3 + more)),
    "BUTTON_TITLE": lambda more: button_message("B", [("a", "ç" * (20 + more))]),
    "BUTTON_ID": lambda more: button_message("B", [("i" * (256 + more), "A")]),
    "INTERACTIVE_BODY": lambda more: button_message("b" * (1024 + more), ONE),
    "HEADER": lambda more: button_message("B", ONE, "h" * (60 + more)),
    "FOOTER": lambda more: button_message("B", ONE, None, "f" * (60 + more)),
    "LIST_BUTTON": lambda more: list_message("B", "l" * (20 + more), {"S": ONE}),
    "SECTIONS": lambda more: list_message(
        "B", "View", {f"S{n}": rows(1, n) for n in range(10 + more)}
    ),
    "SECTION_TITLE": lambda more: list_message("B", "View", {"s" * (24 + more): ONE}),
    "ROWS": lambda more: list_message("B", "View", {"S": rows(5), "T": rows(5 + more, 5)}),
    "ROW_ID": lambda more: list_message("B", "View", {"S": [("i" * (200 + more), "A")]}),
    "ROW_TITLE": lambda more: list_message("B", "View", {"S": [("a", "t" * (24 + more))]}),
    "ROW_DESCRIPTION": lambda more: list_message(
        "B", "View", {"S": [("a", "A", "d" * (72 + more))]}
    ),
}


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_each_limit_by_its_name(name):
    meta.interactive(AT_THE_LIMIT[name](0))
    with pytest.raises(LimitExceeded, match=f"^{name}: ") as refusal:
        AT_THE_LIMIT[name](1)
    assert refusal.value.limit is getattr(limits, name)


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("INTERACTIVE_BODY", lambda: button_message("", ONE)),
        ("INTERACTIVE_BODY", lambda: button_message(" \n", ONE)),
        ("BUTTONS", lambda: button_message("B", [])),
        ("BUTTON_TITLE", lambda: button_message("B", [("a", "")])),
        ("BUTTON_ID", lambda: button_message("B", [("", "A")])),
        ("SECTIONS", lambda: list_message("B", "View", {})),
        ("SECTION_ROWS", lambda: list_message("B", "View", {"S": []})),
        ("LIST_BUTTON", lambda: list_message("B", "", {"S": ONE})),
        ("SECTION_TITLE", lambda: list_message("B", "View", {"": ONE})),
    ],
)
def test_too_little_is_refused_too(name, build):
    with pytest.raises(LimitExceeded, match=f"^{name}: "):
        build()


@pytest.mark.parametrize(
    "build",
    [
        lambda: button_message("B", [("a", "A"), ("a", "B")]),
        lambda: button_message("B", [("a", "A"), ("b", "A")]),
        lambda: button_message("B", [(" a", "A")]),
        lambda: list_message("B", "View", {"S": ONE, "T": ONE}),
        lambda: list_message("B", "View", {"S": [("a ", "A")]}),
    ],
)
def test_what_must_differ_or_be_bare(build):
    with pytest.raises(Incomplete):
        build()


def test_characters_are_counted_the_longest_way():
    assert limits.text_length("ç") == 1
    assert limits.text_length("😀") == 2
    assert button_message("B", [("a", "😀" * 10)])
    with pytest.raises(LimitExceeded):
        button_message("B", [("a", "😀" * 11)])


@pytest.mark.parametrize("menu", [MENU, CATALOGUE, FLOW])
def test_good_menus_pass(menu):
    validate_interactive(menu)


def test_one_section_needs_no_title_and_two_do():
    menu = copy.deepcopy(CATALOGUE)
    del menu["action"]["sections"][0]["title"]
    with pytest.raises(Incomplete):
        validate_interactive(menu)
    del menu["action"]["sections"][1]
    validate_interactive(menu)


LINK = {
    "type": "cta_url",
    "body": {"text": "See"},
    "action": {
        "name": "cta_url",
        "parameters": {"display_text": "Open", "url": "https://shop.example"},
    },
}
CONTACT = {
    "type": "request_contact_info",
    "body": {"text": "May we call you?"},
    "action": {"name": "request_contact_info"},
}
PLACE = {
    "type": "location_request_message",
    "body": {"text": "Where?"},
    "action": {"name": "send_location"},
}


def changed(menu, value, *path):
    whole = copy.deepcopy(menu)
    node = whole
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return whole


@pytest.mark.parametrize("menu", [LINK, PLACE, CONTACT])
def test_links_and_questions_pass(menu):
    validate_interactive(menu)


@pytest.mark.parametrize(
    "menu",
    [
        None,
        [],
        {},
        {"type": "button"},
        {"type": "hologram", "body": {"text": "B"}, "action": {}},
        changed(MENU, "B", "body"),
        changed(MENU, 7, "body", "text"),
        changed(MENU, {}, "action"),
        changed(MENU, [None], "action", "buttons"),
        changed(MENU, {"type": "text"}, "header"),
        changed(MENU, {"type": "image", "image": {}}, "header"),
        changed(MENU, {"type": "image", "image": {"id": "1", "link": "https://a"}}, "header"),
        changed(MENU, {"type": "image", "image": {"link": "nowhere"}}, "header"),
        changed(MENU, {"type": "sticker", "sticker": {"id": "1"}}, "header"),
        changed(MENU, {}, "footer"),
        changed(LINK, "shop.example", "action", "parameters", "url"),
        changed(LINK, "x" * 21, "action", "parameters", "display_text"),
        changed(PLACE, {"text": "F"}, "footer"),
        changed(PLACE, "send", "action", "name"),
        changed(FLOW, "welcome", "action", "parameters", "flow_name"),
        changed(FLOW, "x" * 21, "action", "parameters", "flow_cta"),
        changed(FLOW, "4", "action", "parameters", "flow_message_version"),
        changed(FLOW, "live", "action", "parameters", "mode"),
        changed(FLOW, {"screen": "A", "data": {}}, "action", "parameters", "flow_action_payload"),
        changed(FLOW, "misspelled", "action", "parameters", "flow_tokn"),
        changed(FLOW, "flows", "action", "name"),
        changed(FLOW, {"text": "B", "preview": True}, "body"),
        {"type": "carousel", "body": {"text": "B"}, "action": {}},
    ],
)
def test_bad_menus_are_refused(menu):
    with pytest.raises(InteractiveRefused):
        validate_interactive(menu)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.sampled_from([MENU, CATALOGUE, FLOW, LINK, PLACE]),
    st.sampled_from(["type", "header", "body", "footer", "action"]),
    JSON,
)
def test_checking_any_menu_says_yes_or_refuses(menu, part, anything):
    try:
        validate_interactive({**menu, part: anything})
    except InteractiveRefused:
        return
    if menu["type"] in ("button", "list"):
        meta.interactive({**menu, part: anything})
