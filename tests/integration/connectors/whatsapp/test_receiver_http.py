"""Requests that are no proper HTTP, too large, or never end: refused, and nobody else notices."""

import socket
import time

import pytest
import requests

from connectors.whatsapp.receive.asgi import MAX_BODY
from connectors.whatsapp.receive.signature import HEADER, sign_body
from settings import EMULATOR_DEFAULTS
from tests.integration.connectors.whatsapp.receive.test_receiver import (
    SECRET,
    delivery,
    post,
    receiver,
    stored,
)

PATH = "/webhooks/whatsapp/webhook"
RAW = delivery("wamid.1")
SIGNED = f"{HEADER}: {sign_body(SECRET, RAW)}\r\n".encode()
START = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n".encode()
LENGTH = b"Content-Length: %d\r\n" % len(RAW)
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(RAW), RAW)


@pytest.fixture(scope="module")
def running(new_database, prepared_database):
    """One receiver for all of these: whatever one does to it, the next one finds."""
    with new_database(prepared_database) as url, receiver(url) as (process, address):
        yield process, address, url


def connect(address):
    host, _, port = address.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def answered(address, request):
    """All that comes back until the connection is closed."""
    with connect(address) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def is_well(process, address):
    assert process.poll() is None
    assert requests.get(f"{address}/webhooks/whatsapp/", timeout=30).ok
    assert post(address, delivery(f"wamid.{time.time_ns()}")) == 200


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"Content-Length: -1\r\n", id="negative"),
        pytest.param(b"Content-Length: abc\r\n", id="no number"),
        pytest.param(b"Content-Length: 1e3\r\n", id="exponent"),
        pytest.param(b"Content-Length: \r\n", id="empty"),
        pytest.param(b"Content-Length: 99999999999999999999999\r\n", id="huge"),
        pytest.param(b"Content-Length: 5\r\nContent-Length: 6\r\n", id="two different ones"),
        pytest.param(LENGTH + b"Transfer-Encoding: chunked\r\n", id="beside chunks"),
        pytest.param(b"Transfer-Encoding: chunked\r\n" + LENGTH, id="behind chunks"),
        pytest.param(b"Transfer-Encoding: xchunked\r\n" + LENGTH, id="an unknown encoding"),
        pytest.param(b"Transfer-Encoding : chunked\r\n" + LENGTH, id="a blank before the colon"),
        pytest.param(b"Content-Length: 5\r\n Content-Length: 6\r\n", id="a folded line"),
    ],
)
def test_a_broken_length_is_refused(running, head):
    process, address, url = running
    before = stored(url)
    answer = answered(address, START + head + SIGNED + b"\r\n" + CHUNKS)
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1
    assert stored(url) == before
    is_well(process, address)


def test_a_request_inside_a_body_is_a_body(running):
    """What a proxy takes for one request must not be two to us."""
    process, address, _ = running
    inner = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
    length = b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(inner)
    assert answered(address, START + length + inner).count(b"HTTP/1.1") == 1
    chunked = b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"
    assert answered(address, START + chunked + inner).count(b"HTTP/1.1") == 1
    is_well(process, address)


def test_two_requests_in_one_packet_are_both_answered(running):
    process, address, url = running
    one = START + LENGTH + SIGNED + b"\r\n" + RAW
    last = START + LENGTH + SIGNED + b"Connection: close\r\n\r\n" + RAW
    assert answered(address, one + last).count(b"HTTP/1.1 200") == 2
    assert stored(url).count("wamid.1") == 1
    is_well(process, address)


def test_too_much_is_refused_when_its_length_is_told(running):
    process, address, _ = running
    told = b"Content-Length: %d\r\n\r\n" % (MAX_BODY + 1)
    assert answered(address, START + told).startswith(b"HTTP/1.1 413")
    is_well(process, address)


def test_too_much_is_refused_when_it_comes_in_chunks(running):
    process, address, _ = running
    chunk = b"%x\r\n%s\r\n" % (1_000_000, b"x" * 1_000_000)
    with connect(address) as connection:
        connection.sendall(START + b"Transfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(ConnectionError):  # noqa: PT012
            for _ in range(100):
                connection.sendall(chunk)
    is_well(process, address)


def test_as_much_as_is_allowed_is_read(running):
    process, address, _ = running
    assert post(address, b" " * (MAX_BODY - 2) + b"{}") == 200
    assert post(address, b" " * (MAX_BODY - 1) + b"{}") == 413
    is_well(process, address)


def test_who_sends_half_a_request_holds_nobody_and_is_left(running):
    process, address, _ = running
    halves = [
        b"",
        b"POST",
        START,
        START + LENGTH + SIGNED + b"\r\n" + RAW[:20],
        START + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    ]
    connections = [connect(address) for _ in range(40) for _ in halves]
    for place, connection in enumerate(connections):
        connection.sendall(halves[place % len(halves)])
    is_well(process, address)
    for connection in connections:
        # Closed by the receiver, without an answer: the socket's own patience is longer.
        assert connection.recv(100) == b""
        connection.close()
    is_well(process, address)


def test_other_paths_and_methods(running):
    _, address, _ = running
    assert requests.get(f"{address}/", timeout=30).status_code == 404
    assert requests.put(f"{address}{PATH}", data=b"x", timeout=30).status_code == 405
    assert requests.head(f"{address}/health", timeout=30).content == b""
    assert requests.get(f"{address}/metrics", timeout=30).text.startswith("# HELP")


def test_the_handshake(running):
    _, address, _ = running
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158 é", "hub.verify_token": "wrong"}
    assert requests.get(f"{address}{PATH}", params=asked, timeout=30).status_code == 403
    asked["hub.verify_token"] = EMULATOR_DEFAULTS["whatsapp_verify_token"]
    answer = requests.get(f"{address}{PATH}", params=asked, timeout=30)
    assert (answer.status_code, answer.text) == (200, "1158 é")


def test_messages_that_are_too_old_are_acknowledged_and_left(running):
    _, address, url = running
    day = 24 * 3600
    assert post(address, delivery("wamid.old", age=9 * day)) == 200
    assert post(address, delivery("wamid.late", age=7 * day)) == 200
    assert "wamid.old" not in stored(url)
    assert "wamid.late" in stored(url)
