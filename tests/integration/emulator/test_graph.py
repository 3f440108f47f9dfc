"""The Graph API at the door: tokens, versions, numbers, answers, the window."""

import time

import pytest
import requests

from tests.integration.emulator.world import ASHA, NUMBER, TOKEN, eventually

TEXT = {"messaging_product": "whatsapp", "to": ASHA, "type": "text", "text": {"body": "Hello"}}


def test_an_accepted_message_names_the_phone_and_gives_an_id(talking):
    answer = talking.graph(TEXT | {"to": "+91 98000 00001"})
    assert answer.status_code == 200
    body = answer.json()
    assert body["contacts"] == [{"input": "+91 98000 00001", "wa_id": ASHA}]
    assert body["messages"][0]["id"].startswith("wamid.")


@pytest.mark.parametrize(
    "header",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}, {"Authorization": ""}],
)
def test_without_the_token_nothing_is_said_about_anything_else(phone, header):
    answer = phone.graph({"nonsense": 1}, number="1", headers=header)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == 190


def test_a_foreign_number_is_an_unknown_object(phone):
    answer = phone.graph(TEXT, number="999")
    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["code"], error["error_subcode"]) == (100, 33)
    assert error["type"] == "GraphMethodException"


@pytest.mark.parametrize("version", ["v22.0", "v24.0", "23.0"])
def test_only_the_version_agreed_on(phone, version):
    answer = phone.graph(TEXT, version=version)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == 2500


def test_another_path_is_unknown(phone):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = requests.post(f"{phone.url}/v23.0/{NUMBER}/message", json=TEXT, headers=headers)
    assert answer.json()["error"]["code"] == 2500


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b"\xff", b'"text"', b"[" * 100_000])
def test_a_body_that_is_no_object_lacks_everything(phone, raw):
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    answer = requests.post(f"{phone.url}/v23.0/{NUMBER}/messages", data=raw, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].endswith("messaging_product is required.")


def test_a_refusal_carries_code_and_details_and_is_in_the_log(talking, shop):
    before = len(talking.chat()["messages"])
    button = {"type": "reply", "reply": {"id": "a", "title": "x" * 21}}
    content = {"type": "button", "body": {"text": "?"}, "action": {"buttons": [button]}}
    error = talking.send("interactive", content).json()["error"]
    assert error["message"] == "(#131009) Parameter value is not valid"
    details = "Button title length invalid. Min length: 1, Max length: 20"
    assert error["error_data"] == {"messaging_product": "whatsapp", "details": details}
    assert error["fbtrace_id"]
    logged = talking.control("GET", "/requests?refused=true")["requests"]
    assert [(entry["code"], entry["details"]) for entry in logged] == [(131009, details)]
    assert len(talking.chat()["messages"]) == before


def test_who_has_not_written_gets_nothing(phone, shop):
    sent = phone.sends("Hello")
    failed = phone.reached(sent, "failed")
    assert failed["error"]["code"] == 131047
    status = eventually(lambda: [s for s in shop.statuses if s["id"] == sent])[0]
    assert status["status"] == "failed"
    assert status["errors"][0]["title"] == "Re-engagement message"
    assert "recipient_user_id" not in status
    assert "contacts" not in shop.webhooks[-1].values[0]
    assert phone.chat()["messages"] == []


def test_the_window_closes_after_a_day_and_opens_with_a_word(talking):
    talking.control("POST", f"/customers/{ASHA}/clock", {"hours": 25})
    assert talking.reached(talking.sends("Too late"), "failed")["error"]["code"] == 131047
    talking.says({"text": "hello again"})
    talking.reached(talking.sends("In time"), "read")


def test_a_template_opens_no_window_and_needs_none(phone, shop):
    content = {"name": "hello_world", "language": {"code": "en_US"}}
    sent = phone.send("template", content).json()["messages"][0]["id"]
    phone.reached(sent, "read")
    assert phone.chat()["messages"][0]["text"].startswith("Welcome")
    assert phone.reached(phone.sends("And now?"), "failed")["error"]["code"] == 131047


def test_a_tap_on_a_template_is_a_button_message(phone, shop):
    quick = [{"type": "quick_reply", "text": "Stop"}]
    template = {"name": "news", "language": "en", "body": "News!", "buttons": quick}
    phone.control("POST", "/templates", template)
    phone.send("template", {"name": "news", "language": {"code": "en"}})
    phone.says({"tap": "Stop"})
    tapped = eventually(lambda: shop.messages)[0]
    assert tapped["type"] == "button"
    assert tapped["button"] == {"payload": "Stop", "text": "Stop"}


def test_a_number_that_nobody_has_is_undeliverable(phone, shop):
    sent = phone.sends("Hello", "919899999999")
    status = eventually(lambda: [s for s in shop.statuses if s["id"] == sent])[0]
    assert status["errors"][0]["code"] == 131026


def test_the_pair_rate_ends_a_burst(talking):
    refused_after_a_burst(talking)
    talking.control("POST", f"/customers/{ASHA}/clock", {"minutes": 5})
    refused_after_a_burst(talking)
    talking.control("PATCH", "/rules", {"pair_rate": False})
    assert talking.graph(TEXT).status_code == 200


def refused_after_a_burst(talking):
    """45 messages are taken at once, and one more for every six seconds that they took."""
    began = time.monotonic()
    taken = 0
    while (answer := talking.graph(TEXT)).status_code == 200:
        taken += 1
        assert taken <= 45 + (time.monotonic() - began) / 6
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 131056)
    assert taken >= 45


def test_somebody_with_a_user_id_alone(phone, shop):
    meera = phone.control("POST", "/customers", {"phone": None, "name": "Meera"})
    user_id = meera["user_id"]
    assert meera["phone"] is None
    phone.says({"text": "hi"}, user_id)
    value = eventually(lambda: shop.webhooks)[0].values[0]
    assert value["messages"][0]["from_user_id"] == user_id
    assert "from" not in value["messages"][0]
    assert "wa_id" not in value["contacts"][0]
    answer = phone.graph(
        {"messaging_product": "whatsapp", "recipient": user_id, "text": {"body": "Hello"}}
    )
    assert answer.json()["contacts"] == [{"input": user_id, "user_id": user_id}]
    phone.reached(answer.json()["messages"][0]["id"], "read", user_id)
    statuses = eventually(lambda: shop.statuses)
    assert {each["recipient_user_id"] for each in statuses} == {user_id}
    assert not any("recipient_id" in each for each in statuses)


def test_a_number_shown_later_belongs_to_the_same_customer(phone, shop):
    user_id = phone.control("POST", "/customers", {"phone": None})["user_id"]
    phone.control("POST", f"/customers/{user_id}/number", {"phone": "919811100001"})
    phone.says({"text": "hi"}, user_id)
    message = eventually(lambda: shop.messages)[0]
    assert (message["from"], message["from_user_id"]) == ("919811100001", user_id)
    phone.control("POST", f"/customers/{user_id}/number", {"phone": None})
    phone.says({"text": "hidden"}, user_id)
    assert "from" not in eventually(lambda: shop.messages[1:])[0]


def test_a_changed_number_is_told_by_a_system_message(talking, shop):
    talking.control("POST", f"/customers/{ASHA}/number", {"phone": "919811100002"})
    system = eventually(lambda: [m for m in shop.messages if m["type"] == "system"])[0]
    assert system["from"] == ASHA
    assert system["system"]["wa_id"] == "919811100002"
    assert "contacts" not in shop.webhooks[-1].values[0]
    talking.control("GET", f"/customers/{ASHA}", status=404)
    assert talking.chat("919811100002")["messages"][0]["text"] == "hi"


def test_reactions_show_on_their_bubble_and_are_only_sent(talking, shop):
    target = talking.chat()["messages"][0]["id"]
    answer = talking.send("reaction", {"message_id": target, "emoji": "👍"})
    sent = answer.json()["messages"][0]["id"]
    talking.reached(sent, "sent")
    assert talking.chat()["messages"][0]["reactions"] == {"shop": "👍"}
    wrong = talking.send("reaction", {"message_id": "wamid.none", "emoji": "👍"})
    assert talking.reached(wrong.json()["messages"][0]["id"], "failed")["error"]["code"] == 131009
    assert shop.steps_of(sent) == ["sent"]


def test_reading_marks_earlier_ones_too_and_wants_a_real_id(talking, shop):
    second = talking.says({"text": "anybody there?"})["id"]
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": second}
    assert talking.graph(receipt).json() == {"success": True}
    assert [m["status"] for m in talking.chat()["messages"]] == ["read", "read"]
    wrong = talking.graph(receipt | {"message_id": "wamid.none"})
    assert wrong.json()["error"]["code"] == 131009
    own = talking.sends("Hello")
    assert talking.graph(receipt | {"message_id": own}).json()["error"]["code"] == 131009


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ({"reads": False}, ["sent", "delivered"]),
        ({"watching": True}, ["sent", "read"]),
        ({"online": False}, ["sent"]),
    ],
    ids=["does not read", "has the chat open", "is offline"],
)
def test_how_far_a_message_comes(talking, shop, state, steps):
    talking.control("PATCH", f"/customers/{ASHA}", state)
    sent = talking.sends("Hello")
    talking.reached(sent, steps[-1])
    eventually(lambda: shop.steps_of(sent) == steps)
    back = {"reads": True, "watching": False, "online": True}
    talking.control("PATCH", f"/customers/{ASHA}", back)
    talking.reached(sent, "read")
    assert talking.chat()["messages"][-1]["text"] == "Hello"
