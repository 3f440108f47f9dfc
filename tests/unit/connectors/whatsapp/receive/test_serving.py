"""How long a connection may take for a request, and that a kept one lives on."""

import asyncio
import socket
import time

import pytest

from connectors.whatsapp.receive import serving
from tests.unit.connectors.whatsapp.serving import served

SECONDS = 1.5


@pytest.fixture
def address(monkeypatch):
    monkeypatch.setattr(serving, "REQUEST_SECONDS", SECONDS)

    async def app(scope, receive, send):
        while (await receive()).get("more_body"):
            pass
        await asyncio.sleep(2 * SECONDS if scope["path"] == "/slow" else 0)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with served(app) as url:
        host, _, port = url.removeprefix("http://").rpartition(":")
        yield host, int(port)


def ask(connection, path):
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    answer = b""
    # It may arrive in pieces, of which the last is an empty chunk.
    while not answer.endswith(b"0\r\n\r\n") and (piece := connection.recv(65536)):
        answer += piece
    return answer


def test_a_kept_connection_is_used_for_longer_than_one_request_may_take(address):
    with socket.create_connection(address, timeout=60) as connection:
        for _ in range(5):
            assert ask(connection, "/").startswith(b"HTTP/1.1 200")
            time.sleep(SECONDS / 2)


def test_a_slow_answer_is_waited_for(address):
    with socket.create_connection(address, timeout=60) as connection:
        assert ask(connection, "/slow").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost"])
def test_a_request_that_does_not_come_ends_the_connection(address, sent):
    with socket.create_connection(address, timeout=60) as connection:
        connection.sendall(sent)
        assert connection.recv(65536) == b""


def test_a_request_that_stops_half_way_on_a_kept_connection_ends_it(address):
    with socket.create_connection(address, timeout=60) as connection:
        assert ask(connection, "/").startswith(b"HTTP/1.1 200")
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
        assert connection.recv(65536) == b""
