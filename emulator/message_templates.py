"""The shop's templates, created by the control API or by the Graph API."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from emulator.chat import Json
from emulator.errors import (
    MISSING,
    TEMPLATE_COUNT,
    TEMPLATE_DISABLED,
    TEMPLATE_FORMAT,
    TEMPLATE_PARAMETER,
    TEMPLATE_PAUSED,
    TEMPLATE_UNKNOWN,
    GraphError,
)
from emulator.identifiers import new_number

PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# A parameter must not have more than four spaces in a row, a tab or a new line.
UNFIT = re.compile(r"[\n\t]| {5,}")

UNFIT_STATES = {"PAUSED": TEMPLATE_PAUSED, "DISABLED": TEMPLATE_DISABLED}


@dataclass
class Template:
    """One template. Buttons: {"type": "quick_reply" | "url" | ..., "text", "url"?}.

    status: APPROVED, PENDING, REJECTED, PAUSED or DISABLED, as at Meta.
    """

    name: str
    language: str
    body: str
    buttons: list[Json] = field(default_factory=list)
    status: str = "APPROVED"
    category: str = "UTILITY"
    reason: str = "NONE"
    id: str = field(default_factory=new_number)

    @property
    def places(self) -> list[str]:
        """The body's placeholders, in order: `1`, `2`, or names."""
        return list(dict.fromkeys(PLACE.findall(self.body)))


HELLO_WORLD = Template(
    name="hello_world",
    language="en_US",
    body="Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp "
    "message notification from the Cloud API, hosted by Meta.",
)


class Registry:
    """Templates by name and language; `hello_world` is there from the start."""

    def __init__(self) -> None:
        self._templates: dict[tuple[str, str], Template] = {}
        self.add_template(HELLO_WORLD)

    def add_template(self, template: Template) -> None:
        self._templates[template.name, template.language] = template

    def __iter__(self) -> Iterator[Template]:
        return iter(self._templates.values())

    def has(self, name: str, language: str) -> bool:
        return (name, language) in self._templates

    def find_in_language(self, name: str, language: str) -> Template | None:
        """The template, whatever its status."""
        return self._templates.get((name, language))

    def find_template(self, content: Json) -> Template:
        name, language = content["name"], content["language"]["code"]
        template = self._templates.get((name, language))
        if template and template.status in UNFIT_STATES:
            raise GraphError(UNFIT_STATES[template.status])
        if template is None or template.status != "APPROVED":
            raise GraphError(
                TEMPLATE_UNKNOWN, f"template name ({name}) does not exist in {language}"
            )
        return template

    def check(self, content: Json) -> None:
        """Raises Meta's error for parameters that do not fit the template."""
        template = self.find_template(content)
        check_template_body(template, parameters_of(content, "body"))
        check_template_buttons(template, content)

    def rendered(self, content: Json) -> Json:
        """The content with the text and options that the customer sees."""
        template = self.find_template(content)
        values = {
            parameter.get("parameter_name", str(index)): str(parameter.get("text", ""))
            for index, parameter in enumerate(parameters_of(content, "body"), 1)
        }
        words = PLACE.sub(lambda place: values.get(place[1], ""), template.body)
        options = [
            {"id": payload_of(content, index) or button["text"], "title": button["text"]}
            for index, button in enumerate(template.buttons)
            if button["type"] == "quick_reply"
        ]
        return content | {"rendered": words, "options": options}


def parameters_of(content: Json, kind: str) -> list[Json]:
    found: list[Json] = []
    for component in content.get("components", []):
        if component["type"] == kind:
            found += component.get("parameters", [])
    return found


def check_template_body(template: Template, parameters: list[Json]) -> None:
    if len(parameters) != len(template.places):
        raise GraphError(
            TEMPLATE_COUNT,
            f"body: number of localizable_params ({len(parameters)}) does not match the expected "
            f"number of params ({len(template.places)})",
        )
    for place, parameter in zip(template.places, parameters, strict=True):
        check_parameter(place, parameter)


def check_parameter(place: str, parameter: Json) -> None:
    if not place.isdigit() and parameter.get("parameter_name") is None:
        raise GraphError(TEMPLATE_COUNT, f"body: Parameter name is missing ({place})")
    if parameter["type"] != "text" or not isinstance(parameter.get("text"), str):
        raise GraphError(TEMPLATE_FORMAT, f"body: Parameter {place} must be a text")
    if UNFIT.search(parameter["text"]):
        raise GraphError(
            TEMPLATE_PARAMETER,
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
        )


def check_template_buttons(template: Template, content: Json) -> None:
    """Raises Meta's error if a link with a placeholder, or a code to copy, has no parameter."""
    for index, button in enumerate(template.buttons):
        needs = PLACE.search(button.get("url", "")) or button["type"] == "copy_code"
        if needs and not button_parameters(content, index):
            raise GraphError(
                MISSING,
                f"buttons: Button at index {index} of type {button['type']} requires a parameter",
            )


def button_parameters(content: Json, index: int) -> list[Json]:
    for component in content.get("components", []):
        if component["type"] == "button" and str(component.get("index")) == str(index):
            return list(component.get("parameters", []))
    return []


def payload_of(content: Json, index: int) -> str | None:
    """The payload that a tap on the quick reply at `index` sends back, or None."""
    for parameter in button_parameters(content, index):
        if parameter.get("type") == "payload":
            return str(parameter.get("payload"))
    return None
