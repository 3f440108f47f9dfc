"""A minimal Meta: signed webhooks, and a Graph API that accepts everything."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from connectors.whatsapp.receive.signature import HEADER, sign_body

SECRET = "benchmarks-app-secret"
NUMBER = "100000000000001"
ENVIRONMENT = {
    "WHATSAPP_API_VERSION": "v23.0",
    "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
    "WHATSAPP_ACCESS_TOKEN": "benchmarks-access-token",
    "WHATSAPP_APP_SECRET": SECRET,
    "WHATSAPP_VERIFY_TOKEN": "benchmarks-verify-token",
}

Content = dict[str, Any]
_ids = itertools.count(1)


def text_webhook(words: str) -> Content:
    return {"type": "text", "text": {"body": words}}


def tap_webhook(reply_id: str) -> Content:
    reply = {"id": reply_id, "title": reply_id}
    return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}


def phone(number: int) -> str:
    return f"9197{number:08}"


def webhook(sender: str, content: Content) -> bytes:
    """A body with one message, as Meta sends it (docs/whatsapp.md)."""
    message = {
        "from": sender,
        "id": f"wamid.bench.{time.time_ns()}.{next(_ids)}",
        "timestamp": str(int(time.time())),
        **content,
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "911140000100", "phone_number_id": NUMBER},
        "contacts": [{"profile": {"name": "Asha"}, "wa_id": sender}],
        "messages": [message],
    }
    entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


@dataclass(frozen=True)
class Signed:
    """A webhook ready to be posted."""

    raw: bytes
    headers: dict[str, str]


def sign_request(raw: bytes) -> Signed:
    return Signed(raw, {HEADER: sign_body(SECRET, raw), "Content-Type": "application/json"})


async def post(session: aiohttp.ClientSession, url: str, raw: bytes) -> float:
    """Signs and posts; seconds until it was acknowledged."""
    webhook, began = sign_request(raw), time.perf_counter()
    async with session.post(url, data=webhook.raw, headers=webhook.headers) as answer:
        await answer.read()
        assert answer.status == 200, answer.status
    return time.perf_counter() - began


@dataclass
class Graph:
    """Takes every message at once, and remembers when."""

    port: int
    arrivals: dict[str, asyncio.Queue[float]] = field(default_factory=dict)
    count: int = 0
    _runner: web.AppRunner | None = None
    _awaited: tuple[int, asyncio.Event] | None = None

    async def __aenter__(self) -> "Graph":
        app = web.Application()
        app.router.add_post("/{version}/{number}/messages", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner
        await self._runner.cleanup()

    def answers_of(self, customer: str) -> asyncio.Queue[float]:
        return self.arrivals.setdefault(customer, asyncio.Queue())

    async def counts(self, count: int) -> None:
        """Returns when so many messages have arrived in all; for one waiter at a time."""
        if self.count < count:
            self._awaited = count, asyncio.Event()
            await self._awaited[1].wait()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.json()
        if "status" in body:
            return web.json_response({"success": True})
        self.count += 1
        if self._awaited and self.count >= self._awaited[0]:
            self._awaited[1].set()
        customer = body["to"].lstrip("+")
        self.answers_of(customer).put_nowait(time.perf_counter())
        return web.json_response(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": customer, "wa_id": customer}],
                "messages": [{"id": f"wamid.graph.{time.time_ns()}.{next(_ids)}"}],
            }
        )
