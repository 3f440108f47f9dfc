"""What one tap puts right at Meta: the app at the account, and the webhook's fields."""

from doctor.findings import Mend
from settings import Settings
from whatsapp_account import webhooks
from whatsapp_account.account import Account, read_account
from whatsapp_account.graph import Graph, GraphTrouble


class NotMended(Exception):
    """It is as it was; the message says why, and what to do."""


def repair_point(what: Mend, settings: Settings) -> str:
    """Repairs the point; returns what was done.

    Raises:
        NotMended
    """
    graph = Graph.configured(settings)
    try:
        account = read_account(graph, settings)
        if what == "subscribe_app":
            return _subscribe_app(graph, account)
        return _subscribe_fields(graph, account, settings)
    except GraphTrouble as error:
        raise NotMended(f"Meta refused: {error}.") from None


def _subscribe_app(graph: Graph, account: Account) -> str:
    if not account.account_id:
        raise NotMended("The account is not known: see Number and Token's rights.")
    webhooks.subscribe_app(graph, account.account_id)
    return "The app is subscribed to the account: messages arrive from now on."


def _subscribe_fields(graph: Graph, account: Account, settings: Settings) -> str:
    """Subscribes the fields at the address that Meta already has; Meta repeats the handshake."""
    app = graph.as_app(account.app_id, settings.whatsapp_app_secret)
    found = webhooks.read_subscription(app, account.app_id)
    if found is None or not found.address:
        raise NotMended("The app has no webhook at Meta yet: enter its address there first.")
    token = settings.whatsapp_verify_token
    webhooks.subscribe_fields(app, account.app_id, found.address, token)
    return f"Subscribed to {', '.join(webhooks.FIELDS)}."
