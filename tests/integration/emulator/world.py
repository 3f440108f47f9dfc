"""A running emulator, and a small real shop that records the webhooks it gets."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

NUMBER = "100200300400500"
TOKEN = "token-of-the-tests"
SECRET = "secret-of-the-tests"
VERIFY = "verify-of-the-tests"
ASHA = "919800000001"
RAVI = "919800000002"


@dataclass
class Webhook:
    """One POST as it arrived."""

    raw: bytes
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    @property
    def values(self) -> list[dict]:
        return [change["value"] for entry in self.body["entry"] for change in entry["changes"]]


class Shop:
    """Answers webhooks with `answers`, one after the other, and then with 200."""

    def __init__(self, port: int = 0) -> None:
        self.webhooks: list[Webhook] = []
        self.answers: list[int] = []
        self.seconds = 0.0
        self.busy = 0
        self._counting = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def begin(self, webhooks: int) -> None:
        """So many more are being answered."""
        with self._counting:
            self.busy += webhooks

    @property
    def messages(self) -> list[dict]:
        return [m for v in self._values() for m in v.get("messages", [])]

    @property
    def statuses(self) -> list[dict]:
        return [s for v in self._values() for s in v.get("statuses", [])]

    def _values(self) -> list[dict]:
        return [value for webhook in self.webhooks for value in webhook.values]

    def steps_of(self, message_id: str) -> list[str]:
        return [each["status"] for each in self.statuses if each["id"] == message_id]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                shop.begin(1)
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                answer = shop.answers.pop(0) if shop.answers else 200
                time.sleep(shop.seconds)
                shop.webhooks.append(Webhook(raw, dict(self.headers)))
                shop.begin(-1)
                self.send_response(answer)
                self.end_headers()

            def do_GET(self) -> None:
                query = dict(
                    pair.split("=", 1) for pair in self.path.partition("?")[2].split("&") if pair
                )
                good = query.get("hub.verify_token") == VERIFY
                good = good and query.get("hub.mode") == "subscribe"
                self.send_response(200 if good else 403)
                self.end_headers()
                self.wfile.write(query.get("hub.challenge", "").encode() if good else b"no")

            def log_message(self, *args: object) -> None:
                pass

        return Handler


class Phone:
    """The emulator's two sides: `send` as the shop, the rest as customers."""

    def __init__(self, url: str) -> None:
        self.url = url

    def graph(self, body: Any, *, number: str = NUMBER, version: str = "v23.0", **more: Any):
        more.setdefault("headers", {"Authorization": f"Bearer {TOKEN}"})
        url = f"{self.url}/{version}/{number}/messages"
        return requests.post(url, json=body, timeout=60, **more)

    def send(self, type_: str, content: Any, to: str = ASHA, **more: Any) -> requests.Response:
        body = {"messaging_product": "whatsapp", "to": to, "type": type_, type_: content}
        return self.graph(body | more)

    def sends(self, text: str, to: str = ASHA, **more: Any) -> str:
        """Sends a text that is accepted, and gives its id."""
        answer = self.send("text", {"body": text}, to, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"][0]["id"]

    def control(self, method: str, path: str, body: Any = None, status: int | None = None) -> Any:
        answer = requests.request(method, f"{self.url}/emulator{path}", json=body, timeout=130)
        if status is None:
            assert answer.ok, answer.text
        else:
            assert answer.status_code == status, answer.text
        return answer.json()

    def says(self, said: dict, customer: str = ASHA, status: int | None = None) -> Any:
        return self.control("POST", f"/customers/{customer}/messages", said, status)

    def chat(self, customer: str = ASHA, **query: Any) -> Any:
        asked = "&".join(f"{key}={value}" for key, value in query.items())
        return self.control("GET", f"/customers/{customer}/chat?{asked}")

    def reached(self, message_id: str, status: str, customer: str = ASHA) -> dict:
        path = f"/customers/{customer}/messages/{message_id}?status={status}&wait=60"
        found = self.control("GET", path)
        assert status in found["statuses"], found
        return found


def eventually(found: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Waits until it is true, and gives it."""
    ends = time.monotonic() + seconds
    while not (result := found()) and time.monotonic() < ends:
        time.sleep(0.02)
    assert result, "it did not happen"
    return result


def environment(port: int, webhook_port: int, path: str = "/webhook") -> dict[str, str]:
    return os.environ | {
        "EMULATOR_PORT": str(port),
        "EMULATOR_WEBHOOK_URL": f"http://127.0.0.1:{webhook_port}{path}",
        "WHATSAPP_API_VERSION": "v23.0",
        "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
        "WHATSAPP_ACCESS_TOKEN": TOKEN,
        "WHATSAPP_APP_SECRET": SECRET,
        "WHATSAPP_VERIFY_TOKEN": VERIFY,
    }


def start_emulator(port: int, webhook_port: int, path: str = "/webhook") -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-m", "emulator"], env=environment(port, webhook_port, path)
    )
    url = f"http://127.0.0.1:{port}/emulator/state"

    def answers() -> bool:
        try:
            return requests.get(url, timeout=10).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    eventually(answers)
    return process
