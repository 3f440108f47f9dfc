"""WhatsApp's Graph API, as far as we use it: sending, and marking as read.

Synchronous, on `requests`: call it in a thread. Errors are the exceptions of
connectors/whatsapp/api/errors.py.
"""

from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import quote

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from connectors.whatsapp.api import answers, fields
from connectors.whatsapp.api.answers import ANSWER_SECONDS, CONNECT_SECONDS, Endpoint
from connectors.whatsapp.api.downloads import (
    MOST_BYTES,
    MOST_JSON,
    FileTooLarge,
    ForeignAddress,
    download_content,
    is_metas,
)
from connectors.whatsapp.api.errors import Final, NumberStopped, OutcomeUnknown, Retry, SendError
from connectors.whatsapp.api.fields import Json
from settings import Settings

# At least as many as there are threads that ask.
MOST_CONNECTIONS = 32


class Bearer(AuthBase):
    """Sends the access token, as an `auth` of requests, so that no netrc of the machine replaces
    it."""

    def __init__(self, bearer: str) -> None:
        self._bearer = bearer

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._bearer
        return request


class GraphClient:
    """Sends from one phone number; safe to use from several threads."""

    def __init__(
        self,
        api_url: str,
        version: str,
        phone_number_id: str,
        token: str,
        *,
        timeouts: tuple[float, float] = (CONNECT_SECONDS, ANSWER_SECONDS),
    ) -> None:
        """`timeouts` are the seconds to connect and to wait for the answer."""
        self.endpoint = Endpoint(api_url, version, phone_number_id, token, timeouts)
        self._session = _session(self.endpoint)

    @classmethod
    def configured(cls, settings: Settings) -> "GraphClient":
        """The client for the shop's own number."""
        to = Endpoint.configured(settings)
        return cls(to.api_url, to.version, to.phone_number_id, to.token)

    def send(
        self,
        to_phone: str | None,
        user_id: str | None,
        body: Json,
        callback_data: str | None = None,
    ) -> str:
        """Sends a body of `bubbles.build_bodies` to a customer, by phone where it is known.

        Args:
            to_phone: digits, with the country's code.
            user_id: the business-scoped user id of a customer without a known phone.
            callback_data: WhatsApp returns it with every receipt of the message.

        Returns:
            The id that WhatsApp gave the message.

        Raises:
            SendError: the subclass says what to do.
        """
        asked = answers.message_request(to_phone, user_id, body, callback_data)
        return answers.given_id(self._post(self.endpoint.messages_url, json=asked))

    def mark_read(self, message_id: str, *, typing: bool = True) -> None:
        """Shows a customer's message as read; `typing` until our reply, 25 seconds at most.

        Raises:
            SendError: it was not shown; callers may ignore this.
        """
        self._post(self.endpoint.messages_url, json=answers.read_request(message_id, typing))

    def media(self, media_id: str, kind: str) -> bytes:
        """The content of a customer's media, by the id of the webhook (good for seven days).

        `kind` is what WhatsApp calls them: image, video, ...; it decides how large they may be.

        Raises:
            SendError: it could not be downloaded.
        """
        place = f"{self.endpoint.version_url}/{quote(media_id, safe='')}"
        answer = answers.parse_answer(self._get(place, MOST_JSON))
        described: Json = answer if isinstance(answer, dict) else {}
        address, most = fields.read_text(described, "url"), MOST_BYTES[kind]
        if address is None:
            raise Final("the media have no address")
        if not is_metas(address, self.endpoint.api_url):
            raise ForeignAddress
        if (fields.read_integer(described, "file_size") or 0) > most:
            raise FileTooLarge(f"more than {most} bytes")
        return self._get(address, most)

    def upload(self, content: bytes, media_type: str, name: str) -> str:
        """Uploads a picture of ours; returns the id by which messages may show it for 30 days.

        Raises:
            SendError: it could not be uploaded.
        """
        form = {"messaging_product": "whatsapp", "type": media_type}
        file = {"file": (name, content, media_type)}
        answer = self._post(self.endpoint.media_url, data=form, files=file)
        if media_id := fields.read_text(answer, "id"):
            return media_id
        raise Final("uploaded without an id")

    def close(self) -> None:
        """Closes the connections that are kept open."""
        self._session.close()

    def _get(self, address: str, most: int) -> bytes:
        try:
            return download_content(self._session, address, most, self.endpoint.timeouts)
        except requests.RequestException as error:
            raise _trouble(error) from None

    def _post(self, address: str, **content: Any) -> Json:
        """WhatsApp's answer to a request that it accepted."""
        to = self.endpoint
        try:
            response = self._session.post(
                address, timeout=to.timeouts, allow_redirects=False, **content
            )
        except requests.RequestException as error:
            # Without `from`: the library's own words hold addresses, and a repr the request.
            raise _trouble(error) from None
        except ValueError:
            # http.client's, which quotes the header.
            raise NumberStopped("the access token cannot stand in a header") from None
        return answers.accept_answer(response.status_code, response.headers, response.content)


def _session(to: Endpoint) -> requests.Session:
    session = requests.Session()
    session.auth = Bearer(to.bearer)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = HTTPAdapter(pool_maxsize=MOST_CONNECTIONS, max_retries=0)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    session.trust_env = not to.is_beside_us
    return session


def _trouble(error: requests.RequestException) -> SendError:
    """The exception for a failed request, by whether the message may have been sent."""
    kind = type(error).__name__
    if isinstance(error, ValueError):
        # requests' own kinds for addresses and headers that make no request at all.
        return NumberStopped(f"the API's address or token is malformed: {kind}")
    if isinstance(error, requests.exceptions.InvalidJSONError):
        return Final("the message cannot be written as JSON")
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return Retry(f"no connection: {kind}")
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    if isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.SSLError):
        return Retry(f"no connection: {type(reason).__name__}")
    return OutcomeUnknown(kind)
