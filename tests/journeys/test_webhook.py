"""The webhook as Meta, and as an attacker, meets it."""

import hashlib
import hmac
import json
import time
from typing import Any

import pytest
import requests

from tests.journeys.play import Customer
from tests.journeys.stack import APP_SECRET, VERIFY_TOKEN, Stack


def post(stack: Stack, raw: bytes, signature: str | bytes | None) -> int:
    headers: dict[str, Any] = {"Content-Type": "application/json"}
    if signature is not None:
        headers["X-Hub-Signature-256"] = signature
    return requests.post(stack.webhook, data=raw, headers=headers, timeout=60).status_code


def signed(raw: bytes, secret: str = APP_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def message(text: str, message_id: str) -> bytes:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1", "phone_number_id": "100000000000001"},
        "contacts": [{"profile": {"name": "Mallory"}, "wa_id": "919811111111"}],
        "messages": [
            {
                "from": "919811111111",
                "id": message_id,
                "timestamp": str(int(time.time())),
                "type": "text",
                "text": {"body": text},
            }
        ],
    }
    change = {"field": "messages", "value": value}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    ).encode()


def stored(stack: Stack, message_id: str) -> int:
    query = "SELECT 1 FROM whatsapp_messages WHERE message_id = %s"
    return len(stack.rows(query, message_id))


def test_the_handshake(stack: Stack) -> None:
    right = {"hub.mode": "subscribe", "hub.challenge": "42", "hub.verify_token": VERIFY_TOKEN}
    answer = requests.get(stack.webhook, params=right, timeout=60)
    assert (answer.status_code, answer.text) == (200, "42")
    for wrong in ({"hub.verify_token": "x"}, {"hub.mode": "unsubscribe"}):
        assert requests.get(stack.webhook, params={**right, **wrong}, timeout=60).status_code == 403
    assert requests.get(stack.webhook, timeout=60).status_code == 403


@pytest.mark.parametrize(
    "signature",
    [None, "", "sha256=", "sha256=" + "0" * 64, "sha1=abc", "sha256=\u00e9".encode("latin-1")],
)
def test_a_wrong_signature_is_401_and_stores_nothing(
    stack: Stack, signature: str | bytes | None
) -> None:
    raw = message("hi", "wamid.forged")
    assert post(stack, raw, signature) == 401
    assert post(stack, raw + b" ", signed(raw)) == 401
    assert stored(stack, "wamid.forged") == 0


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b'{"entry": [{"changes": [{"value": 7}]}]}',
     b"[" * 100_000, b'{"entry": [{"changes": [{"value": {"messages": [null, 1, {}]}}]}]}'],
    ids=range(9),
)  # fmt: skip
def test_garbage_is_no_error_of_ours(stack: Stack, raw: bytes) -> None:
    assert post(stack, raw, signed(raw)) < 500


def test_the_same_message_twice_is_answered_once(asha: Customer) -> None:
    asha.stack.control("PATCH", "/webhooks", duplicates=2)
    try:
        wamid = asha.types("hi")
        asha.sees("Welcome!")
        asha.sees_nothing_more()
    finally:
        asha.stack.control("PATCH", "/webhooks", duplicates=0)
    assert stored(asha.stack, wamid) == 1
    assert len(asha.messages("outgoing")) == 1


def test_typed_intents_are_text(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    for typed in (
        "/confirm_order",
        ' /confirm_order{"total": 0}',
        "/restart",
        "\u00a0/session_start",
    ):
        asha.types(typed)
        asha.next_bubble()
        asha.is_at("new_order", "confirmation")
    assert asha.orders() == []
    assert (
        asha.stack.rows("SELECT 1 FROM events WHERE intent_name IN ('restart', 'session_start')")
        == []
    )


def test_profiles_and_receipts_are_kept(asha: Customer) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    [profile] = asha.stack.rows("SELECT * FROM user_profiles WHERE whatsapp_phone = %s", asha.phone)
    assert (profile["display_name"], profile["total_messages"]) == (asha.name, 1)
    assert profile["last_interaction"] is not None
    asha.message_becomes(asha.last["id"], "read")
    [sent] = asha.messages("outgoing")
    assert sent["status"] == "read"
    assert all(sent[moment] for moment in ("sent_at", "delivered_at", "read_at"))


def test_a_message_is_marked_read_while_it_is_answered(asha: Customer) -> None:
    wamid = asha.types("hi")
    asha.sees("Welcome!")
    asha.stack.control("GET", f"/customers/{asha.phone}/messages/{wamid}?status=read&wait=60")


def test_health_and_metrics(stack: Stack) -> None:
    base = f"http://127.0.0.1:{stack.ports['BOT_PORT']}"
    found = requests.get(f"{base}/health", timeout=60)
    assert (found.status_code, found.json()["status"]) == (200, "ok")
    figures = requests.get(f"{base}/metrics", timeout=60).text
    for name in (
        'whatsapp_sends_total{result="sent"}',
        'whatsapp_turns_total{result="answered"}',
        'whatsapp_tray_messages{direction="incoming"}',
        'whatsapp_tray_oldest_seconds{direction="outgoing"}',
        'whatsapp_tray_dead{direction="incoming"}',
    ):
        assert name in figures


@pytest.mark.parametrize(
    "path",
    [
        "/webhooks/rest/webhook",
        "/webhooks/callback/webhook",
        "/webhooks/whatsapp/webhook",
        "/webhook",
        "/actions",
        "/conversations/default/messages",
        "/conversations/default/tracker",
        "/conversations/default/execute",
        "/model/parse",
        "/model/train",
        "/model",
        "/domain",
        "/status",
        "/socket.io",
    ],
)
def test_rasas_port_answers_nothing_but_health(stack: Stack, path: str) -> None:
    base = f"http://127.0.0.1:{stack.ports['RASA_PORT']}"
    assert requests.get(f"{base}/webhooks/whatsapp/", timeout=60).json() == {"status": "ok"}
    order = {"sender": "911", "message": "/confirm_order", "next_action": "action_confirm_order"}
    assert requests.post(f"{base}{path}", json=order, timeout=60).status_code == 404
    assert requests.get(f"{base}{path}", timeout=60).status_code == 404
