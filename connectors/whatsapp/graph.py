"""WhatsApp's Graph API, as far as we use it: sending, and marking as read.

Synchronous, on `requests`: call it in a thread. Every trouble is an exception of
connectors/whatsapp/errors.py that says whether, and how, to try again.
"""

import json
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from connectors.whatsapp import fields, refusals
from connectors.whatsapp.errors import Final, NumberStopped, OutcomeUnknown, Retry, SendError
from connectors.whatsapp.fields import Json
from settings import Settings
from shop.interactive import limits

CONNECT_SECONDS = 5.0
# Meta answers in well under a second; whoever waits this long may as well wait for the receipt.
ANSWER_SECONDS = 20.0
# At least as many as there are threads that send.
MOST_CONNECTIONS = 32


class Bearer(AuthBase):
    """The access token. As an `auth` of requests no netrc of the machine takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token.strip()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
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
        number = quote(phone_number_id, safe="")
        self._version_url = f"{api_url.rstrip('/')}/{quote(version, safe='')}"
        self._messages_url = f"{self._version_url}/{number}/messages"
        self._timeouts = timeouts
        self._session = _session(api_url, token)

    @classmethod
    def configured(cls, settings: Settings) -> "GraphClient":
        """The client for the shop's own number."""
        return cls(
            settings.whatsapp_api_url,
            settings.whatsapp_api_version,
            settings.whatsapp_phone_number_id,
            settings.whatsapp_access_token,
        )

    def send(
        self,
        to_phone: str | None,
        user_id: str | None,
        body: Json,
        callback_data: str | None = None,
    ) -> str:
        """Sends a body of `bubbles.bodies` to a customer, by phone where it is known.

        Args:
            to_phone: digits, with the country's code.
            user_id: the business-scoped user id of a customer without a known phone.
            callback_data: comes back with every receipt of the message.

        Returns:
            The id that WhatsApp gave the message.

        Raises:
            SendError: one of its kinds, each of which says what to do.
        """
        message = {**body, "messaging_product": "whatsapp", **_address(to_phone, user_id)}
        if callback_data:
            limits.CALLBACK_DATA.check(callback_data)
            message["biz_opaque_callback_data"] = callback_data
        answer = self._post(message)
        for sent in fields.mappings(answer, "messages"):
            if message_id := fields.text(sent, "id"):
                return message_id
        raise OutcomeUnknown("accepted without an id")

    def mark_read(self, message_id: str, *, typing: bool = True) -> None:
        """Shows a customer's message as read; `typing` until our reply, 25 seconds at most.

        Raises:
            SendError: it was not shown, which is no loss.
        """
        mark = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
        self._post({**mark, "typing_indicator": {"type": "text"}} if typing else mark)

    def media(self, media_id: str) -> bytes:
        """The content of a customer's media, by the id of the webhook (good for seven days).

        Raises:
            SendError: it was not to be had.
        """
        described = _json(self._get(f"{self._version_url}/{quote(media_id, safe='')}"))
        address = fields.text(described, "url") if isinstance(described, Mapping) else None
        if address is None:
            raise Final("the media have no address")
        return self._get(address)

    def close(self) -> None:
        """Closes the connections that are kept open."""
        self._session.close()

    def _get(self, address: str) -> bytes:
        try:
            response = self._session.get(address, timeout=self._timeouts)
        except requests.RequestException as error:
            raise _trouble(error) from None
        if response.ok:
            return response.content
        raise refusals.refusal(response.status_code, response.headers, _json(response.content))

    def _post(self, message: Json) -> Json:
        """WhatsApp's answer to a request that it accepted."""
        try:
            response = self._session.post(
                self._messages_url, json=message, timeout=self._timeouts, allow_redirects=False
            )
        except requests.RequestException as error:
            # Without `from`: the library's own words hold addresses, and a repr the request.
            raise _trouble(error) from None
        except ValueError:
            # http.client's, which quotes the header.
            raise NumberStopped("the access token cannot stand in a header") from None
        answer = _json(response.content)
        is_success = response.status_code < refusals.REDIRECTS
        if is_success and isinstance(answer, Mapping) and "error" not in answer:
            return answer
        raise refusals.refusal(response.status_code, response.headers, answer)


def _session(api_url: str, token: str) -> requests.Session:
    session = requests.Session()
    session.auth = Bearer(token)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = HTTPAdapter(pool_maxsize=MOST_CONNECTIONS, max_retries=0)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    # A proxy of the environment leads to Meta, not to the emulator beside us.
    session.trust_env = not _is_loopback(urlsplit(api_url).hostname or "")
    return session


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(to_phone: str | None, user_id: str | None) -> dict[str, str]:
    """With a plus: without one, Meta may put the business's own country in front."""
    if to_phone:
        return {"to": f"+{to_phone.lstrip('+')}"}
    if user_id:
        return {"recipient": user_id}
    raise Final("the customer has neither phone nor user id")


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _trouble(error: requests.RequestException) -> SendError:
    """Whether anything can have left before it went wrong."""
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
