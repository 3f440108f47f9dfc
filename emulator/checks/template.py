"""Checks the shape of template messages; message_templates.py checks them against the template."""

from emulator.checks import limits
from emulator.errors import bad_value
from emulator.fields import Node


def check_template(node: Node) -> None:
    node.allow("name", "language", "components")
    if len(node.word("name")) > limits.TEMPLATE_NAME:
        raise bad_value(f"Template name is too long. Max length is {limits.TEMPLATE_NAME}")
    language = node.object("language")
    language.allow("code", "policy")
    language.word("code")
    if language.has("policy"):
        language.choice("policy", "deterministic")
    if node.has("components"):
        for component in node.objects("components"):
            check_component(component)


def check_component(component: Node) -> None:
    component.allow("type", "sub_type", "index", "parameters")
    component.choice("type", "header", "body", "button")
    if component.has("parameters"):
        for parameter in component.objects("parameters"):
            parameter.word("type")
