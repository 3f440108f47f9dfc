"""Builds requests to WhatsApp's Graph API and reads its answers, for both HTTP libraries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from connectors.whatsapp.api import error_codes, fields
from connectors.whatsapp.api.errors import Final, OutcomeUnknown
from connectors.whatsapp.api.fields import Json
from settings import Settings
from shop.whatsapp import limits

CONNECT_SECONDS = 5.0
# Meta answers in well under a second; whoever waits this long may as well wait for the receipt.
ANSWER_SECONDS = 20.0


@dataclass(frozen=True)
class Endpoint:
    """The address and the token for the requests of one phone number.

    timeouts: the seconds to connect and to wait for the answer.
    """

    api_url: str
    version: str
    phone_number_id: str
    token: str
    timeouts: tuple[float, float] = (CONNECT_SECONDS, ANSWER_SECONDS)

    @classmethod
    def configured(cls, settings: Settings) -> "Endpoint":
        """The shop's own number."""
        return cls(
            settings.whatsapp_api_url,
            settings.whatsapp_api_version,
            settings.whatsapp_phone_number_id,
            settings.whatsapp_access_token,
        )

    @property
    def version_url(self) -> str:
        return f"{self.api_url.rstrip('/')}/{quote(self.version, safe='')}"

    @property
    def messages_url(self) -> str:
        return f"{self.version_url}/{quote(self.phone_number_id, safe='')}/messages"

    @property
    def media_url(self) -> str:
        return f"{self.version_url}/{quote(self.phone_number_id, safe='')}/media"

    @property
    def bearer(self) -> str:
        return f"Bearer {self.token.strip()}"

    @property
    def is_beside_us(self) -> bool:
        """Whether the address is on this machine, so that the machine's proxies must not be
        used."""
        host = urlsplit(self.api_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def message_request(
    to_phone: str | None, user_id: str | None, body: Json, callback_data: str | None = None
) -> Json:
    """The request that sends a body of `bubbles.build_bodies` to a customer, by phone where known.

    Raises:
        Final: the customer has neither phone nor user id.
        LimitExceeded: the callback data are too long.
    """
    asked = {**body, "messaging_product": "whatsapp", **_address(to_phone, user_id)}
    if callback_data:
        limits.CALLBACK_DATA.check(callback_data)
        asked["biz_opaque_callback_data"] = callback_data
    return asked


def read_request(message_id: str, typing: bool) -> Json:
    """The request that shows a customer's message as read, with the typing indicator if wanted."""
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    return {**read, "typing_indicator": {"type": "text"}} if typing else read


def accept_answer(status: int, headers: Mapping[str, str], content: bytes) -> Json:
    """The JSON of a successful answer.

    Raises:
        SendError: the subclass for what went wrong.
    """
    answer = parse_answer(content)
    is_success = status < error_codes.REDIRECTS
    if is_success and isinstance(answer, Mapping) and "error" not in answer:
        return answer
    raise error_codes.refusal_error(status, headers, answer)


def given_id(answer: Json) -> str:
    """The id that WhatsApp gave to a message that it accepted."""
    for sent in fields.read_mappings(answer, "messages"):
        if message_id := fields.read_text(sent, "id"):
            return message_id
    raise OutcomeUnknown("accepted without an id")


def parse_answer(content: bytes) -> object:
    """The JSON of an answer; None if it holds none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _address(to_phone: str | None, user_id: str | None) -> dict[str, str]:
    """The phone number with a plus: without it Meta may add the business's own country code."""
    if to_phone:
        return {"to": f"+{to_phone.lstrip('+')}"}
    if user_id:
        return {"recipient": user_id}
    raise Final("the customer has neither phone nor user id")
