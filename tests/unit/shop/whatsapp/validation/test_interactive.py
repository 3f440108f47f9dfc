"""WhatsApp's limits on menus: each at its edge, and never laxer than the strict emulator."""

import copy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emulator.checks.interactive import check_interactive
from emulator.errors import GraphError
from emulator.fields import Node
from shop.whatsapp import limits
from shop.whatsapp.limits import InteractiveRefused
from shop.whatsapp.validation.interactive import (
    find_menu_problems,
    find_refusals,
    validate_interactive,
)
from storage import seeds


def buttons(*choices, **parts):
    replies = [{"type": "reply", "reply": {"id": i, "title": title}} for i, title in choices]
    return {"type": "button", "body": {"text": "Hello"}, "action": {"buttons": replies}, **parts}


def listing(*sections, **parts):
    shown = [{"title": f"S{n}", "rows": list(rows)} for n, rows in enumerate(sections)]
    action = {"button": "Choose", "sections": shown}
    return {"type": "list", "body": {"text": "Hello"}, "action": action, **parts}


def flow(**parameters):
    given = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Open", **parameters}
    action = {"name": "flow", "parameters": given}
    return {"type": "flow", "body": {"text": "Hello"}, "action": action}


def row(number, **parts):
    return {"id": f"row{number}", "title": f"Row {number}", **parts}


def longest(limit):
    return "x" * limit.maximum


def menu_problems(menu):
    """What the editor calls an error."""
    return [problem for problem in find_menu_problems(menu) if problem.code != "surplus"]


def surplus_options(menu):
    """What the editor warns of."""
    return [problem for problem in find_menu_problems(menu) if problem.code == "surplus"]


def places(menu):
    return [problem.place for problem in menu_problems(menu)]


def test_the_seeds_are_fine():
    for menu in seeds.seed_menus():
        assert menu_problems(menu.menu_structure) == []


@pytest.mark.parametrize(
    ("menu", "place"),
    [
        (buttons(("a", "A"), body={"text": "x" * 1025}), "body"),
        (buttons(("a", "A"), body={"text": "  "}), "body"),
        (buttons(("a", "A"), body=None), "body"),
        (buttons(("a", "x" * 21)), "button.0.title"),
        (buttons(("a", "😀" * 11)), "button.0.title"),
        (buttons(("a", "")), "button.0.title"),
        (buttons(("", "A")), "button.0.id"),
        (buttons(("x" * 257, "A")), "button.0.id"),
        (buttons((" a", "A")), "button.0.id"),
        (buttons(("a", "A"), ("a", "B")), "button.1.id"),
        (buttons(("a", "A"), ("b", "A")), "button.1.title"),
        (buttons(), "buttons"),
        (buttons(("a", "A"), header={"type": "text", "text": "x" * 61}), "header"),
        (buttons(("a", "A"), header={"type": "image", "image": {}}), "header_link"),
        (buttons(("a", "A"), header={"type": "image", "image": {"link": "x.png"}}), "header_link"),
        (buttons(("a", "A"), header={"type": "song"}), "header_kind"),
        (buttons(("a", "A"), footer={"text": "x" * 61}), "footer"),
        (buttons(("a", "A"), colour="red"), "menu"),
        (listing([]), "section.0.title"),
        (listing(), "sections"),
        (listing([row(1, title="x" * 25)]), "section.0.row.0.title"),
        (listing([row(1, description="x" * 73)]), "section.0.row.0.description"),
        (listing([row(1, description="")]), "section.0.row.0.description"),
        (listing([row(1)], [row(1)]), "section.1.row.0.id"),
        (listing([row(1)], header={"type": "image", "image": {"id": "1"}}), "header_kind"),
        (flow(flow_cta="x" * 21), "flow_cta"),
        (flow(flow_name="both"), "flow_id"),
        (flow(flow_message_version="2"), "flow_id"),
        (flow(mode="secret"), "flow_id"),
        (flow(flow_action_payload={"screen": ""}), "flow_screen"),
        (flow(flow_action_payload={"screen": "A", "data": {}}), "flow_screen"),
        ({"type": "cta_url"}, "menu"),
        (None, "menu"),
        ([], "menu"),
    ],
)  # fmt: skip
def test_what_whatsapp_refuses_is_said_by_its_field(menu, place):
    assert place in places(menu)


@pytest.mark.parametrize(
    "menu",
    [
        buttons(
            ("a", longest(limits.BUTTON_TITLE)),
            body={"text": longest(limits.INTERACTIVE_BODY)},
        ),
        buttons(("a", "A"), header={"type": "video", "video": {"id": "1"}}, footer={"text": "f"}),
        buttons(("a", "A"), header={"type": "image", "image": {"link": "https://shop.example/a"}}),
        listing([row(n, description=longest(limits.ROW_DESCRIPTION)) for n in range(10)]),
        flow(flow_action="navigate", flow_action_payload={"screen": "A", "data": {"b": 1}}),
    ],
)
def test_what_just_fits_is_fine(menu):
    assert menu_problems(menu) == []
    validate_interactive(menu)
    check_interactive(Node(copy.deepcopy(menu), "interactive"))


@pytest.mark.parametrize(
    ("menu", "place"),
    [
        (buttons(*((str(n), str(n)) for n in range(4))), "buttons"),
        (listing([row(n) for n in range(6)], [row(n) for n in range(6, 11)]), "sections"),
        (listing(*([row(n)] for n in range(11))), "sections"),
    ],
)
def test_what_needs_more_than_one_message_is_said(menu, place):
    assert menu_problems(menu) == []
    assert [problem.place for problem in surplus_options(menu)] == [place]


words = st.text(max_size=30) | st.sampled_from(["a", "b", "", " a", "x" * 20, "x" * 21, "😀" * 11])
texts = words | st.none() | st.integers()
option = st.fixed_dictionaries({"id": texts, "title": texts}, optional={"description": texts})
extras = st.dictionaries(st.sampled_from(["text", "type", "colour", "rows"]), texts, max_size=1)
reply = st.fixed_dictionaries({"type": st.sampled_from(["reply", "url"]), "reply": option})
section = st.fixed_dictionaries(
    {"rows": st.lists(option | extras, max_size=4)}, optional={"title": texts}
)
parameters = st.fixed_dictionaries(
    {"flow_cta": words, "flow_message_version": st.sampled_from(["3", 3])},
    optional={
        "flow_id": texts, "flow_name": texts, "mode": words, "flow_token": texts,
        "flow_action": st.sampled_from(["navigate", "data_exchange", "go"]),
        "flow_action_payload": st.fixed_dictionaries(
            {"screen": texts}, optional={"data": st.dictionaries(words, texts, max_size=1)}
        ),
    },
)  # fmt: skip
link = st.sampled_from(["https://shop.example/a.png", "ftp://x", "", "https://a b"])
header = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "image", "video", "document", "song"])},
    optional={
        "text": texts,
        "image": st.fixed_dictionaries({}, optional={"link": link, "id": words}) | extras,
        "document": st.fixed_dictionaries({"link": link}, optional={"filename": texts}),
    },
)
action = st.fixed_dictionaries(
    {},
    optional={
        "buttons": st.lists(reply, max_size=4),
        "button": words,
        "sections": st.lists(section, max_size=4),
        "name": st.just("flow"),
        "parameters": parameters,
    },
)
menus = st.fixed_dictionaries(
    {"type": st.sampled_from(["button", "list", "flow"]), "action": action | extras},
    optional={"body": st.fixed_dictionaries({"text": texts}) | extras, "header": header,
              "footer": st.fixed_dictionaries({"text": words}) | extras, "colour": words},
)  # fmt: skip
title = st.sampled_from(["A", "B", "C ", "x" * 20, "x" * 24, "x" * 25, "😀" * 10, "\n", "\u200b"])
reply_ids = st.sampled_from(["a", "b", "c", "x" * 200, "x" * 201, "b "])
rows = st.fixed_dictionaries({"id": reply_ids, "title": title}, optional={"description": title})
near = st.one_of(
    st.lists(st.tuples(reply_ids, title), max_size=4).map(lambda given: buttons(*given)),
    st.lists(st.lists(rows, max_size=3), max_size=3).map(lambda given: listing(*given)),
    st.builds(flow, flow_cta=title),
)
near_menus = st.builds(
    lambda menu, parts: {**menu, **parts},
    near,
    st.fixed_dictionaries(
        {},
        optional={
            "footer": st.builds(lambda text: {"text": text}, title),
            "header": st.builds(lambda text: {"type": "text", "text": text}, title),
        },
    ),
)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "body", "action", "buttons", "list"]), inner)
    ),
    max_leaves=10,
)


@settings(max_examples=600, deadline=None)
@given(menus | near_menus)
@example(buttons(("a", "A"), footer={"text": " "}))
def test_nothing_passes_that_the_emulator_or_our_channel_refuses(menu):
    if menu_problems(menu) or surplus_options(menu):
        return
    try:
        check_interactive(Node(copy.deepcopy(menu), "interactive"))
        validate_interactive(menu)
    except (GraphError, InteractiveRefused) as refused:
        pytest.fail(f"{refused}: {menu}")


@given(json)
def test_any_json_is_judged(value):
    assert isinstance(menu_problems(value), list)


LINK = {
    "type": "cta_url",
    "body": {"text": "See"},
    "action": {"name": "cta_url", "parameters": {"display_text": "x" * 21, "url": "shop"}},
}


@pytest.mark.parametrize(
    ("message", "place", "code", "limit", "actual"),
    [
        (buttons(("a", "x" * 21)), "button.0.title", "limit", limits.BUTTON_TITLE, 21),
        (buttons(("a", " ")), "button.0.title", "limit", limits.BUTTON_TITLE, 0),
        (buttons(("a", None)), "button.0.title", "missing", limits.BUTTON_TITLE, None),
        (buttons(("a", "A"), ("a", "B")), "button.1.id", "repeated", None, None),
        (buttons(*zip("abcd", "ABCD", strict=True)), "buttons", "surplus", limits.BUTTONS, 4),
        (buttons(("a", "A"), colour="red"), "menu", "unknown", None, None),
        (listing(*([row(n)] for n in range(11))), "sections", "surplus", limits.SECTIONS, 11),
        (listing([row(n) for n in range(11)]), "sections", "surplus", limits.ROWS, 11),
        (flow(mode="secret"), "flow_id", "wrong", None, None),
        (LINK, "link_text", "limit", limits.LINK_TEXT, 21),
        (LINK, "link_url", "wrong", None, None),
        ({"type": "request_contact_info"}, "body", "missing", limits.INTERACTIVE_BODY, None),
        ({"type": "carousel"}, "menu", "wrong", None, None),
    ],
)
def test_a_problem_says_where_and_which_limit(message, place, code, limit, actual):
    found = [
        (each.place, each.code, each.limit, each.actual) for each in find_menu_problems(message)
    ]
    assert (place, code, limit, actual) in found


def test_unknown_keys_keep_only_what_is_sent_as_written_from_arriving():
    validate_interactive(buttons(("a", "A"), colour="red"))
    with pytest.raises(InteractiveRefused, match="colour"):
        validate_interactive({**flow(), "colour": "red"})


def test_too_many_options_keep_no_menu_from_being_shown():
    many = buttons(*zip("abcd", "ABCD", strict=True))
    assert list(find_refusals(many, counts=False)) == []
    with pytest.raises(InteractiveRefused, match="BUTTONS"):
        validate_interactive(many)
