"""Webhooks: bytes and signatures, again until accepted, and Meta on a bad day."""

import hashlib
import hmac
import itertools
import time

from benchmarks.machine import free_port
from emulator.lanes import PAUSES
from tests.integration.emulator.world import (
    ASHA,
    RAVI,
    SECRET,
    Phone,
    Shop,
    eventually,
    start_emulator,
)


def test_the_signature_covers_escaped_bytes(phone, shop):
    phone.says({"text": "café 😀 http://a/b"})
    webhook = eventually(lambda: shop.webhooks)[0]
    assert rb'"body":"caf\u00e9 \ud83d\ude00 http:\/\/a\/b"' in webhook.raw
    expected = hmac.new(SECRET.encode(), webhook.raw, hashlib.sha256).hexdigest()
    headers = {name.lower(): value for name, value in webhook.headers.items()}
    assert headers["x-hub-signature-256"] == f"sha256={expected}"
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"] == "facebookexternalua"


def test_what_is_not_accepted_comes_again_at_once_and_then_slower(phone, shop):
    shop.answers = [500, 401, 201, 503]
    phone.says({"text": "hi"})
    eventually(lambda: len(shop.webhooks) == 5)
    assert len({webhook.raw for webhook in shop.webhooks}) == 1
    times = [webhook.at for webhook in shop.webhooks]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    # Never sooner; a busy machine may be later.
    assert PAUSES[0] == 0
    assert all(gap > 0.9 * pause for gap, pause in zip(gaps, PAUSES, strict=False))
    time.sleep(0.3)
    assert len(shop.webhooks) == 5


def test_ticks_tell_whether_the_shop_has_accepted(phone, shop):
    shop.answers = [500] * 3
    said = phone.says({"text": "hi"})
    assert phone.chat()["messages"][0]["status"] == "sent"
    phone.reached(said["id"], "delivered")


def test_a_refused_webhook_does_not_hold_up_the_next(phone, shop):
    shop.answers = [500, 500, 500]
    phone.says({"text": "one"})
    phone.says({"text": "hello"}, RAVI)
    eventually(lambda: {m["from"] for m in shop.messages} == {ASHA, RAVI})


def test_a_slow_shop_gets_quick_messages_all_the_same(phone, shop):
    shop.seconds = 5
    started = time.monotonic()
    for word in ("one", "two", "three"):
        phone.says({"text": word})
    eventually(lambda: len(shop.messages) == 3)
    assert time.monotonic() - started < 3 * shop.seconds
    assert [m["text"]["body"] for m in shop.messages] == ["one", "two", "three"]


def test_messages_wait_while_the_bot_is_down():
    shop_port, port = free_port(), free_port()
    process = start_emulator(port, shop_port)
    try:
        phone = Phone(f"http://127.0.0.1:{port}")
        for word in ("one", "two", "three"):
            phone.says({"text": word})
        eventually(lambda: phone.control("GET", "/state")["link"]["problem"] == "no connection")
        assert phone.control("GET", "/state")["link"]["waiting"] == 3
        shop = Shop(shop_port)
        eventually(lambda: len(shop.messages) == 3)
        assert [m["text"]["body"] for m in shop.messages] == ["one", "two", "three"]
        eventually(lambda: phone.control("GET", "/state")["link"]["handshake"] is None)
        eventually(lambda: phone.control("GET", "/state")["link"]["waiting"] == 0)
    finally:
        process.terminate()
        assert process.wait(60) == 0


def test_duplicates(phone, shop):
    phone.control("PATCH", "/webhooks", {"duplicates": 2})
    said = phone.says({"text": "hi"})
    eventually(lambda: len(shop.webhooks) == 3)
    assert {m["id"] for m in shop.messages} == {said["id"]}


def test_batches_are_spread_over_entries_and_changes(phone, shop):
    # Gathered at once, however long it takes to say them.
    phone.control("PATCH", "/webhooks", {"batch": 5, "held": True})
    for number in range(7):
        phone.says({"text": str(number)})
    phone.control("POST", "/webhooks/release")
    eventually(lambda: len(shop.messages) == 7)
    assert [len(webhook.values) for webhook in shop.webhooks] == [5, 2]
    assert [len(entry["changes"]) for entry in shop.webhooks[0].body["entry"]] == [2, 2, 1]
    assert [m["text"]["body"] for m in shop.messages] == [str(number) for number in range(7)]


def test_shuffled_ones_all_arrive(phone, shop):
    phone.control("PATCH", "/webhooks", {"shuffle": True, "held": True})
    words = [str(number) for number in range(12)]
    for word in words:
        phone.says({"text": word})
    phone.control("POST", "/webhooks/release")
    eventually(lambda: len(shop.messages) == 12)
    arrived = [m["text"]["body"] for m in shop.messages]
    assert sorted(arrived, key=int) == words
    assert arrived != words  # one shuffle in 479001600 changes nothing


def test_held_ones_come_when_they_are_released(phone, shop):
    phone.control("PATCH", "/webhooks", {"held": True})
    phone.says({"text": "hi"})
    time.sleep(0.3)
    assert shop.webhooks == []
    assert phone.control("POST", "/webhooks/release") == {"released": 1}
    eventually(lambda: shop.messages)


def test_a_webhook_of_ones_own_and_a_forged_one(phone, shop):
    change = {"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}
    assert phone.control("POST", "/webhooks", change) == {"http": 200, "problem": None}
    assert shop.webhooks[0].values[0]["event"] == "VERIFIED_ACCOUNT"
    shop.answers = [401]
    forged = {"raw": "{}", "signature": "sha256=00"}
    assert phone.control("POST", "/webhooks", forged) == {"http": 401, "problem": None}
    assert shop.webhooks[1].raw == b"{}"


def test_the_handshake(phone, shop):
    assert phone.control("POST", "/handshake") == {"problem": None}
    wrong = phone.control("POST", "/handshake", {"verify_token": "wrong"})
    assert wrong == {"problem": "HTTP 403"}
    assert phone.control("POST", "/handshake", {"mode": "unsubscribe"}) == {"problem": "HTTP 403"}
