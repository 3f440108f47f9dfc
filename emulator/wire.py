"""One POST to the shop's webhook, signed as Meta signs it."""

import random

import httpx

from emulator.encoding import sign

ANSWER_SECONDS = 10.0


class Wire:
    """The way to one webhook."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        # No environment: a proxy for the internet is not the way to a bot on this machine.
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(ANSWER_SECONDS, pool=None), trust_env=False
        )

    async def post(self, raw: bytes, signature: str | None = None) -> int:
        """Sends exactly these bytes and gives the HTTP status; raises httpx.HTTPError."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": sign(self._secret, raw) if signature is None else signature,
        }
        answer = await self._client.post(self._url, content=raw, headers=headers)
        return answer.status_code

    async def problem(self, raw: bytes) -> str | None:
        """Sends; gives None when the shop has accepted it, else what happened instead."""
        try:
            status = await self.post(raw)
        except httpx.HTTPError as error:
            return type(error).__name__
        return None if status == httpx.codes.OK else f"HTTP {status}"

    async def shake_hands(self, token: str, mode: str = "subscribe") -> str | None:
        """Meta's GET before it trusts an address; gives what was wrong with the answer."""
        challenge = str(random.randrange(10**9, 10**10))  # noqa: S311 (not a secret)
        query = {"hub.mode": mode, "hub.challenge": challenge, "hub.verify_token": token}
        try:
            answer = await self._client.get(self._url, params=query)
        except httpx.HTTPError as error:
            return type(error).__name__
        if answer.status_code != httpx.codes.OK:
            return f"HTTP {answer.status_code}"
        return None if answer.text == challenge else "the answer is not the bare challenge"

    async def close(self) -> None:
        await self._client.aclose()
