"""Which webhooks Meta delivers to us: the app at the account, its fields, its address."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from whatsapp_account.graph import Graph
from whatsapp_account.public_address import NotReached, ask_address

OBJECT = "whatsapp_business_account"
PATH = "/webhooks/whatsapp/webhook"
# Without the first nothing arrives at all; what each of the others is for stands in
# docs/whatsapp.md.
FIELDS = (
    "messages",
    "smb_message_echoes",
    "user_preferences",
    "message_template_status_update",
    "account_update",
    "phone_number_quality_update",
)
_OK, _FORBIDDEN = 200, 403


@dataclass(frozen=True)
class Subscription:
    """The app's own settings of its webhook at Meta."""

    address: str
    is_active: bool
    fields: Sequence[str]

    @property
    def missing_fields(self) -> list[str]:
        return [field for field in FIELDS if field not in self.fields]


@dataclass(frozen=True)
class Greeting:
    """How a webhook answered a handshake.

    is_accepted: it knows the verify token. is_private: only this machine trusts its certificate.
    """

    is_accepted: bool
    is_private: bool


def fetch_subscribed_apps(graph: Graph, account_id: str) -> dict[str, str]:
    """The apps that get the account's webhooks: name by id.

    Raises:
        GraphTrouble
    """
    apps = [each.get("whatsapp_business_api_data") or {} for each in _apps(graph, account_id)]
    return {str(app.get("id") or ""): str(app.get("name") or "") for app in apps}


def subscribe_app(graph: Graph, account_id: str) -> None:
    """Has Meta deliver the account's webhooks to the token's app.

    Raises:
        GraphTrouble
    """
    graph.write(f"{account_id}/subscribed_apps")


def read_subscription(app: Graph, app_id: str) -> Subscription | None:
    """The app's webhook for WhatsApp; None if it has none. `app` has the app's own token.

    Raises:
        GraphTrouble
    """
    for found in app.read(f"{app_id}/subscriptions").get("data") or ():
        if found.get("object") == OBJECT:
            fields = [str(each.get("name") or "") for each in found.get("fields") or ()]
            address = str(found.get("callback_url") or "")
            return Subscription(address, found.get("active") is True, fields)
    return None


def subscribe_fields(app: Graph, app_id: str, address: str, verify_token: str) -> None:
    """Subscribes the app to all fields that we read, at this address; Meta shakes hands first.

    Raises:
        GraphTrouble: also when the handshake fails.
    """
    content = {
        "object": OBJECT,
        "callback_url": address,
        "verify_token": verify_token,
        "fields": ",".join(FIELDS),
    }
    app.write(f"{app_id}/subscriptions", content)


def try_handshake(address: str, verify_token: str) -> Greeting:
    """Does what Meta does before it trusts an address.

    Raises:
        NotReached: nobody answers there as a webhook does.
    """
    challenge = str(secrets.randbelow(10**10))
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": challenge,
        "hub.verify_token": verify_token,
    }
    answer = ask_address(address, query)
    if answer.status == _FORBIDDEN:
        return Greeting(is_accepted=False, is_private=answer.is_private)
    if answer.status != _OK:
        raise NotReached(f"HTTP {answer.status}")
    if answer.text != challenge:
        raise NotReached("the answer is not Meta's challenge")
    return Greeting(is_accepted=True, is_private=answer.is_private)


def _apps(graph: Graph, account_id: str) -> list[dict[str, dict[str, object]]]:
    return list(graph.read_all(f"{account_id}/subscribed_apps"))
