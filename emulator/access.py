"""Checks requests to the Graph API (token, version, phone number id) and answers refused ones."""

import json
import secrets

from starlette.requests import Request
from starlette.responses import Response

from emulator.chat import Json
from emulator.encoding import MetaResponse
from emulator.errors import BAD_PARAMETER, BAD_TOKEN, UNKNOWN_PATH, GraphError
from emulator.state import Emulator


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """The response for a GraphError, whichever endpoint raises it."""
    if not isinstance(error, GraphError):
        raise error
    return MetaResponse(error.body(), error.http)


async def read_body(request: Request) -> Json:
    """The JSON object of the request; anything else counts as an empty one, as with Meta."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def check_authorisation(
    emulator: Emulator, request: Request, *, even_if_void: bool = False
) -> None:
    """Raises Meta's error if the token is missing or invalid. Runs before all other checks.

    even_if_void: accepts our token also if the account says that it is invalid."""
    token = token_of(request)
    if not secrets.compare_digest(token.encode(), emulator.config.access_token.encode()):
        raise GraphError(
            BAD_TOKEN, message="Invalid OAuth access token - Cannot parse access token"
        )
    if not emulator.account.token_is_valid and not even_if_void:
        raise GraphError(
            BAD_TOKEN, message="Error validating access token: Session has expired", subcode=463
        )


def token_of(request: Request) -> str:
    """The bearer token of the request."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise GraphError(BAD_TOKEN, message="An access token is required to request this resource.")
    return token


def check_path(emulator: Emulator, request: Request, node: str) -> None:
    """Raises Meta's error unless the path has the configured version and our phone number id."""
    check_version(emulator, request)
    if node != emulator.config.phone_number_id:
        raise unknown_object(request.method, node)


def check_version(emulator: Emulator, request: Request) -> None:
    version = request.path_params["version"]
    if version != emulator.config.version:
        raise unknown_path(f"/{version}")


def unknown_path(path: str) -> GraphError:
    return GraphError(UNKNOWN_PATH, message=f"Unknown path components: {path}")


def unknown_object(method: str, node: str) -> GraphError:
    return GraphError(
        BAD_PARAMETER,
        message=f"Unsupported {method.lower()} request. Object with ID '{node}' does not exist, "
        "cannot be loaded due to missing permissions, or does not support this operation. Please "
        "read the Graph API documentation at https://developers.facebook.com/docs/graph-api",
        subcode=33,
        kind="GraphMethodException",
    )
