"""The Graph API's media: uploading, asking for a link, downloading with the token."""

from email.parser import BytesParser
from email.policy import HTTP

from starlette.requests import Request
from starlette.responses import Response

from emulator.access import check_authorisation, check_path, check_version, unknown_object
from emulator.config import BUSINESS_ACCOUNT
from emulator.encoding import MetaResponse
from emulator.errors import bad_parameter, bad_value
from emulator.graph_account import check_account, show_fields
from emulator.media import ACCEPTED, Media
from emulator.state import Emulator


async def upload_media(request: Request) -> Response:
    """POST /{version}/{phone number id}/media: a form with messaging_product, type and file."""
    emulator: Emulator = request.app.state.emulator
    check_authorisation(emulator, request)
    check_path(emulator, request, request.path_params["node"])
    media = stored_media(emulator, await read_form(request))
    return MetaResponse({"id": media.id})


async def read_form(request: Request) -> dict[str, tuple[bytes, str]]:
    """The fields of a multipart form: (bytes, type) by name; parsed by the library for mail."""
    kind = request.headers.get("Content-Type", "")
    raw = f"Content-Type: {kind}\r\n\r\n".encode("latin-1") + await request.body()
    form: dict[str, tuple[bytes, str]] = {}
    for part in BytesParser(policy=HTTP).parsebytes(raw).iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(payload, bytes):
            form[name] = (payload, part.get_content_type())
    return form


def stored_media(emulator: Emulator, form: dict[str, tuple[bytes, str]]) -> Media:
    """Stores the file; raises Meta's error if no message could have it."""
    if form.get("messaging_product", (b"", ""))[0] != b"whatsapp":
        raise bad_parameter("The parameter messaging_product is required.")
    if "file" not in form:
        raise bad_parameter("The parameter file is required.")
    data, mime_type = form["file"]
    mime_type = form["type"][0].decode(errors="replace") if "type" in form else mime_type
    media = Media(data, mime_type)
    if len(data) > most_bytes(media.plain_type):
        raise bad_value("The file is larger than its type allows")
    return emulator.media.add_media(data, mime_type)


def most_bytes(plain_type: str) -> int:
    """The most bytes of a file of this type; other types count as documents."""
    for kinds, most in ACCEPTED.values():
        if plain_type in kinds:
            return most
    return ACCEPTED["document"][1]


async def show(request: Request) -> Response:
    """GET /{version}/{id}: where to download a file; or the shop's number, or its account."""
    emulator: Emulator = request.app.state.emulator
    node = request.path_params["node"]
    check_authorisation(emulator, request)
    check_version(emulator, request)
    if node == emulator.config.phone_number_id:
        known = emulator.account.number_fields(emulator.config)
        return MetaResponse(show_fields(request, known, "WhatsAppBusinessPhoneNumber"))
    if node == BUSINESS_ACCOUNT:
        check_account(emulator, request)
        known = emulator.account.account_fields(emulator.config)
        return MetaResponse(show_fields(request, known, "WhatsAppBusinessAccount"))
    media = emulator.media.get(node)
    if media is None:
        raise unknown_object("GET", node)
    return MetaResponse(
        {
            "messaging_product": "whatsapp",
            "url": f"{request.base_url}media/{emulator.media.link(media)}",
            "mime_type": media.plain_type,
            "sha256": media.sha256.hex(),
            "file_size": len(media.data),
            "id": media.id,
        }
    )


async def remove_media(request: Request) -> Response:
    """DELETE /{version}/{media id}."""
    emulator: Emulator = request.app.state.emulator
    node = request.path_params["node"]
    check_authorisation(emulator, request)
    check_version(emulator, request)
    if not emulator.media.remove(node):
        raise unknown_object("DELETE", node)
    return MetaResponse({"success": True})


async def download_media(request: Request) -> Response:
    """The file's bytes; 404 if the link has expired, and the shop must ask for a new one."""
    emulator: Emulator = request.app.state.emulator
    check_authorisation(emulator, request)
    media = emulator.media.behind(request.path_params["key"])
    if media is None:
        return Response(status_code=404)
    return Response(media.data, media_type=media.mime_type)
