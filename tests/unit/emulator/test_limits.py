"""One passing and one refused message for each of Meta's limits.

Refusals are quoted as Meta words them where its words are on record.
"""

from typing import Any

import pytest

from emulator.checks.envelope import check_message
from emulator.checks.receipt import check_receipt
from emulator.errors import GraphError

SHOP = "911140000100"
Refused = tuple[int, str]


def text(body: Any = "hi", **more: Any) -> dict:
    return {"type": "text", "text": {"body": body, **more}}


def interactive(kind: str, action: Any, **more: Any) -> dict:
    content = {"type": kind, "body": {"text": "Choose"}, "action": action} | more
    return {"type": "interactive", "interactive": content}


def button(title: str = "Yes", identifier: str = "yes", **more: Any) -> dict:
    return {"type": "reply", "reply": {"id": identifier, "title": title, **more}}


def buttons(*given: dict, **more: Any) -> dict:
    return interactive("button", {"buttons": list(given or (button(),))}, **more)


def row(identifier: str = "coffee", title: str = "Coffee", **more: Any) -> dict:
    return {"id": identifier, "title": title, **more}


def rows(count: int, start: int = 0) -> list[dict]:
    return [row(f"id {n}", f"Row {n}") for n in range(start, start + count)]


def section(*given: dict, title: str | None = "Drinks") -> dict:
    found = {"rows": list(given or (row(),))}
    return found if title is None else found | {"title": title}


def menu(*sections: dict, label: str = "View", **more: Any) -> dict:
    return interactive(
        "list", {"button": label, "sections": list(sections or (section(),))}, **more
    )


def link(label: str = "Open", url: str = "https://example.com", **more: Any) -> dict:
    return interactive(
        "cta_url", {"name": "cta_url", "parameters": {"display_text": label, "url": url}}, **more
    )


def flow(**changes: Any) -> dict:
    parameters = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Book"} | changes
    kept = {key: value for key, value in parameters.items() if value is not None}
    return interactive("flow", {"name": "flow", "parameters": kept})


def media(kind: str, **content: Any) -> dict:
    return {"type": kind, kind: content or {"link": "https://example.com/a"}}


def place(**content: Any) -> dict:
    return {"type": "location", "location": content}


def contacts(count: int = 1, **more: Any) -> dict:
    card = {"name": {"formatted_name": "Asha"}} | more
    return {"type": "contacts", "contacts": [card] * count}


def reaction(**content: Any) -> dict:
    return {"type": "reaction", "reaction": content}


def template(**changes: Any) -> dict:
    return {"type": "template", "template": {"name": "a", "language": {"code": "en"}} | changes}


BODY = "Body text length invalid. Min length: 1, Max length: 1024"
BUTTON = "Button title length invalid. Min length: 1, Max length: 20"
COUNT = "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"
FOOTER = "Footer text length invalid. Min length: 0, Max length: 60"
LABEL = "Button label is too long. Max length is 20"
ROWS = "Total row count exceed max allowed count: 10"
LONG_TEXT = "(#100) Param text['body'] must be at most 4096 characters long."
NO_BODY = "(#100) The parameter interactive['body']['text'] is required."
OF_TWENTY_ONE = "ç" * 21

# (what it is about, one that passes, one that is refused, the code, words of the refusal)
CASES: list[tuple[str, dict, dict, int, str]] = [
    ("text: 4096", text("x" * 4096), text("x" * 4097), 100, LONG_TEXT),
    ("text: counts code points", text("😀" * 4096), text("😀" * 4097), 100, LONG_TEXT),
    ("text: not empty", text(), text(""), 100, "The parameter text['body'] is required."),
    ("text: a string", text(), text(7), 100, "Param text['body'] must be a string."),
    ("text: known keys", text(), text(bold=True), 100, 'Unexpected key "bold" on param "text".'),
    ("text: preview_url", text(preview_url=True), text(preview_url="yes"), 100, "a boolean"),
    ("button: at most 3", buttons(*[button(str(n), str(n)) for n in range(3)]),
     buttons(*[button(str(n), str(n)) for n in range(4)]), 131009, COUNT),
    ("button: at least 1", buttons(), interactive("button", {"buttons": []}), 131009, COUNT),
    ("button: title 20", buttons(button("x" * 20)), buttons(button("x" * 21)), 131009, BUTTON),
    ("button: code points", buttons(button("ç" * 20)), buttons(button(OF_TWENTY_ONE)), 131009,
     BUTTON),
    ("button: title not empty", buttons(), buttons(button("")), 131009, BUTTON),
    ("button: titles differ", buttons(button("A", "1"), button("B", "2")),
     buttons(button("A", "1"), button("A", "2")), 131009, "Duplicated button title"),
    ("button: ids differ", buttons(button("A", "1"), button("B", "2")),
     buttons(button("A", "1"), button("B", "1")), 131009, "Duplicated button reply id"),
    ("button: id 256", buttons(button(identifier="x" * 256)),
     buttons(button(identifier="x" * 257)), 131009, "Button reply id length invalid"),
    ("button: id without blanks", buttons(button(identifier="a b")),
     buttons(button(identifier=" ab")), 131009, "leading or trailing spaces"),
    ("button: known keys", buttons(), buttons(button(icon="x")), 100, 'Unexpected key "icon"'),
    ("button: only replies", buttons(), buttons(button() | {"type": "url"}), 100, "one of {reply}"),
    ("body: 1024", buttons(body={"text": "x" * 1024}), buttons(body={"text": "x" * 1025}), 131009,
     BODY),
    ("body: not empty", buttons(), buttons(body={"text": ""}), 131009, BODY),
    ("body: required", buttons(), buttons(body={}), 100, NO_BODY),
    ("header: text 60", buttons(header={"type": "text", "text": "x" * 60}),
     buttons(header={"type": "text", "text": "x" * 61}), 131009, "Header text length invalid"),
    ("header: media by link", buttons(header={"type": "image", "image": {"link": "https://a/b"}}),
     buttons(header={"type": "image", "image": {"link": "file:///a"}}), 131009, "must start with"),
    ("header: kinds", buttons(header={"type": "video", "video": {"id": "1"}}),
     buttons(header={"type": "audio", "audio": {"id": "1"}}), 100, "header"),
    ("footer: 60", buttons(footer={"text": "x" * 60}), buttons(footer={"text": "x" * 61}), 131009,
     FOOTER),
    ("list: label 20", menu(label="x" * 20), menu(label="x" * 21), 131009, LABEL),
    ("list: label not empty", menu(), menu(label=""), 131009, "Button label length invalid"),
    ("list: body 1024, not 4096", menu(body={"text": "x" * 1024}),
     menu(body={"text": "x" * 1025}), 131009, BODY),
    ("list: 10 rows in all", menu(section(*rows(5)), section(*rows(5, 5), title="Snacks")),
     menu(section(*rows(6)), section(*rows(5, 6), title="Snacks")), 131009, ROWS),
    ("list: 10 rows in one section", menu(section(*rows(10))), menu(section(*rows(11))), 131009,
     ROWS),
    ("list: 10 sections", menu(*[section(each, title=each["id"]) for each in rows(10)]),
     menu(*[section(each, title=each["id"]) for each in rows(11)]), 131009,
     "Invalid sections count"),
    ("list: no section", menu(), interactive("list", {"button": "View", "sections": []}), 131009,
     "Invalid sections count"),
    ("list: empty section", menu(), menu({"title": "Drinks", "rows": []}), 131009, "no rows"),
    ("list: titles of several sections",
     menu(section(row("a")), section(row("b"), title="Snacks")),
     menu(section(row("a")), section(row("b"), title=None)), 131009, "Section title is required"),
    ("list: title of a single section", menu(section(title=None)), menu(section(title="x" * 25)),
     131009, "Section title is too long. Max length is 24"),
    ("list: row id 200", menu(section(row("x" * 200))), menu(section(row("x" * 201))), 131009,
     "Row id is too long. Max length is 200"),
    ("list: row ids differ", menu(section(row("a"), row("b"))), menu(section(row("a"), row("a"))),
     131009, "Duplicated row id"),
    ("list: row title 24", menu(section(row(title="x" * 24))), menu(section(row(title="x" * 25))),
     131009, "Row title is too long. Max length is 24"),
    ("list: description 72", menu(section(row(description="x" * 72))),
     menu(section(row(description="x" * 73))), 131009, "Row description is too long"),
    ("list: header is text", menu(header={"type": "text", "text": "Menu"}),
     menu(header={"type": "image", "image": {"id": "1"}}), 100, "header"),
    ("list: known keys", menu(), menu(section(row(price="120"))), 100, 'Unexpected key "price"'),
    ("link: label 20", link("x" * 20), link("x" * 21), 131009, "Button display text length"),
    ("link: address", link(), link(url="javascript:alert(1)"), 131009, "http:// or https://"),
    ("place request: no header",
     interactive("location_request_message", {"name": "send_location"}),
     interactive("location_request_message", {"name": "send_location"}, footer={"text": "x"}), 100,
     'Unexpected key "footer"'),
    ("flow: label 30", flow(flow_cta="x" * 30), flow(flow_cta="x" * 31), 131009, "Flow CTA"),
    ("flow: id or name", flow(flow_id=None, flow_name="book"), flow(flow_name="book"), 100,
     "Exactly one of"),
    ("flow: version", flow(), flow(flow_message_version="2"), 100, "flow_message_version"),
    ("flow: data", flow(flow_action="navigate", flow_action_payload={"screen": "A"}),
     flow(flow_action_payload={"screen": "A", "data": {}}), 131009, "non-empty"),
    ("interactive: known types", buttons(), interactive("slider", {}), 100, "must be one of"),
    ("image: link or id", media("image", id="1"), media("image", id="1", link="https://a/b"), 100,
     "Exactly one of"),
    ("image: caption 1024", media("image", id="1", caption="x" * 1024),
     media("image", id="1", caption="x" * 1025), 131009, "Caption length invalid"),
    ("audio: no caption", media("audio", id="1", voice=True), media("audio", id="1", caption="x"),
     100, 'Unexpected key "caption"'),
    ("sticker: no caption", media("sticker", id="1"), media("sticker", id="1", caption="x"), 100,
     'Unexpected key "caption"'),
    ("document: filename", media("document", id="1", filename="a.pdf"),
     media("video", id="1", filename="a.mp4"), 100, 'Unexpected key "filename"'),
    ("place: both degrees", place(latitude=1, longitude="77.2"), place(latitude=1), 100,
     "location['longitude'] is required"),
    ("place: on this globe", place(latitude=90, longitude=180), place(latitude=91, longitude=0),
     131009, "between"),
    ("place: numbers", place(latitude=1.5, longitude=2), place(latitude="north", longitude=2), 100,
     "must be a number"),
    ("contacts: at most 5", contacts(5), contacts(6), 131009, "Invalid contacts count"),
    ("contacts: a name", contacts(), contacts(name={"first_name": "A"}), 100, "formatted_name"),
    ("contacts: birthday", contacts(birthday="1990-01-31"), contacts(birthday="31.1.1990"), 131009,
     "YYYY-MM-DD"),
    ("reaction: taken back", reaction(message_id="wamid.1", emoji=""),
     reaction(message_id="wamid.1"), 100, "reaction['emoji'] is required"),
    ("reaction: quotes nothing", reaction(message_id="wamid.1", emoji="👍"),
     reaction(message_id="w", emoji="👍") | {"context": {"message_id": "w"}}, 100, "context"),
    ("template: language", template(), template(language="en"), 100, "must be a JSON object"),
    ("template: name 512", template(name="x" * 512), template(name="x" * 513), 131009, "too long"),
    ("template: components", template(components=[{"type": "body", "parameters": []}]),
     template(components=[{"type": "tail"}]), 100, "must be one of"),
    ("type: absent means text", {"text": {"body": "hi"}}, {}, 100,
     "The parameter text is required"),
    ("type: known", text(), {"type": "poll", "poll": {}}, 100, "Param type must be one of"),
    ("one type alone", text(), text() | {"image": {"id": "1"}}, 100, 'Unexpected key "image"'),
    ("context: an id", text() | {"context": {"message_id": "wamid.1"}},
     text() | {"context": {"id": "wamid.1"}}, 100, "context"),
    ("callback data 512", text() | {"biz_opaque_callback_data": "x" * 512},
     text() | {"biz_opaque_callback_data": "x" * 513}, 100, "at most 512"),
    ("unknown keys", text(), text() | {"priority": 1}, 100, 'Unexpected key "priority"'),
    ("to: with and without plus", text() | {"to": "+91 98000-00001"}, text() | {"to": "asha"},
     131009, "to is not a valid phone number"),
    ("to: a string", text(), text() | {"to": 919800000001}, 100, "Param to must be a string."),
    ("to: not the shop itself", text(), text() | {"to": "+" + SHOP}, 131021, "cannot be sender"),
    ("recipient_type", text() | {"recipient_type": "individual"},
     text() | {"recipient_type": "everyone"}, 100, "recipient_type"),
    ("messaging_product", text(), text() | {"messaging_product": "sms"}, 100, "messaging_product"),
]  # fmt: skip


def envelope(message: dict) -> dict:
    return {"messaging_product": "whatsapp", "to": "919800000001"} | message


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_passes_at_the_limit(case):
    check_message(envelope(case[1]), sender=SHOP)


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_is_refused_beyond_it(case):
    _, _, refused, code, words = case
    with pytest.raises(GraphError) as raised:
        check_message(envelope(refused), sender=SHOP)
    assert raised.value.code == code
    assert words in str(raised.value)


def test_a_user_id_takes_the_place_of_the_phone():
    message = {"messaging_product": "whatsapp", "recipient": "IN.1234"} | text()
    assert check_message(message, sender=SHOP).user_id == "IN.1234"


def test_to_wins_over_recipient():
    outgoing = check_message(envelope(text()) | {"recipient": "nonsense"}, sender=SHOP)
    assert (outgoing.phone, outgoing.user_id) == ("919800000001", None)


@pytest.mark.parametrize("recipient", ["919800000001", "in.1", "IN.", "IN.a-b", "IN." + "1" * 129])
def test_a_user_id_has_a_form(recipient):
    with pytest.raises(GraphError, match="business-scoped"):
        check_message(
            {"messaging_product": "whatsapp", "recipient": recipient} | text(), sender=SHOP
        )


def test_somebody_must_be_named():
    with pytest.raises(GraphError, match="The parameter to is required"):
        check_message({"messaging_product": "whatsapp"} | text(), sender=SHOP)


READ = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}


def test_a_receipt_says_whether_to_show_typing():
    assert check_receipt(READ) == ("wamid.1", False)
    assert check_receipt(READ | {"typing_indicator": {"type": "text"}}) == ("wamid.1", True)


@pytest.mark.parametrize(
    "change",
    [{"status": "delivered"}, {"typing_indicator": {"type": "audio"}}, {"to": "1"}, {"type": "x"}],
)
def test_a_receipt_is_strict(change):
    with pytest.raises(GraphError):
        check_receipt(READ | change)
