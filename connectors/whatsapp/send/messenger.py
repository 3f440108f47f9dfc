"""An asynchronous client of WhatsApp's Graph API: sends and marks as read, many at once.

Uses aiohttp: a request costs a fraction of one with `requests` (api/graph_client.py), and no
thread while it waits. Both clients raise the same errors and share their tests.
"""

from typing import Any

import aiohttp
from requests.utils import get_environ_proxies, select_proxy

from connectors.whatsapp.api import answers
from connectors.whatsapp.api.answers import Endpoint
from connectors.whatsapp.api.errors import Final, NumberStopped, OutcomeUnknown, Retry, SendError
from connectors.whatsapp.api.fields import Json
from settings import Settings

# Shorter than servers and the things between us and them keep an idle connection: one that they
# close while a request leaves makes its outcome unknown.
KEPT_SECONDS = 15.0

# The message was not sent: no connection to WhatsApp or to a proxy.
NO_CONNECTION = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientConnectorCertificateError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.ClientHttpProxyError,
)


class Messenger:
    """Sends from one phone number, in one event loop; it keeps its connections open."""

    def __init__(self, endpoint: Endpoint, *, most_connections: int = 100) -> None:
        self._endpoint = endpoint
        self._most = most_connections
        self._made: aiohttp.ClientSession | None = None
        self._proxy: str | None = None

    @classmethod
    def configured(cls, settings: Settings, *, most_connections: int = 100) -> "Messenger":
        """The client for the shop's own number."""
        return cls(Endpoint.configured(settings), most_connections=most_connections)

    async def send(
        self,
        to_phone: str | None,
        user_id: str | None,
        body: Json,
        callback_data: str | None = None,
    ) -> str:
        """Sends a message as `GraphClient.send` does, with the same results and errors."""
        asked = answers.message_request(to_phone, user_id, body, callback_data)
        return answers.given_id(await self._post(asked))

    async def mark_read(self, message_id: str, *, typing: bool = True) -> None:
        """Shows a customer's message as read, as `GraphClient.mark_read` does."""
        await self._post(answers.read_request(message_id, typing))

    async def close(self) -> None:
        """Closes the connections that are kept open."""
        if self._made:
            await self._made.close()

    async def _post(self, message: Json) -> Json:
        """WhatsApp's answer to a request that it accepted."""
        try:
            async with self._session().post(
                self._endpoint.messages_url, json=message, allow_redirects=False, proxy=self._proxy
            ) as response:
                content = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Without `from`: the library's own words hold addresses.
            raise _trouble(error) from None
        except (ValueError, TypeError) as error:
            raise _malformed(error) from None
        return answers.accept_answer(response.status, response.headers, content)

    def _session(self) -> aiohttp.ClientSession:
        """The HTTP session, made at the first request, since it belongs to the running event
        loop."""
        if self._made is None:
            connect, answer = self._endpoint.timeouts
            self._made = aiohttp.ClientSession(
                headers={"Authorization": self._endpoint.bearer},
                cookie_jar=aiohttp.DummyCookieJar(),
                connector=aiohttp.TCPConnector(limit=self._most, keepalive_timeout=KEPT_SECONDS),
                # In all, too, for an answer that never ends.
                timeout=aiohttp.ClientTimeout(
                    total=connect + 2 * answer, sock_connect=connect, sock_read=answer
                ),
            )
            self._proxy = self._proxy_of_the_machine()
        return self._made

    def _proxy_of_the_machine(self) -> str | None:
        """The environment's proxy, as `requests` reads it; a netrc is ignored."""
        if self._endpoint.is_beside_us:
            return None
        url = self._endpoint.messages_url
        proxy: Any = select_proxy(url, get_environ_proxies(url))
        return proxy


def _trouble(error: Exception) -> SendError:
    """The exception for a failed request, by whether the message may have been sent."""
    kind = type(error).__name__
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return NumberStopped(f"the API's address or token is malformed: {kind}")
    if isinstance(error, NO_CONNECTION):
        return Retry(f"no connection: {kind}")
    return OutcomeUnknown(kind)


def _malformed(error: Exception) -> SendError:
    """A message that is not JSON, or an invalid token; nothing was sent."""
    if isinstance(error, TypeError):
        return Final("the message cannot be written as JSON")
    return NumberStopped("the access token cannot stand in a header")
