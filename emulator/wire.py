"""Sends signed POST requests to the shop's webhook, as Meta does."""

import random
import time

import aiohttp

from emulator.bench.traffic import Traffic
from emulator.encoding import sign_payload

ANSWER_SECONDS = 10.0
# The most requests at a time; the others wait.
MOST_AT_ONCE = 64
# Idle connections are closed after this, before the server closes them (after about five seconds).
IDLE_SECONDS = 2.0
HTTP_OK = 200
PROBLEMS = (aiohttp.ClientError, TimeoutError, OSError)


class Wire:
    """The connection to one webhook."""

    def __init__(self, url: str, secret: str, traffic: Traffic) -> None:
        self._url = url
        self._traffic = traffic
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None

    async def post(self, raw: bytes, signature: str | None = None) -> int:
        """Sends exactly these bytes and returns the HTTP status; raises one of PROBLEMS."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": sign_payload(self._secret, raw)
            if signature is None
            else signature,
        }
        began, status = time.monotonic(), None
        try:
            async with self._open().post(
                self._url, data=raw, headers=headers, allow_redirects=False
            ) as answer:
                status = answer.status
                return status
        finally:
            self._traffic.add_exchange("webhook", "POST", self._url, raw, http=status, began=began)

    async def problem(self, raw: bytes) -> str | None:
        """Sends the bytes; returns None if the shop accepts them, else a text that says why not."""
        try:
            status = await self.post(raw)
        except PROBLEMS as error:
            return name_error(error)
        return None if status == HTTP_OK else f"HTTP {status}"

    async def shake_hands(self, token: str, mode: str = "subscribe") -> str | None:
        """Sends Meta's verification request; returns None, or what was wrong with the answer."""
        challenge = str(random.randrange(10**9, 10**10))  # noqa: S311 (not a secret)
        query = {"hub.mode": mode, "hub.challenge": challenge, "hub.verify_token": token}
        try:
            async with self._open().get(self._url, params=query) as answer:
                status, text = answer.status, await answer.text(errors="replace")
        except PROBLEMS as error:
            return name_error(error)
        if status != HTTP_OK:
            return f"HTTP {status}"
        return None if text == challenge else "the answer is not the bare challenge"

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        """The HTTP session, which is created on first use, since that needs an event loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=MOST_AT_ONCE, keepalive_timeout=IDLE_SECONDS),
                timeout=aiohttp.ClientTimeout(
                    sock_connect=ANSWER_SECONDS, sock_read=ANSWER_SECONDS
                ),
            )
        return self._session


def name_error(error: BaseException) -> str:
    """A description of an error for the page."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return "no connection"
    return "no answer" if isinstance(error, TimeoutError) else type(error).__name__
