"""The Graph API's endpoints for templates: lists them, and creates new ones, which are reviewed."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from emulator.access import read_body
from emulator.chat import Json
from emulator.courier import Item
from emulator.encoding import MetaResponse
from emulator.errors import BAD_PARAMETER, GraphError, bad_parameter
from emulator.graph_account import check_account, emulator_of_version
from emulator.message_templates import PLACE, Template
from emulator.payloads import template_payload
from emulator.state import Emulator

NAME = re.compile(r"[a-z0-9_]{1,512}")
CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
EXISTS, AT_AN_END, NO_EXAMPLE = 2388024, 2388299, 2388043
REVIEW_SECONDS = 0.5
VERDICTS = {"approve": ("APPROVED", "NONE"), "reject": ("REJECTED", "INVALID_FORMAT")}


async def message_templates(request: Request) -> Response:
    """GET (a page at a time) and POST /{version}/{account}/message_templates."""
    emulator = emulator_of_version(request)
    check_account(emulator, request)
    if request.method == "POST":
        return MetaResponse(create_template(emulator, await read_body(request)))
    return MetaResponse(page_of(emulator, request))


def page_of(emulator: Emulator, request: Request) -> Json:
    """A page of templates: those after the cursor, `limit` of them."""
    query = request.query_params
    first, most = int(query.get("after") or 0), int(query.get("limit") or 25)
    every = [as_listed(template) for template in emulator.templates]
    answer: Json = {"data": every[first : first + most]}
    paging: Json = {"cursors": {"before": str(first), "after": str(first + most)}}
    if first + most < len(every):
        paging["next"] = str(request.url)
    return answer | {"paging": paging}


def as_listed(template: Template) -> Json:
    components: list[Json] = [{"type": "BODY", "text": template.body}]
    if template.buttons:
        buttons = [button | {"type": button["type"].upper()} for button in template.buttons]
        components.append({"type": "BUTTONS", "buttons": buttons})
    return {
        "id": template.id,
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "rejected_reason": template.reason,
        "components": components,
    }


def create_template(emulator: Emulator, body: Json) -> Json:
    """Creates a template, which waits for its review."""
    name, language, category = (body.get(key) for key in ("name", "language", "category"))
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise bad_parameter("Param name must be lower-case letters, digits and underscores.")
    if not isinstance(language, str) or category not in CATEGORIES:
        raise bad_parameter("The parameters language and category are required.")
    if emulator.templates.has(name, language):
        raise refused(EXISTS, "Content in this language already exists")
    text = check_template_text(body.get("components"))
    template = Template(name, language, text, status="PENDING", category=str(category))
    emulator.templates.add_template(template)
    emulator.start(review(emulator, template))
    return {"id": template.id, "status": template.status, "category": template.category}


def check_template_text(components: object) -> str:
    """The body's text; raises Meta's error if a parameter is at an end or has no example."""
    listed = components if isinstance(components, list) else []
    bodies = [each for each in listed if isinstance(each, dict) and each.get("type") == "BODY"]
    text = bodies[0].get("text") if bodies else None
    if not isinstance(text, str) or not text:
        raise bad_parameter("The parameter components[BODY].text is required.")
    bare = text.strip()
    places = list(PLACE.finditer(bare))
    if places and (places[0].start() == 0 or places[-1].end() == len(bare)):
        raise refused(AT_AN_END, "Variables can't be at the start or end of the template.")
    examples = bodies[0].get("example", {}).get("body_text", [[]])
    row = examples[0] if examples and isinstance(examples[0], list) else []
    if len(row) != len({place[1] for place in places}):
        raise refused(NO_EXAMPLE, "BODY component does not contain the expected field(s) (example)")
    return text


def refused(subcode: int, words: str) -> GraphError:
    return GraphError(BAD_PARAMETER, message=f"Invalid parameter: {words}", subcode=subcode)


async def review(emulator: Emulator, template: Template) -> None:
    """Approves or rejects a template after a moment, and notifies the shop."""
    verdict = VERDICTS.get(emulator.account.review)
    if verdict:
        await asyncio.sleep(REVIEW_SECONDS)
        change_template_status(emulator, template, *verdict)


def change_template_status(
    emulator: Emulator, template: Template, status: str, reason: str
) -> None:
    """Changes a template's status, and notifies the shop by webhook if it subscribed to that."""
    template.status, template.reason = status, reason
    if "message_template_status_update" in emulator.account.fields:
        change = template_payload(template.name, template.language, status, reason)
        emulator.courier.post(Item("templates", change))
