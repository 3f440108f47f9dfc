"""Everything that a customer can do, as the shop gets it."""

import json

import pytest
import requests

from tests.integration.emulator.world import ASHA, NUMBER, TOKEN, eventually

BEARER = {"Authorization": f"Bearer {TOKEN}"}


def told(phone, shop, said: dict) -> dict:
    wamid = phone.says(said)["id"]
    return eventually(lambda: [m for m in shop.messages if m["id"] == wamid])[0]


@pytest.mark.parametrize(
    ("kind", "node", "mime"),
    [
        ("image", "image", "image/jpeg"),
        ("video", "video", "video/mp4"),
        ("audio", "audio", "audio/ogg; codecs=opus"),
        ("voice", "audio", "audio/ogg; codecs=opus"),
        ("sticker", "sticker", "image/webp"),
        ("document", "document", "text/plain"),
    ],
)
def test_media(phone, shop, kind, node, mime):
    message = told(phone, shop, {kind: True})
    assert message["type"] == node
    assert message[node]["mime_type"] == mime
    assert message[node].get("voice", False) == (kind == "voice")
    link = requests.get(f"{phone.url}/v23.0/{message[node]['id']}", headers=BEARER).json()
    assert link["mime_type"] == mime.partition(";")[0]
    data = requests.get(link["url"], headers=BEARER)
    assert len(data.content) == link["file_size"] > 0


def test_a_download_needs_the_token_and_a_link_that_lives(phone, shop):
    message = told(phone, shop, {"image": True, "caption": "this one?"})
    assert message["image"]["caption"] == "this one?"
    link = requests.get(f"{phone.url}/v23.0/{message['image']['id']}", headers=BEARER).json()
    assert requests.get(link["url"]).status_code == 401
    assert requests.get(phone.url + "/media/1", headers=BEARER).status_code == 404
    unknown = requests.get(f"{phone.url}/v23.0/123456", headers=BEARER)
    assert unknown.json()["error"]["error_subcode"] == 33


def test_an_upload_of_the_shop_can_be_sent(talking):
    answer = requests.post(
        f"{talking.url}/v23.0/{NUMBER}/media",
        headers=BEARER,
        data={"messaging_product": "whatsapp", "type": "image/png"},
        files={"file": ("a.png", b"\x89PNG\r\n\r\nrest", "image/png")},
    )
    media = answer.json()["id"]
    shown = requests.get(f"{talking.url}/emulator/media/{media}")
    assert shown.content == b"\x89PNG\r\n\r\nrest"
    sent = talking.send("image", {"id": media}).json()["messages"][0]["id"]
    talking.reached(sent, "read")
    wrong = talking.send("video", {"id": media}).json()["messages"][0]["id"]
    assert talking.reached(wrong, "failed")["error"]["code"] == 131053


@pytest.mark.parametrize(
    ("data", "files"),
    [
        pytest.param({}, {"file": ("a", b"x", "image/png")}, id="no product"),
        pytest.param({"messaging_product": "whatsapp"}, {"other": ("a", b"x")}, id="no file"),
        pytest.param(
            {"messaging_product": "whatsapp", "type": "image/webp"},
            {"file": ("a", b"x" * 600_000, "image/webp")},
            id="too large",
        ),
    ],
)
def test_an_upload_is_refused(phone, data, files):
    answer = requests.post(
        f"{phone.url}/v23.0/{NUMBER}/media", headers=BEARER, data=data, files=files
    )
    assert answer.status_code == 400


def test_the_place_that_was_asked_for_points_at_the_question(talking, shop):
    content = {
        "type": "location_request_message",
        "body": {"text": "Where?"},
        "action": {"name": "send_location"},
    }
    asked = talking.send("interactive", content).json()["messages"][0]["id"]
    message = told(talking, shop, {"location": {"latitude": 1.5, "longitude": 2}})
    assert message["location"] == {"latitude": 1.5, "longitude": 2}
    assert message["context"]["id"] == asked


def test_a_contact_card(phone, shop):
    message = told(phone, shop, {"contact": {"name": "Meera", "phone": "919800000009"}})
    assert message["contacts"][0]["name"]["formatted_name"] == "Meera"
    assert message["contacts"][0]["phones"][0]["phone"] == "919800000009"


def test_a_reaction_and_its_end(talking, shop):
    bubble = talking.sends("Hello")
    given = told(talking, shop, {"reaction": "👍"})
    assert given["reaction"] == {"message_id": bubble, "emoji": "👍"}
    assert talking.chat()["messages"][-1]["reactions"] == {"customer": "👍"}
    taken = told(talking, shop, {"reaction": "", "on": bubble})
    assert taken["reaction"] == {"message_id": bubble}


def test_a_cart(phone, shop):
    item = {"product_retailer_id": "coffee", "quantity": 2, "item_price": 120}
    message = told(phone, shop, {"order": [item], "name": "Asha"})
    assert message["order"]["product_items"] == [item | {"currency": "INR"}]


@pytest.mark.parametrize("answer", [{"name": "Asha"}, "not json"])
def test_a_flow_answer(talking, shop, answer):
    message = told(talking, shop, {"flow": answer})
    raw = message["interactive"]["nfm_reply"]["response_json"]
    assert raw == (answer if isinstance(answer, str) else json.dumps(answer))


def test_a_quotation(talking, shop):
    bubble = talking.sends("Hello")
    assert told(talking, shop, {"text": "yes", "quote": bubble})["context"]["id"] == bubble


def test_a_raw_message_is_sent_as_it_is(phone, shop):
    raw = {"type": "unsupported", "errors": [{"code": 131051}], "timestamp": "1700000000"}
    message = told(phone, shop, {"message": raw})
    assert message["timestamp"] == "1700000000"
    assert message["errors"] == [{"code": 131051}]
    assert message["from"] == ASHA


@pytest.mark.parametrize(
    "raw",
    [
        {"type": "text"},
        {"type": "text", "text": "no object", "context": []},
        {"type": "interactive", "interactive": None},
        {"type": "contacts", "contacts": {}},
        {"type": "template", "template": []},
        {"type": "location", "location": {"latitude": "x"}},
    ],
)
def test_raw_messages_of_any_shape_can_be_sent_and_shown(phone, shop, raw):
    assert told(phone, shop, {"message": raw})["type"] == raw["type"]
    assert phone.chat()["messages"][0]["type"] == raw["type"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"text": "a", "image": True},
        {"txt": "a"},
        {"message": {"text": "no type"}},
        {"message": []},
        {"location": 1},
        {"contact": "x"},
        {"order": 1},
    ],
)
def test_what_nobody_can_do_is_refused_in_words(phone, said):
    assert phone.says(said, status=400)["error"]


@pytest.mark.parametrize(
    "said", [{"tap": "x"}, {"reaction": "x"}, {"image": "1"}, {"tap": "x", "on": "y"}]
)
def test_what_is_not_there_is_not_found(phone, said):
    assert phone.says(said, status=404)["error"]


def test_nobody_is_invented_for_a_user_id(phone):
    phone.says({"text": "hi"}, "IN.unknown", status=404)


def test_two_customers_cannot_share_a_number(phone):
    phone.control("POST", "/customers", {"phone": "+" + ASHA}, status=409)
    first = phone.control("POST", "/customers", {})
    second = phone.control("POST", "/customers", {})
    assert first["phone"] != second["phone"]
