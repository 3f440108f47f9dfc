"""Posts a message to a browser's push service, in bounded time and to a public address only."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from web_push.encoding import decode_text
from web_push.encryption import SECRET_BYTES, encrypt_message, read_point
from web_push.endpoints import check_endpoint, find_public_addresses
from web_push.signing import authorize

# For everything: connecting, the request and its answer.
SECONDS = 10.0
# How long a push service keeps a message for a phone that is off.
KEPT_SECONDS = 4 * 3600

Result = Literal["delivered", "gone", "failed"]
Urgency = Literal["normal", "high"]
_GONE = (404, 410)
_ACCEPTED = range(200, 300)


@dataclass(frozen=True)
class Subscription:
    """A browser that agreed: its push service's address, its public key, what it shares with us."""

    endpoint: str
    p256dh: str
    auth: str

    def check(self) -> None:
        """Raises ValueError where this cannot be a browser's subscription."""
        check_endpoint(self.endpoint)
        read_point(decode_text(self.p256dh))
        if len(decode_text(self.auth)) != SECRET_BYTES:
            raise ValueError("the secret has another length")


@dataclass(frozen=True)
class PushSender:
    """Posts with the shop's private key; `contact` says who we are.

    Tests, whose push service is on this machine, give other addresses and certificates.
    """

    private_key: str
    contact: str
    find_addresses: Callable[[str, int], list[str]] = find_public_addresses
    certificates: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def send(self, to: Subscription, message: bytes, urgency: Urgency = "normal") -> Result:
        """Whether the push service took the message; `gone` if it knows the browser no more."""
        try:
            body = encrypt_message(message, decode_text(to.p256dh), decode_text(to.auth))
            status = self._post(to.endpoint, body, urgency)
        except (OSError, ValueError, http.client.HTTPException):
            return "failed"
        if status in _GONE:
            return "gone"
        return "delivered" if status in _ACCEPTED else "failed"

    def _post(self, endpoint: str, body: bytes, urgency: Urgency) -> int:
        """The status of the answer; redirects are not followed."""
        host, port = check_endpoint(endpoint)
        headers = {
            "Authorization": authorize(self.private_key, endpoint, self.contact),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_SECONDS),
            "Urgency": urgency,
        }
        parts = urlsplit(endpoint)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        addresses = self.find_addresses(host, port)
        connection = _PinnedConnection(host, port, addresses[0], self.certificates)
        with contextlib.closing(connection), _limit_time(connection):
            connection.request("POST", path, body, headers)
            return connection.getresponse().status


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to the address that was checked: a second look-up could give another."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=SECONDS, context=context)
        self._address, self._certificates = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = plain
        self.sock = self._certificates.wrap_socket(plain, server_hostname=self.host)


@contextlib.contextmanager
def _limit_time(connection: http.client.HTTPSConnection) -> Iterator[None]:
    """Cuts the connection when the time is over: each byte on its own may come in time."""

    def cut() -> None:
        if connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
