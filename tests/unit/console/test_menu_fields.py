"""The editor's form and its buttons, without a browser."""

import copy
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.forms import Form
from console.menus.fields import keywords_from, structure_from
from console.menus.operations import apply_operation
from console.menus.rich import render_rich_text
from shop.menus.kinds import KINDS, without_waiting_parts
from shop.whatsapp.validation.interactive import find_menu_problems
from storage import seeds

SEEDS = {menu.template_name: menu.menu_structure for menu in seeds.seed_menus()}


def form_of(structure):
    """The fields that the editor's page has for a structure."""
    header, action = structure.get("header", {}), structure["action"]
    fields = [("body", structure["body"]["text"]), ("header_kind", header.get("type", "none"))]
    fields += [("footer", structure.get("footer", {}).get("text", ""))]
    fields += [("header", header.get("text", ""))]
    fields += [("list_button", action.get("button", ""))]
    for number, button in enumerate(action.get("buttons", [])):
        fields += [(f"button.{number}.{key}", text) for key, text in button["reply"].items()]
    for number, section in enumerate(action.get("sections", [])):
        fields.append((f"section.{number}.title", section.get("title", "")))
        for place, row in enumerate(section["rows"]):
            path = f"section.{number}.row.{place}"
            fields += [(f"{path}.{key}", text) for key, text in row.items()]
    return Form(fields)


@pytest.mark.parametrize("name", SEEDS)
def test_a_form_that_nobody_touched_changes_nothing(name):
    assert structure_from(form_of(SEEDS[name]), SEEDS[name]) == SEEDS[name]


def test_what_the_form_does_not_know_is_kept_or_left_out():
    video = {"type": "video", "video": {"id": "1"}}
    menu = {**SEEDS["main_menu"], "header": video, "colour": "red"}
    form = Form([*form_of(menu), ("header_kind", "keep")])
    assert structure_from(form, menu)["header"] == video
    assert "colour" not in structure_from(form, menu)
    assert "header" not in structure_from(form_of(SEEDS["main_menu"]), menu)


def test_a_flow_begins_where_it_is_told():
    form = Form([("body", "Hi"), ("flow_cta", "Open"), ("flow_id", "123"), ("flow_screen", "A")])
    menu = structure_from(form, {"type": "flow"})
    assert find_menu_problems(menu) == []
    assert menu["action"]["parameters"]["flow_action_payload"] == {"screen": "A"}
    named = structure_from(Form([("flow_id", "feedback")]), {"type": "flow"})
    assert named["action"]["parameters"]["flow_name"] == "feedback"


def test_keywords():
    assert keywords_from("Hi,  hello there\nhi!, ,") == ["hi!", "hello there"]


def titles(structure):
    return [
        [row["title"] for row in section["rows"]] for section in structure["action"]["sections"]
    ]


@pytest.mark.parametrize(
    ("do", "after"),
    [
        ("up-row:0:1", [["Tea", "Coffee", "Juice"], ["Samosa", "Pakora", "Sandwich"]]),
        ("down-row:0:2", [["Coffee", "Tea"], ["Juice", "Samosa", "Pakora", "Sandwich"]]),
        ("up-row:1:0", [["Coffee", "Tea", "Juice", "Samosa"], ["Pakora", "Sandwich"]]),
        ("up-row:0:0", [["Coffee", "Tea", "Juice"], ["Samosa", "Pakora", "Sandwich"]]),
        ("remove-row:1:1", [["Coffee", "Tea", "Juice"], ["Samosa", "Sandwich"]]),
        ("remove-section:0", [["Samosa", "Pakora", "Sandwich"]]),
        ("add-row:0", [["Coffee", "Tea", "Juice", ""], ["Samosa", "Pakora", "Sandwich"]]),
        ("add-section", [["Coffee", "Tea", "Juice"], ["Samosa", "Pakora", "Sandwich"], [""]]),
        ("remove-row:9:9", [["Coffee", "Tea", "Juice"], ["Samosa", "Pakora", "Sandwich"]]),
        ("explode:1", [["Coffee", "Tea", "Juice"], ["Samosa", "Pakora", "Sandwich"]]),
    ],
)
def test_rows_are_moved(do, after):
    before = copy.deepcopy(SEEDS["product_catalog"])
    assert titles(apply_operation(before, do)) == after
    assert before == SEEDS["product_catalog"]


def test_a_menu_becomes_another_kind_and_keeps_its_options():
    listed = apply_operation(SEEDS["main_menu"], "kind:list")
    assert titles(listed) == [["Track Order", "Place Order", "Get Support"]]
    assert find_menu_problems(listed) == []
    assert apply_operation(listed, "kind:button") == SEEDS["main_menu"]
    assert apply_operation(listed, "kind:flow")["action"]["name"] == "flow"


@pytest.mark.parametrize("name", ["main_menu", "product_catalog", "support_menu"])
def test_a_menu_that_was_every_kind_has_lost_nothing(name):
    menu = SEEDS[name]
    for kind in ("list", "flow", "button", "flow", "list", "button", menu["type"]):
        menu = apply_operation(structure_from(form_of(menu), menu), f"kind:{kind}")
    assert without_waiting_parts(menu) == SEEDS[name]


def test_a_flow_that_was_buttons_for_a_moment_is_the_same_flow():
    form = Form([("body", "Hi"), ("flow_cta", "Open"), ("flow_id", "123"), ("flow_screen", "A")])
    flow = structure_from(form, {"type": "flow"})
    assert (
        without_waiting_parts(apply_operation(apply_operation(flow, "kind:button"), "kind:flow"))
        == flow
    )
    assert without_waiting_parts(apply_operation(flow, "kind:button"))["action"].keys() == {
        "buttons"
    }


numbers = st.lists(st.sampled_from(["0", "1", "2", "99", "-1", "x", ""]), max_size=3)
verbs = st.sampled_from(
    ["kind", "target", ""]
    + [f"{v}-{w}" for v in ("add", "remove", "up", "down") for w in ("button", "row", "section")]
)  # fmt: skip


@given(st.sampled_from(sorted(SEEDS)), st.lists(st.tuples(verbs, numbers), max_size=6))
def test_no_button_breaks_a_menu(name, clicks):
    menu = SEEDS[name]
    for verb, places in clicks:
        menu = apply_operation(menu, ":".join([verb, *places]))
        assert menu["type"] in KINDS
        assert structure_from(form_of(menu), menu)["type"] == menu["type"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* _it_ ~no~ ```x < y```", "<b>bold</b> <i>it</i> <s>no</s> <code>x &lt; y</code>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("a\nb", "a<br>b"),
        ("<script>", "&lt;script&gt;"),
        ("https://shop.example/a", "<u>https://shop.example/a</u>"),
        (None, ""),
    ],
)
def test_whatsapps_marks(text, shown):
    assert str(render_rich_text(text)) == shown


@given(st.text())
def test_nothing_a_customer_writes_becomes_a_tag(text):
    assert "<" not in re.sub(r"</?(b|i|s|u|code|br)>", "", str(render_rich_text(text)))
