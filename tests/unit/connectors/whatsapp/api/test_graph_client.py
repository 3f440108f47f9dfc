import asyncio
import logging
import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from connectors.whatsapp.api import errors
from connectors.whatsapp.api.answers import Endpoint
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.messages.bubbles import build_bodies
from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.send.messenger import Messenger
from shop.whatsapp.limits import LimitExceeded
from tests.unit.connectors.whatsapp.graph_server import SENT, Answer, graph, misbehaving, refused
from tests.unit.connectors.whatsapp.shapes import PHONE, USER_ID

TOKEN = "secret-token"
(TEXT,) = build_bodies([Bubble("Hello ☕")])


class InALoop:
    """A Messenger with the methods of a GraphClient: an event loop of its own runs in a thread."""

    def __init__(self, *where, **more):
        self._messenger = Messenger(Endpoint(*where, **more))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def send(self, *what):
        return self._run(self._messenger.send(*what))

    def mark_read(self, *what, **more):
        return self._run(self._messenger.mark_read(*what, **more))

    def close(self):
        self._run(self._messenger.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, asked):
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()


@pytest.fixture(params=[GraphClient, InALoop], ids=["requests", "aiohttp"])
def make(request):
    """`make(address, version, number, token)`: by either library; closed at the end."""
    made = []

    def client(*where, **more):
        made.append(request.param(*where, **more))
        return made[-1]

    yield client
    for each in made:
        each.close()


@pytest.fixture
def client(make):
    return lambda address, **more: make(address, "v23.0", "100", TOKEN, **more)


@pytest.fixture(scope="module")
def running():
    with graph() as (state, address):
        yield state, address


@pytest.fixture
def meta(running):
    running[0].asked, running[0].answer = [], Answer()
    return running[0]


@pytest.fixture
def whatsapp(running, client):
    return client(running[1])


def refusal_of(whatsapp):
    with pytest.raises(errors.SendError) as refusal:
        whatsapp.send(PHONE, None, TEXT, "7")
    return refusal.value


def test_sending_to_a_phone(meta, whatsapp):
    assert whatsapp.send(PHONE, USER_ID, TEXT, "7") == "wamid.OUT=="
    ((path, headers, body),) = meta.asked
    assert path == "/v23.0/100/messages"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Content-Type"] == "application/json"
    assert body == {**TEXT, "to": f"+{PHONE}", "biz_opaque_callback_data": "7"}


def test_sending_to_a_user_id(meta, whatsapp):
    whatsapp.send(None, USER_ID, TEXT)
    assert meta.asked[0][2] == {**TEXT, "recipient": USER_ID}


def test_nobody_to_send_to(meta, whatsapp):
    with pytest.raises(errors.Final):
        whatsapp.send(None, None, TEXT)
    assert meta.asked == []


def test_callback_data_has_a_limit(whatsapp):
    with pytest.raises(LimitExceeded):
        whatsapp.send(PHONE, None, TEXT, "x" * 513)


def test_read_and_typing(meta, whatsapp):
    meta.answer = Answer(body={"success": True})
    whatsapp.mark_read("wamid.A1==")
    whatsapp.mark_read("wamid.A1==", typing=False)
    mark = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A1=="}
    assert [body for _, _, body in meta.asked] == [
        {**mark, "typing_indicator": {"type": "text"}},
        mark,
    ]


@pytest.mark.parametrize("status", [200, 201, 202])
def test_any_success_is_one(meta, whatsapp, status):
    meta.answer = Answer(status, {**SENT, "new": "key"})
    assert whatsapp.send(PHONE, None, TEXT) == "wamid.OUT=="


KINDS = {
    errors.NumberStopped: "0 190 3 10 33 200 299 368 131005 131031 131037 131042 131045 131048 "
    "133000 133010",
    errors.ThrottledNumber: "4 80007 130429",
    errors.ThrottledPair: "131056",
    errors.Retry: "1 2 131000 131016 131053 131057 133004",
    errors.Final: "100 131008 131009 131021 131026 131030 131047 131049 131050 131051 130403 "
    "130472 130497 131062 132000 132001 132012 132015 132018 132068 135000",
}
CODES = [(code, kind) for kind, codes in KINDS.items() for code in map(int, codes.split())]


@pytest.mark.parametrize(("code", "kind"), CODES)
@pytest.mark.parametrize("status", [200, 400, 403, 429, 500, 503])
def test_the_code_decides_and_never_the_http_status(meta, whatsapp, code, kind, status):
    meta.answer = refused(code, status)
    refusal = refusal_of(whatsapp)
    assert type(refusal) is kind
    assert refusal.code == code
    assert str(code) in str(refusal)


def test_a_number_that_is_not_ours(meta, whatsapp):
    meta.answer = refused(100, error_subcode=33)
    assert type(refusal_of(whatsapp)) is errors.NumberStopped


def test_a_code_written_as_a_string(meta, whatsapp):
    meta.answer = refused("131056")
    assert type(refusal_of(whatsapp)) is errors.ThrottledPair


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refused(999_999), errors.Final),
        (refused(999_999, 500), errors.Retry),
        (refused(999_999, is_transient=True), errors.Retry),
        (Answer(500, b""), errors.Retry),
        (Answer(502, b"<html>"), errors.Retry),
        (Answer(503, b"["), errors.Retry),
        (Answer(500, {"error": "down"}), errors.Retry),
        (Answer(500, []), errors.Retry),
        (Answer(404, b"<html>"), errors.Retry),
        (Answer(429, b"slow down"), errors.Retry),
        (Answer(302, b"", {"Location": "/elsewhere"}), errors.Retry),
        (Answer(504, b"<html>"), errors.Retry),
        (Answer(200, b"<html>"), errors.Retry),
        (Answer(200, b""), errors.Retry),
        (Answer(200, b"[" * 100_000), errors.Retry),
        (Answer(200, {}), errors.OutcomeUnknown),
        (Answer(200, {"messages": [{}]}), errors.OutcomeUnknown),
        (Answer(200, {"messages": "none"}), errors.OutcomeUnknown),
    ],
)
def test_answers_that_name_no_known_code(meta, whatsapp, answer, kind):
    meta.answer = answer
    assert type(refusal_of(whatsapp)) is kind
    assert len(meta.asked) == 1


SOON = format_datetime(datetime.now(UTC) + timedelta(minutes=50), usegmt=True)


USAGE = (
    '{"1": [{"estimated_time_to_regain_access": 3}], '
    '"2": [{"estimated_time_to_regain_access": 2}, {}]}'
)


@pytest.mark.parametrize(
    ("headers", "bounds"),
    [
        ({"Retry-After": "7"}, (7, 7)),
        ({"Retry-After": SOON}, (60, 3000)),
        ({"Retry-After": "999999999"}, (3600, 3600)),
        ({"X-Business-Use-Case-Usage": USAGE}, (180, 180)),
    ],
)
@pytest.mark.parametrize("answer", [refused(2), refused(4), Answer(503, b"")])
def test_waiting_as_long_as_whatsapp_asks(meta, whatsapp, answer, headers, bounds):
    meta.answer = Answer(answer.status, answer.body, headers)
    assert bounds[0] <= refusal_of(whatsapp).after <= bounds[1]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Retry-After": "soon"},
        {"X-Business-Use-Case-Usage": "{"},
        {"X-Business-Use-Case-Usage": "[]"},
        {"X-Business-Use-Case-Usage": '{"1": [{"estimated_time_to_regain_access": 0}]}'},
    ],
)
def test_without_a_word_on_waiting(meta, whatsapp, headers):
    meta.answer = refused(4, headers=headers)
    assert refusal_of(whatsapp).after is None


def test_how_often_it_is_worth_trying(meta, whatsapp):
    most = {}
    for code in (1, 2, 131000, 131053, 131057):
        meta.answer = refused(code)
        most[code] = refusal_of(whatsapp).most_tries
    assert most == {1: 2, 2: None, 131000: 3, 131053: 2, 131057: None}


def test_maintenance_takes_a_while(meta, whatsapp):
    meta.answer = refused(131057)
    assert refusal_of(whatsapp).after == 20


def test_spam_limits_are_not_asked_about_soon(meta, whatsapp):
    meta.answer = refused(131048)
    assert refusal_of(whatsapp).pause == 900
    meta.answer = refused(190, 401)
    assert refusal_of(whatsapp).pause == 30


def test_reasons_name_neither_token_nor_customer(meta, whatsapp):
    meta.answer = refused(
        131026,
        message=f"(#131026) Undeliverable to +{PHONE[:2]} {PHONE[2:7]}-{PHONE[7:]}",
        error_data={"details": f"{PHONE} or {USER_ID} is not on WhatsApp"},
    )
    reason = str(refusal_of(whatsapp))
    assert reason == (
        "WhatsApp will never take this message. (131026 Undeliverable to <number>: "
        "<number> or IN.<number> is not on WhatsApp)"
    )


def test_nothing_personal_is_logged(meta, whatsapp, caplog):
    caplog.set_level(logging.DEBUG)
    whatsapp.send(PHONE, None, TEXT)
    assert TOKEN not in caplog.text
    assert PHONE not in caplog.text


# Servers that answer with no answer.


def hang(connection):
    connection.recv(65536)
    time.sleep(1)


def hang_up(connection):
    connection.recv(65536)


def reset(connection):
    connection.recv(65536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def answer_half(connection):
    connection.recv(65536)
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"messages"')


def answer_slowly(connection):
    answer_half(connection)
    time.sleep(1)


def talk_nonsense(connection):
    connection.recv(65536)
    connection.sendall(b"\xff\xfe\r\n\r\n")


@pytest.mark.parametrize(
    "behave", [hang, hang_up, reset, answer_half, answer_slowly, talk_nonsense]
)
def test_once_the_request_left_its_outcome_is_unknown(behave, client):
    with misbehaving(behave) as address:
        refusal = refusal_of(client(address, timeouts=(1, 0.3)))
    assert type(refusal) is errors.OutcomeUnknown
    assert "127.0.0.1" not in str(refusal)
    assert PHONE not in str(refusal)


def test_nobody_listens(client):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert type(refusal_of(client(f"http://127.0.0.1:{port}"))) is errors.Retry


def test_a_name_that_does_not_exist(client):
    assert type(refusal_of(client("http://graph.invalid"))) is errors.Retry


def test_a_connection_that_is_never_taken(client):
    """A full backlog: the handshake is not answered."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        address = listening.getsockname()
        waiting = [socket.socket() for _ in range(8)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        whatsapp = client(f"http://127.0.0.1:{address[1]}", timeouts=(0.3, 0.3))
        assert type(refusal_of(whatsapp)) is errors.Retry
        for each in waiting:
            each.close()


def test_tls_with_somebody_else(running, client):
    secure = running[1].replace("http://", "https://")
    assert type(refusal_of(client(secure, timeouts=(1, 1)))) is errors.Retry


@pytest.mark.parametrize("address", ["", "graph.facebook.com", "ftp://x", "http://"])
def test_an_address_that_is_none(address, client):
    assert type(refusal_of(client(address))) is errors.NumberStopped


def test_a_token_with_a_line_break(running, make):
    whatsapp = make(running[1], "v23.0", "100", "two\nlines")
    refusal = refusal_of(whatsapp)
    assert type(refusal) is errors.NumberStopped
    assert "two" not in str(refusal)


def test_a_proxy_of_the_machine_does_not_come_between(meta, running, client, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert client(running[1]).send(PHONE, None, TEXT) == "wamid.OUT=="


def test_a_netrc_of_the_machine_does_not_change_the_token(
    meta, running, client, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    client(running[1].replace("127.0.0.1", "localhost")).send(PHONE, None, TEXT)
    assert meta.asked[0][1]["Authorization"] == f"Bearer {TOKEN}"


def test_connections_are_kept_and_shared_by_threads(running, client):
    state, address = running
    state.asked, state.answer, state.connections = [], Answer(), 0
    whatsapp = client(address)
    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(lambda _: whatsapp.send(PHONE, None, TEXT), range(100)))
    assert len(ids) == len(state.asked) == 100
    assert state.connections <= 8
