import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.whatsapp.messages.bubbles import build_bodies
from connectors.whatsapp.messages.plain_text import as_text
from connectors.whatsapp.messages.speech import Bubble, Option
from shop.taps.meanings import more_id, read_more_id
from tests.unit.connectors.whatsapp import meta

CONFIRM = Option("confirm_order", "✅ Confirm Order")
CANCEL = Option("cancel_order", "❌ Cancel")
EDIT = Option("edit_order", "🔄 Edit")
PICTURE = "https://shop.example/coffee.jpg"
MENU = {
    "type": "button",
    "body": {"text": "Welcome! How can we help you today?"},
    "action": {
        "buttons": [
            {"type": "reply", "reply": {"id": "track_order", "title": "Track Order"}},
            {"type": "reply", "reply": {"id": "new_order", "title": "Place Order"}},
            {"type": "reply", "reply": {"id": "support", "title": "Get Support"}},
        ]
    },
}
CATALOGUE = {
    "type": "list",
    "header": {"type": "text", "text": "Our menu"},
    "body": {"text": "🛍️ What would you like to order?"},
    "footer": {"text": "Prices in rupees"},
    "action": {
        "button": "View Products",
        "sections": [
            {
                "title": "Beverages",
                "rows": [{"id": "coffee", "title": "Coffee", "description": "₹120 - Hot & Cold"}],
            },
            {"title": "Snacks", "rows": [{"id": "samosa", "title": "Samosa"}]},
        ],
    },
}


def numbered(count, **more):
    return [Option(f"p{number}", f"Product {number}", **more) for number in range(count)]


def said(*bubbles):
    """The bodies of one turn, each of which Meta accepts."""
    made = build_bodies(bubbles)
    for body in made:
        meta.accepts(body)
    return made


def only(*bubbles):
    (body,) = said(*bubbles)
    return body[body["type"]]


def rows(interactive):
    return [row for section in interactive["action"]["sections"] for row in section["rows"]]


def test_nothing_said_is_nothing_sent():
    assert said() == said(Bubble()) == said(Bubble("  \n"), Bubble("")) == []


def test_a_text():
    assert said(Bubble("Hello")) == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "type": "text",
            "text": {"body": "Hello"},
        }
    ]


def test_several_texts_are_one_message():
    assert only(Bubble("We open at 8."), Bubble("How many?")) == {
        "body": "We open at 8.\n\nHow many?"
    }


def test_three_short_options_are_buttons():
    found = only(Bubble("Is this correct?", options=[CONFIRM, CANCEL, EDIT]))
    assert found["type"] == "button"
    assert found["body"] == {"text": "Is this correct?"}
    assert [button["reply"]["id"] for button in found["action"]["buttons"]] == [
        "confirm_order",
        "cancel_order",
        "edit_order",
    ]


def test_text_before_a_menu_begins_its_body():
    found = only(Bubble("Thanks!"), Bubble(interactive=MENU))
    assert found["body"]["text"] == "Thanks!\n\nWelcome! How can we help you today?"
    assert found["action"] == MENU["action"]


def test_the_last_options_count():
    found = only(Bubble("First?", options=[EDIT]), Bubble("Then?", options=[CONFIRM]))
    assert found["body"]["text"] == "First?\n\nThen?"
    assert found["action"]["buttons"][0]["reply"]["id"] == "confirm_order"
    assert len(found["action"]["buttons"]) == 1


def test_options_stay_when_a_text_follows():
    found = only(Bubble("Choose", options=[EDIT]), Bubble("or type it"))
    assert found["body"]["text"] == "Choose\n\nor type it"


@pytest.mark.parametrize("menu", [MENU, CATALOGUE])
def test_a_menu_goes_out_as_it_stands_in_the_table(menu):
    assert only(Bubble(interactive=menu)) == menu


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(numbered(4), id="four"),
        pytest.param([CONFIRM, Option("b", "Twenty-one characters")], id="long title"),
        pytest.param([CONFIRM, Option("b", "B", description="with milk")], id="description"),
        pytest.param([CONFIRM, Option("b", "B", section="Drinks")], id="section"),
        pytest.param([Option("a", "Same"), Option("b", "same")], id="same title"),
        pytest.param([Option("a", "😀" * 11)], id="22 UTF-16 units"),
    ],
)
def test_what_does_not_fit_buttons_is_a_list(options):
    found = only(Bubble("What?", options=options, list_button="View"))
    assert found["type"] == "list"
    assert found["action"]["button"] == "View"
    assert [row["id"] for row in rows(found)] == [option.id for option in options]


def test_a_title_too_long_for_a_row_is_said_in_full_below():
    title = "Coffee with oat milk and cinnamon"
    (row,) = rows(only(Bubble("What?", options=[Option("a", title)])))
    assert row["title"].endswith("…")
    assert title.startswith(row["title"][:-1])
    assert row["description"] == title


def test_cuts_keep_signs_whole():
    family = "👨‍👩‍👧‍👦"
    (row,) = rows(only(Bubble("?", options=[Option("a", "x" * 15 + family + "y" * 9)])))
    assert row["title"] == "x" * 15 + "…"
    hindi = "कॉफ़ी और समोसा दो प्लेट चाय"
    (row,) = rows(only(Bubble("?", options=[Option("a", hindi)])))
    assert hindi.startswith(row["title"][:-1])


def test_sections_are_kept():
    options = [*numbered(2, section="Drinks"), Option("s", "Samosa", section="Snacks")]
    sections = only(Bubble("What?", options=options))["action"]["sections"]
    assert [section["title"] for section in sections] == ["Drinks", "Snacks"]


def test_the_same_id_twice_is_one_row():
    found = only(Bubble("What?", options=[*numbered(4), *numbered(4)]))
    assert len(rows(found)) == 4


def test_ten_options_need_no_second_page():
    assert len(rows(only(Bubble("What?", options=numbered(10), more="menu")))) == 10


@pytest.mark.parametrize("count", [11, 12, 18, 19, 20, 28, 29, 100])
def test_every_option_is_reached_page_by_page(count):
    met, page = [], 1
    while page:
        found = rows(only(Bubble("What?", options=numbered(count), more="menu", page=page)))
        led = read_more_id(found[-1]["id"])
        met += [row["id"] for row in found if not read_more_id(row["id"])]
        page = led[1] if led else None
    assert met == [option.id for option in numbered(count)]


def test_the_row_that_leads_on():
    found = only(Bubble("What?", options=numbered(11), more="catalogue", more_title="और"))
    assert rows(found)[-1] == {"id": "more:catalogue:2", "title": "और"}
    assert found["action"]["sections"][-1]["title"] == "और"


def test_a_page_beyond_the_last_is_the_last():
    found = only(Bubble("What?", options=numbered(11), more="menu", page=99))
    assert [row["id"] for row in rows(found)] == ["p9", "p10"]


def test_without_a_key_many_options_take_several_lists():
    made = said(Bubble("What?", options=numbered(21), list_button="View"))
    assert [len(rows(body["interactive"])) for body in made] == [10, 10, 1]
    assert [body["interactive"]["body"]["text"] for body in made] == ["What?", "View", "View"]


@pytest.mark.parametrize("key", ["menu", "a:b", "prod:2"])
def test_more_ids_are_read_back(key):
    assert read_more_id(more_id(key, 12)) == (key, 12)


@pytest.mark.parametrize("other", ["coffee", "more", "more:", "more:x", "more:x:y", "track:1"])
def test_other_ids_lead_to_no_page(other):
    assert read_more_id(other) is None


def test_a_long_text_is_said_before_its_question():
    lines = "\n".join(f"Samosa {number} × 2 = ₹80" for number in range(100))
    text, asked = said(Bubble(f"{lines}\n\nIs this correct?", options=[CONFIRM]))
    assert text["text"]["body"] == lines
    assert asked["interactive"]["body"]["text"] == "Is this correct?"


def test_a_long_text_without_paragraphs_is_parted_at_a_line():
    lines = "\n".join(f"Samosa {number} × 2 = ₹80" for number in range(100))
    text, asked = said(Bubble(lines, options=[CONFIRM]))
    assert f"{text['text']['body']}\n{asked['interactive']['body']['text']}" == lines


@pytest.mark.parametrize("seam", ["\n\n", "\n", " "])
def test_texts_above_the_limit_are_parted_where_they_pause(seam):
    whole = seam.join(["word" * 40] * 60)
    parts = [body["text"]["body"] for body in said(Bubble(whole))]
    assert len(parts) == 3
    assert seam.join(parts) == whole


def test_text_without_any_pause():
    parts = [body["text"]["body"] for body in said(Bubble("😀" * 5000))]
    assert "".join(parts) == "😀" * 5000


def test_an_id_that_cannot_be_sent_is_said_in_words():
    found = only(Bubble("What?", options=[CANCEL, Option("x" * 201, "Special")]))
    assert found["body"]["text"] == "What?\n\n• Special"
    assert only(Bubble("What?", options=[Option("", "Special")]))["body"] == "What?\n\n• Special"


def test_options_without_words():
    assert only(Bubble(options=[CANCEL]))["body"]["text"] == "…"
    assert only(Bubble(options=numbered(4), list_button="View"))["body"]["text"] == "View"


def test_header_and_footer():
    found = only(Bubble("B", options=[CANCEL], header="H", footer="F"))
    assert found["header"] == {"type": "text", "text": "H"}
    assert found["footer"] == {"text": "F"}


def test_header_and_footer_too_long_are_words():
    found = only(Bubble("B", options=[CANCEL], header="H" * 61, footer="F" * 61))
    assert "header" not in found
    assert "footer" not in found
    assert found["body"]["text"] == "\n\n".join(["H" * 61, "B", "F" * 61])


def test_header_and_footer_of_plain_text_are_words():
    assert only(Bubble("B", header="H", footer="F")) == {"body": "H\n\nB\n\nF"}


def test_a_picture_with_words():
    assert only(Bubble("Fresh!", image=PICTURE)) == {"link": PICTURE, "caption": "Fresh!"}
    assert only(Bubble(image=PICTURE)) == {"link": PICTURE}


def test_a_picture_with_many_words():
    picture, text = said(Bubble("w" * 1025, image=PICTURE))
    assert picture["image"] == {"link": PICTURE}
    assert text["text"]["body"] == "w" * 1025


def test_a_picture_above_buttons():
    found = only(Bubble("How many?", options=[CANCEL], image=PICTURE))
    assert found["header"] == {"type": "image", "image": {"link": PICTURE}}
    found = only(Bubble(image=PICTURE), Bubble("How many?", options=[CANCEL]))
    assert found["header"] == {"type": "image", "image": {"link": PICTURE}}


def test_a_picture_before_a_list():
    picture, asked = said(Bubble("What?", options=numbered(4), image=PICTURE, header="Top"))
    assert picture["image"] == {"link": PICTURE}
    assert asked["interactive"]["header"] == {"type": "text", "text": "Top"}


def test_several_pictures():
    other = "https://shop.example/tea.jpg"
    first, second = said(Bubble("A", image=PICTURE), Bubble("B", image=other))
    assert first["image"] == {"link": PICTURE}
    assert second["image"] == {"link": other, "caption": "A\n\nB"}


@pytest.mark.parametrize("address", ["coffee.jpg", "ftp://x/y", "javascript:alert(1)"])
def test_a_picture_that_nobody_can_fetch_is_left_out(address):
    assert only(Bubble("Fresh!", image=address)) == {"body": "Fresh!"}


def test_a_menu_with_a_picture_keeps_it():
    header = {"type": "video", "video": {"id": "77"}}
    assert only(Bubble(interactive={**MENU, "header": header}))["header"] == header


def test_a_menu_of_four_buttons_becomes_a_list():
    many = [*MENU["action"]["buttons"], {"type": "reply", "reply": {"id": "hours", "title": "H"}}]
    found = only(Bubble(interactive={**MENU, "action": {"buttons": many}}))
    assert [row["id"] for row in rows(found)] == ["track_order", "new_order", "support", "hours"]


def test_a_menu_of_eleven_rows_gets_pages():
    many = [{"id": str(number), "title": f"P{number}"} for number in range(11)]
    action = {"button": "View", "sections": [{"title": "All", "rows": many}]}
    found = only(Bubble(interactive={**CATALOGUE, "action": action}, more="product_catalog"))
    assert rows(found)[-1]["id"] == "more:product_catalog:2"


FLOW = {
    "type": "flow",
    "body": {"text": "Tell us"},
    "action": {
        "name": "flow",
        "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Open"},
    },
}


def test_other_types_go_out_as_written():
    (body,) = build_bodies([Bubble("Hello"), Bubble(interactive=FLOW)])
    assert body["interactive"] == {**FLOW, "body": {"text": "Hello\n\nTell us"}}


@pytest.mark.parametrize(
    "menu",
    [
        {**FLOW, "action": {}},
        {**FLOW, "type": "hologram"},
        {"body": {"text": "Tell us"}},
        {"type": "list", "body": {"text": "Tell us"}},
        {"type": "button", "body": {"text": "Tell us"}, "action": {"buttons": "none"}},
    ],
)
def test_of_a_menu_that_makes_no_sense_the_words_remain(menu):
    assert only(Bubble("Hello"), Bubble(interactive=menu)) == {"body": "Hello\n\nTell us"}


def test_what_the_database_refuses_is_left_out():
    assert only(Bubble("a\x00b\ud800", options=[Option("i\x00d", "t\udfff")]))["body"]["text"] == (
        "ab"
    )


TEXT = st.text(alphabet=st.characters() | st.sampled_from("ab \n😀👍🏽\u200d🇮🇳क्\u0301\ud83d\x00"))
LONG = TEXT | st.builds(lambda text, times: text * times, TEXT, st.integers(50, 900))
IDS = st.text(max_size=5) | st.text(min_size=190, max_size=260) | st.just("more:key:2")
OPTIONS = st.builds(
    Option,
    id=IDS,
    title=TEXT,
    description=st.none() | LONG,
    section=st.none() | TEXT | st.sampled_from(["Drinks", "Snacks"]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
REPLIES = st.fixed_dictionaries({}, optional={"id": IDS, "title": TEXT, "description": LONG})
MENUS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["button", "list", "flow", "carousel", "?"]) | JSON,
        "header": st.fixed_dictionaries({"type": st.just("text"), "text": TEXT})
        | st.fixed_dictionaries({"type": st.just("image"), "image": JSON})
        | JSON,
        "body": st.fixed_dictionaries({"text": LONG}) | JSON,
        "footer": st.fixed_dictionaries({"text": TEXT}) | JSON,
        "action": JSON
        | st.fixed_dictionaries(
            {},
            optional={
                "button": TEXT,
                "buttons": st.lists(st.fixed_dictionaries({"reply": REPLIES}), max_size=5) | JSON,
                "sections": st.lists(
                    st.fixed_dictionaries({"title": TEXT, "rows": st.lists(REPLIES, max_size=8)}),
                    max_size=3,
                )
                | JSON,
            },
        ),
    },
)
BUBBLES = st.builds(
    Bubble,
    text=LONG,
    options=st.lists(OPTIONS, max_size=4) | st.lists(OPTIONS, max_size=25),
    list_button=st.none() | TEXT,
    header=st.none() | TEXT | LONG,
    footer=st.none() | TEXT | LONG,
    image=st.none() | st.sampled_from([PICTURE, "nowhere"]),
    interactive=st.none() | MENUS,
    more=st.none() | st.sampled_from(["key", "k" * 300, " "]) | TEXT,
    more_title=TEXT,
    page=st.integers(-2, 9),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(BUBBLES, max_size=4))
def test_whatever_is_said_meta_accepts_it(bubbles):
    for body in build_bodies(bubbles):
        if body["type"] != "interactive" or body["interactive"]["type"] in ("button", "list"):
            meta.accepts(body)


def squeezed(text):
    return "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="ab \n😀क्"), max_size=4), st.integers(1, 900), st.booleans())
def test_no_words_are_lost(texts, times, asks):
    options = [CONFIRM] if asks else []
    made = said(*(Bubble(text * times, options=options) for text in texts))
    shown = [
        body["text"]["body"] if body["type"] == "text" else body["interactive"]["body"]["text"]
        for body in made
    ]
    whole = squeezed("".join(text * times for text in texts))
    assert squeezed("".join(shown)) == (whole or ("…" if made else ""))


@settings(max_examples=200, deadline=None)
@given(st.lists(OPTIONS, max_size=40), st.sampled_from([None, "key"]))
def test_no_option_is_lost(options, key):
    shown, page = "", 1
    ids = set()
    while page:
        made = said(Bubble("What?", options=options, more=key, page=page))
        page = None
        for body in made:
            shown += str(body)
            for found in taps(body):
                led = read_more_id(found)
                page = led[1] if led and led[0] == key and led[1] > 1 and not page else page
                ids.add(found)
        if any(option.id.strip().startswith("more:") for option in options):
            return
    for option in options:
        wanted = "".join(c for c in option.id if c != "\x00" and not "\ud800" <= c <= "\udfff")
        if 0 < meta.units(wanted.strip()) <= 200:
            assert wanted.strip() in ids


def taps(body):
    if body["type"] != "interactive":
        return []
    action = body["interactive"]["action"]
    replies = [button["reply"]["id"] for button in action.get("buttons", [])]
    return replies + [row["id"] for s in action.get("sections", []) for row in s["rows"]]


SUMMARY = "📋 Order Summary:\nCoffee × 2 = ₹240\n\nIs this correct?"


def test_line_breaks_stay_where_they_are():
    found = only(Bubble("We open at 8.\nWe close at 22."), Bubble(SUMMARY, options=[CONFIRM]))
    assert found["body"]["text"] == f"We open at 8.\nWe close at 22.\n\n{SUMMARY}"


@pytest.mark.parametrize("seam", ["\n\n", "\n"])
def test_what_is_too_long_is_divided_between_lines(seam):
    lines = "\n".join(f"Product {number} × 2 = ₹240" for number in range(60))
    before, asking = said(Bubble(f"{lines}{seam}Is this correct?", options=[CONFIRM]))
    told, asked = before["text"]["body"], asking["interactive"]["body"]["text"]
    parts = [*told.split("\n"), *asked.split("\n")]
    assert parts == [*lines.split("\n"), "Is this correct?"]


@pytest.mark.parametrize(
    ("interactive", "words"),
    [
        (
            MENU,
            "Welcome! How can we help you today?\n\n• Track Order\n• Place Order\n• Get Support",
        ),
        (
            CATALOGUE,
            "Our menu\n\n🛍️ What would you like to order?\n\nPrices in rupees\n\n• Coffee\n• Samosa",
        ),
    ],
)
def test_a_menu_in_plain_words_keeps_its_layout(interactive, words):
    plain = as_text({"type": "interactive", "interactive": interactive})
    assert plain is not None
    assert plain["text"]["body"] == words
