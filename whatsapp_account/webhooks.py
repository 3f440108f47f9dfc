"""Which webhooks Meta delivers to us: the app at the account, its fields, its address."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import requests

from whatsapp_account.graph import Graph

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
HANDSHAKE_SECONDS = 10.0
_OK = 200


@dataclass(frozen=True)
class Subscription:
    """The app's own settings of its webhook at Meta."""

    address: str
    is_active: bool
    fields: Sequence[str]

    @property
    def missing_fields(self) -> list[str]:
        return [field for field in FIELDS if field not in self.fields]


def subscribed_apps(graph: Graph, account_id: str) -> dict[str, str]:
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
    """The app's webhook for WhatsApp; None where it has none. `app` has the app's own token.

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


def shake_hands(address: str, verify_token: str) -> str:
    """Does what Meta does before it trusts an address; what was wrong, or nothing."""
    challenge = str(secrets.randbelow(10**10))
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": challenge,
        "hub.verify_token": verify_token,
    }
    try:
        answer = requests.get(
            address, params=query, timeout=HANDSHAKE_SECONDS, allow_redirects=False
        )
    except requests.exceptions.SSLError:
        return "its certificate is not valid"
    except (requests.RequestException, ValueError) as error:
        return f"no connection ({type(error).__name__})"
    if answer.status_code != _OK:
        return f"HTTP {answer.status_code}"
    return "" if answer.text == challenge else "the answer is not Meta's challenge"


def _apps(graph: Graph, account_id: str) -> list[dict[str, dict[str, object]]]:
    return list(graph.read_all(f"{account_id}/subscribed_apps"))
