"""The Graph API's endpoints for the account: number, token, app, and the app's webhook."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from emulator.access import check_authorisation, check_version, read_body, token_of, unknown_object
from emulator.account import APP
from emulator.chat import Json
from emulator.config import BUSINESS_ACCOUNT, SHOP_NAME
from emulator.encoding import MetaResponse
from emulator.errors import BAD_PARAMETER, BAD_TOKEN, GraphError, bad_parameter
from emulator.state import Emulator

MANAGING = "whatsapp_business_management"
NO_RIGHT = 200
NO_PARTNER = 10
CALLBACK_REFUSED = 2200
_LINK = "https://www.facebook.com/games/?app_id="


def emulator_of_version(request: Request) -> Emulator:
    """The emulator; raises Meta's error unless the path has the configured version."""
    emulator: Emulator = request.app.state.emulator
    check_version(emulator, request)
    return emulator


async def debug_token(request: Request) -> Response:
    """GET /{version}/debug_token?input_token=: asked with the token itself."""
    emulator = emulator_of_version(request)
    check_authorisation(emulator, request, even_if_void=True)
    return MetaResponse({"data": emulator.account.token_fields()})


async def subscribed_apps(request: Request) -> Response:
    """GET and POST /{version}/{account}/subscribed_apps."""
    emulator = emulator_of_version(request)
    check_account(emulator, request)
    account = emulator.account
    if request.method == "POST":
        account.is_subscribed = True
        return MetaResponse({"success": True})
    ours = {"whatsapp_business_api_data": {"id": APP, "name": SHOP_NAME, "link": f"{_LINK}{APP}"}}
    return MetaResponse({"data": [ours] if account.is_subscribed else []})


async def subscriptions(request: Request) -> Response:
    """GET and POST /{version}/{app}/subscriptions, with the app's own token."""
    emulator = emulator_of_version(request)
    check_app(emulator, request)
    if request.method == "POST":
        return MetaResponse(await subscribe(emulator, await read_body(request)))
    account = emulator.account
    found = {
        "object": "whatsapp_business_account",
        "callback_url": account.callback_url,
        "active": True,
        "fields": [{"name": name, "version": emulator.config.version} for name in account.fields],
    }
    return MetaResponse({"data": [found] if account.callback_url else []})


async def subscribe(emulator: Emulator, body: Json) -> Json:
    """Stores the webhook's address and fields, after a handshake."""
    for name in ("object", "callback_url", "verify_token", "fields"):
        if not isinstance(body.get(name), str):
            raise bad_parameter(f"The parameter {name} is required.")
    if body["callback_url"] == emulator.config.webhook_url:
        problem = await emulator.courier.wire.shake_hands(body["verify_token"])
    else:
        problem = "curl_errno = 6"
    if problem:
        words = f"(#{CALLBACK_REFUSED}) Callback verification failed with the following errors: "
        raise GraphError(CALLBACK_REFUSED, message=f"{words}{problem}")
    emulator.account.callback_url = body["callback_url"]
    emulator.account.fields = body["fields"].split(",")
    return {"success": True}


def check_account(emulator: Emulator, request: Request) -> None:
    """Raises Meta's error unless the request names our account and its token may manage it."""
    check_authorisation(emulator, request)
    if request.path_params["node"] != BUSINESS_ACCOUNT:
        raise unknown_object(request.method, request.path_params["node"])
    if MANAGING not in emulator.account.rights:
        raise GraphError(NO_RIGHT, message=f"(#{NO_RIGHT}) Permissions error")


def check_app(emulator: Emulator, request: Request) -> None:
    """Raises Meta's error unless the request names our app and has the app's token (id|secret)."""
    if request.path_params["node"] != APP:
        raise unknown_object(request.method, request.path_params["node"])
    wanted = f"{APP}|{emulator.config.app_secret}"
    if not secrets.compare_digest(token_of(request).encode(), wanted.encode()):
        raise GraphError(BAD_TOKEN, message="Error validating application. Invalid app secret.")


def show_fields(request: Request, known: Json, kind: str) -> Json:
    """The requested fields of a node; raises Meta's error if it lacks one of them."""
    asked = request.query_params.get("fields")
    names = asked.split(",") if asked else [n for n, value in known.items() if type(value) is str]
    for name in names:
        if name not in known:
            raise GraphError(
                BAD_PARAMETER,
                message=f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind})",
            )
        if name == "primary_funding_id" and known[name] is None:
            raise GraphError(NO_PARTNER, message=f"(#{NO_PARTNER}) Permission denied")
    shown = {name: known[name] for name in names}
    return shown | {"id": known["id"]}
