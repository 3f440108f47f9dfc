"""The REST channel of a bare `rasa run` answers this machine only."""

import asyncio
import json
import uuid

import pytest
import yaml
from rasa.core.channels.channel import UserMessage
from rasa.core.run import create_http_input_channels
from sanic import Sanic

from connectors.local_rest import REFUSAL, LocalRest, is_this_machine
from settings import ROOT


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.3", "::1"])
def test_this_machine(address: str) -> None:
    assert is_this_machine(address)


@pytest.mark.parametrize("address", ["192.168.1.4", "10.0.0.2", "0.0.0.0", "fe80::1", "", "host"])
def test_other_machines(address: str) -> None:
    assert not is_this_machine(address)


def test_rasa_loads_it_in_place_of_its_own() -> None:
    [channel] = create_http_input_channels(None, str(ROOT / "credentials.yml"))
    assert isinstance(channel, LocalRest)
    assert channel.name() == "rest"
    assert yaml.safe_load((ROOT / "credentials.yml").read_text()).keys() == {
        "connectors.local_rest.LocalRest"
    }


def test_a_request_is_answered_by_where_it_is_from() -> None:
    """Through an application of Sanic's, over ASGI, which names the caller's address."""
    heard: list[str] = []

    async def handle(message: UserMessage) -> None:
        heard.append(str(message.text))

    async def ask_both() -> list[tuple[int, str]]:
        app = Sanic(f"rest-{uuid.uuid4().hex}", configure_logging=False)
        app.blueprint(LocalRest().blueprint(handle), url_prefix="/webhooks/rest")
        await app._startup()
        said = {"sender": "asha", "message": "hi"}
        return [await post(app, address, said) for address in ("192.168.1.4", "127.0.0.1")]

    (other, refusal), (ours, _) = asyncio.run(ask_both())
    assert (other, refusal) == (403, REFUSAL)
    assert ours == 200
    assert heard == ["hi"]


async def post(app: Sanic, address: str, content: dict[str, str]) -> tuple[int, str]:
    """The status and body of the answer to a message."""
    sent: list[dict[str, object]] = []
    waiting = [{"type": "http.request", "body": json.dumps(content).encode(), "more_body": False}]

    async def receive() -> dict[str, object]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST"},
        **{"path": "/webhooks/rest/webhook", "raw_path": b"/webhooks/rest/webhook"},
        **{"query_string": b"", "root_path": "", "scheme": "http", "client": (address, 5000)},
        **{"server": ("127.0.0.1", 5005), "headers": [(b"content-type", b"application/json")]},
    }
    await app(scope, receive, send)
    [start] = [each for each in sent if each["type"] == "http.response.start"]
    body = b"".join(bytes(each["body"]) for each in sent if each["type"] == "http.response.body")
    return int(start["status"]), body.decode()
