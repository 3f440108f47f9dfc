"""Handles requests about the log, templates, media, the whole state, and the reset."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from emulator.control.reading import ControlError, emulator_of, json_of, refuse_unknown_keys
from emulator.encoding import MetaResponse
from emulator.feed import as_event
from emulator.graph_templates import as_listed, change_template_status
from emulator.message_templates import Template

HTTP_REFUSED = 400


async def list_requests(request: Request) -> Response:
    emulator, query = emulator_of(request), request.query_params
    customer = emulator.customers.find_customer(query.get("customer", ""))
    entries = [
        entry
        for entry in emulator.log
        if (customer is None or entry.customer == customer.key)
        and (query.get("refused") != "true" or entry.http >= HTTP_REFUSED)
    ]
    return MetaResponse({"requests": [entry.as_json() for entry in entries]})


async def add_template(request: Request) -> Response:
    given = await json_of(request)
    refuse_unknown_keys(given, "name", "language", "body", "buttons", "status", "category")
    try:
        template = Template(**given)
    except TypeError as error:
        raise ControlError(str(error)) from None
    emulator_of(request).templates.add_template(template)
    return MetaResponse(given, 201)


async def change_template(request: Request) -> Response:
    """Changes a template's status (paused, approved, ...) and tells the shop by webhook."""
    given, emulator = await json_of(request), emulator_of(request)
    refuse_unknown_keys(given, "name", "language", "status", "reason")
    template = emulator.templates.find_in_language(
        str(given.get("name")), str(given.get("language"))
    )
    if template is None or "status" not in given:
        raise ControlError("name and language of a template, and a status, are expected", 404)
    change_template_status(
        emulator, template, str(given["status"]), str(given.get("reason", "NONE"))
    )
    return MetaResponse(as_listed(template))


async def change_account(request: Request) -> Response:
    """Shows or changes the state of the number, the app and the token at Meta."""
    account = emulator_of(request).account
    try:
        account.change(await json_of(request))
    except ValueError as error:
        raise ControlError(str(error)) from None
    return MetaResponse(asdict(account))


async def upload_from_page(request: Request) -> Response:
    data = await request.body()
    kind = request.headers.get("Content-Type", "application/octet-stream")
    media = emulator_of(request).media.add_media(data, kind)
    return MetaResponse({"id": media.id}, 201)


async def serve_media(request: Request) -> Response:
    """Serves a file to the page; no token is needed, since a phone has its own pictures."""
    media = emulator_of(request).media.get(request.path_params["media_id"])
    if media is None:
        raise ControlError("no such media", 404)
    # Sandboxed, since an uploaded HTML file must not run scripts as the emulator's page.
    headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    return Response(media.data, media_type=media.mime_type, headers=headers)


async def show_state(request: Request) -> Response:
    return MetaResponse(emulator_of(request).snapshot())


async def events(request: Request) -> Response:
    """Streams events; the first one has the whole state, so that a page can reconnect."""
    emulator = emulator_of(request)
    stream = emulator.feed.listen(as_event("snapshot", emulator.snapshot()))
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def reset(request: Request) -> Response:
    emulator_of(request).reset()
    return MetaResponse({"customers": [c.as_json() for c in emulator_of(request).customers]})
