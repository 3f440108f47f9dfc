"""The webhook: the app at the account, its fields, its address, and the verify token."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from doctor.account import explain_trouble
from doctor.findings import WEBHOOK, Finding, Point
from doctor.machine import CERTIFICATE_CURE, CERTIFICATE_SERVER
from settings import Settings
from whatsapp_account import webhooks
from whatsapp_account.graph import Graph, GraphTrouble, Refused
from whatsapp_account.number import Number
from whatsapp_account.public_address import BadCertificate, NotReached
from whatsapp_account.webhooks import PATH, Subscription

SUBSCRIBED = Point(WEBHOOK, "App at the account")
SECRET = Point(WEBHOOK, "App secret")
FIELDS = Point(WEBHOOK, "Fields")
ADDRESS = Point(WEBHOOK, "Address")
HANDSHAKE = Point(WEBHOOK, "Verify token")

CONFIGURATION = "The app's page at Meta > WhatsApp > Configuration"
# Meta refuses the app's own token by one of these, where the secret is not the app's.
WRONG_SECRET = (1, 101, 190)


def examine_webhook(
    graph: Graph, settings: Settings, account_id: str, app_id: str, number: Number | None
) -> Iterator[Finding]:
    """Every point of the webhook; `number` has the address that is set only for it."""
    yield _subscribed(graph, account_id, app_id)
    try:
        app = graph.as_app(app_id, settings.whatsapp_app_secret)
        found = webhooks.read_subscription(app, app_id)
    except GraphTrouble as error:
        yield _secret(error)
        found = None
    else:
        yield SECRET.fine("It is the app's: signatures can be checked.")
        yield _fields(found)
    address = (number.webhook if number else "") or (found.address if found else "")
    yield from examine_address(address, settings)


def _subscribed(graph: Graph, account_id: str, app_id: str) -> Finding:
    if not account_id:
        return SUBSCRIBED.unknown("The account is not known.", "See Number and Token's rights.")
    try:
        apps = webhooks.fetch_subscribed_apps(graph, account_id)
    except GraphTrouble as error:
        return explain_trouble(SUBSCRIBED, error)
    if app_id not in apps:
        return SUBSCRIBED.trouble(
            "The app is not subscribed to the account: no message arrives.",
            "Subscribe it.",
            f"subscribed instead: {', '.join(apps.values())}" if apps else "",
            mend="subscribe_app",
        )
    return SUBSCRIBED.fine(f"{apps[app_id] or 'The app'} is subscribed to the account.")


def _secret(error: GraphTrouble) -> Finding:
    if isinstance(error, Refused) and error.code in WRONG_SECRET:
        return SECRET.trouble(
            "Meta does not take it for the app's: every webhook would be refused with 401.",
            "Take it from the app's page at Meta > App settings > Basic > App secret.",
            "WHATSAPP_APP_SECRET",
        )
    return explain_trouble(SECRET, error)


def _fields(found: Subscription | None) -> Finding:
    if found is None or not found.address:
        return FIELDS.trouble(
            "The app has no webhook for WhatsApp.",
            f"{CONFIGURATION}: callback URL https://your.name{PATH}, and the verify token.",
        )
    if not found.is_active:
        return FIELDS.trouble(
            "Meta has switched the webhook off.", "Subscribe again.", mend="subscribe_fields"
        )
    if missing := found.missing_fields:
        names = ", ".join(missing)
        words = f"Not subscribed: {names}."
        if "messages" in missing:
            words = f"Nothing arrives, since these are not subscribed: {names}."
        return FIELDS.trouble(words, "Subscribe to them.", mend="subscribe_fields")
    return FIELDS.fine(f"Subscribed to {', '.join(webhooks.FIELDS)}.")


def examine_address(address: str, settings: Settings) -> Iterator[Finding]:
    """Where Meta delivers to, and whether we are there: by Meta's own handshake."""
    if not address:
        yield ADDRESS.unknown("Meta does not tell it.", f"{CONFIGURATION} shows it.")
        return
    parts = urlsplit(address)
    if parts.path != PATH:
        yield ADDRESS.trouble(
            f"Meta delivers to {address}, which is no path of ours.",
            f"{CONFIGURATION}: callback URL https://your.name{PATH}.",
        )
        return
    if parts.scheme != "https" and not settings.emulated:
        yield ADDRESS.trouble(
            f"{address} has no https.", f"{CONFIGURATION}: an address that begins with https://."
        )
        return
    yield from _shake_hands(address, settings.whatsapp_verify_token)


def _shake_hands(address: str, verify_token: str) -> Iterator[Finding]:
    try:
        greeting = webhooks.try_handshake(address, verify_token)
    except BadCertificate as error:
        yield ADDRESS.trouble(
            f"Meta will not deliver to {address}: {error}.", CERTIFICATE_CURE, CERTIFICATE_SERVER
        )
        return
    except NotReached as error:
        yield ADDRESS.trouble(
            f"{address} does not answer from here: {error}.",
            "Check the DNS name, the certificate, ports 80 and 443, the proxy, and that the "
            "webhook runs.",
            "systemctl status ordering-assistant-webhook",
        )
        return
    yield _reached(address, greeting)
    if greeting.is_accepted:
        yield HANDSHAKE.fine("The handshake with our verify token succeeds there.")
    else:
        yield HANDSHAKE.trouble(
            "Whoever answers there does not know our verify token.",
            "Another shop or an old setting answers: restart the webhook, check the proxy, and "
            "enter the same word at Meta.",
            "WHATSAPP_VERIFY_TOKEN",
        )


def _reached(address: str, greeting: webhooks.Greeting) -> Finding:
    if greeting.is_private:
        return ADDRESS.trouble(
            f"{address} answers, but only machines that know who made its certificate trust it: "
            "this one does, Meta does not.",
            CERTIFICATE_CURE,
            CERTIFICATE_SERVER,
        )
    return ADDRESS.fine(f"{address} answers.")
