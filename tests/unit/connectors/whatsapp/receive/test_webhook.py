import http.client
import json
from urllib.parse import urlsplit

import psycopg
import pytest
import requests

from connectors.whatsapp.receive.asgi import Application
from connectors.whatsapp.receive.deliveries import Receiving, Secrets
from connectors.whatsapp.receive.echoes import store_echoes
from connectors.whatsapp.receive.receiver import PREFIX, receiver_routes
from connectors.whatsapp.receive.signature import HEADER, sign_body
from tests.unit.connectors.whatsapp.serving import served
from tests.unit.connectors.whatsapp.shapes import (
    NUMBER_ID,
    body,
    everything,
    message,
    status,
    value,
)
from trays.pools import pool

SECRETS = Secrets(app_secret="app-secret", verify_token="verify-me")


class Tray:
    """Takes in what is accepted, or fails as it is told."""

    def __init__(self):
        self.messages, self.receipts, self.calls = [], [], 0
        self.trouble = None

    async def accept(self, messages, receipts):
        self.calls += 1
        if self.trouble:
            raise self.trouble
        self.messages += messages
        self.receipts += receipts


def receiver(secrets, tray):
    """The receiver's application; the webhook itself needs no database."""
    receiving = Receiving(secrets, NUMBER_ID, tray.accept, store_echoes)
    return Application(receiver_routes(receiving, pool("postgresql://nowhere")))


@pytest.fixture(scope="module")
def running():
    tray = Tray()
    with served(receiver(SECRETS, tray)) as address:
        yield f"{address}{PREFIX}", tray


@pytest.fixture
def webhook(running):
    return running[0] + "/webhook"


@pytest.fixture
def tray(running):
    running[1].__init__()
    return running[1]


def post(url, raw, **headers):
    raw = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    signed = {HEADER: sign_body(SECRETS.app_secret, raw), "Content-Type": "application/json"}
    return requests.post(url, data=raw, headers={**signed, **headers}, timeout=60).status_code


def test_what_is_signed_is_stored_before_the_answer(webhook, tray):
    assert post(webhook, everything()) == 200
    assert len(tray.messages) == len(everything()["entry"][0]["changes"][0]["value"]["messages"])
    assert len(tray.receipts) == 2
    assert tray.calls == 1


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({HEADER: "sha256=" + "0" * 64}, id="wrong"),
        pytest.param({HEADER: ""}, id="empty"),
        pytest.param({HEADER: "sha256=é€".encode()}, id="not ASCII"),
        pytest.param({HEADER: b"\xff\xfe\x80"}, id="not even UTF-8"),
        pytest.param({HEADER: sign_body(SECRETS.verify_token, b"{}")}, id="of another secret"),
    ],
)
@pytest.mark.parametrize("raw", [b"{}", b"garbage", b"", json.dumps(everything()).encode()])
def test_a_wrong_signature_changes_nothing(webhook, tray, headers, raw):
    answer = requests.post(webhook, data=raw, headers=headers, timeout=60)
    assert answer.status_code == 401
    assert tray.calls == 0


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"garbage", id="garbage"),
        pytest.param(b"\xff\xfe\xfd", id="no UTF-8"),
        pytest.param(b"[" * 200_000, id="bottomless"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="deep"),
        pytest.param(b"1" * 5_000, id="huge number"),
        pytest.param(b"\x00", id="NUL"),
    ],
)
def test_what_is_no_json_is_refused(webhook, tray, raw):
    assert post(webhook, raw) == 400
    assert tray.calls == 0


@pytest.mark.parametrize(
    "raw", [b"null", b"[]", b"7", b'""', b"{}", b'{"entry": {}}', b'{"entry": [null, {}]}', b"NaN"]
)
def test_what_says_nothing_is_acknowledged(webhook, tray, raw):
    assert post(webhook, raw) == 200
    assert tray.calls == 0


def test_a_body_of_three_megabytes(webhook, tray):
    long = value([message(id=str(n), node={"body": "é" * 500}) for n in range(1000)])
    raw = json.dumps(body(long)).encode()
    assert len(raw) > 3_000_000
    assert post(webhook, raw) == 200
    assert len(tray.messages) == 1000


def test_other_numbers_are_acknowledged(webhook, tray):
    assert post(webhook, body(value([message()], number_id="999"))) == 200
    assert tray.calls == 0


@pytest.mark.parametrize(
    "trouble", [psycopg.OperationalError("away"), TimeoutError(), RuntimeError("a bug")]
)
def test_what_is_not_stored_is_not_acknowledged(webhook, tray, trouble):
    tray.trouble = trouble
    assert post(webhook, body(value([message()]))) == 503
    tray.trouble = None
    assert post(webhook, body(value([message()]))) == 200
    assert len(tray.messages) == 1


def test_trouble_is_logged_without_words(webhook, tray, caplog):
    tray.trouble = psycopg.DataError("the customer wrote: secret")
    post(webhook, body(value([message()], [status()])))
    assert "DataError" in caplog.text
    assert "secret" not in caplog.text


RIGHT = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "verify-me"}


def test_handshake(webhook):
    answer = requests.get(webhook, params=RIGHT, timeout=60)
    assert (answer.status_code, answer.text) == (200, "1158201444")


@pytest.mark.parametrize(
    "change",
    [
        {"hub.verify_token": "wrong"},
        {"hub.verify_token": "é€😀"},
        {"hub.verify_token": None},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": None},
        {"hub.challenge": None},
    ],
)
def test_handshakes_of_others(webhook, change):
    answer = requests.get(webhook, params={**RIGHT, **change}, timeout=60)
    assert answer.status_code == 403
    assert "1158201444" not in answer.text


def test_an_empty_verify_token_trusts_nobody(tray):
    with served(receiver(Secrets("", ""), tray)) as address:
        url, params = f"{address}{PREFIX}/webhook", {**RIGHT, "hub.verify_token": ""}
        assert requests.get(url, params=params, timeout=60).status_code == 403
        assert post(url, b"{}", **{HEADER: sign_body("", b"{}")}) == 401


def test_health(running):
    assert requests.get(running[0] + "/", timeout=60).json() == {"status": "ok"}


def test_chunked_bodies_are_read_whole(webhook, tray):
    raw = json.dumps(body(value([message()]))).encode()
    address = urlsplit(webhook)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    connection.request(
        "POST",
        address.path,
        body=iter([raw[:10], raw[10:]]),
        headers={HEADER: sign_body(SECRETS.app_secret, raw)},
        encode_chunked=True,
    )
    assert connection.getresponse().status == 200
    assert len(tray.messages) == 1
    connection.close()


def test_secrets_do_not_show():
    assert "app-secret" not in repr(SECRETS)
    assert "verify-me" not in repr(SECRETS)
