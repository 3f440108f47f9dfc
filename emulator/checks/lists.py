"""Checks interactive lists: at most ten rows in all sections together."""

from emulator.checks import limits
from emulator.checks.parts import check_frame
from emulator.errors import bad_value
from emulator.fields import Node


def check_list(node: Node) -> None:
    check_frame(node, "text")
    action = node.object("action")
    action.allow("button", "sections")
    # Two error texts are known for this limit; a label that is too long gets this one.
    limits.not_longer(action.string("button"), limits.LIST_LABEL, "Button label")
    sections = action.objects("sections")
    if not 1 <= len(sections) <= limits.SECTIONS:
        raise bad_value("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10")
    rows = [row for section in sections for row in check_section(section, len(sections))]
    if len(rows) > limits.ROWS:
        raise bad_value("Total row count exceed max allowed count: 10")
    for row in rows:
        check_row(row)
    limits.all_different([row.string("id") for row in rows], "row id")


def check_section(section: Node, sections: int) -> list[Node]:
    """Checks a section and returns its rows. Only a single section may have no title."""
    section.allow("title", "rows")
    title = section.optional_string("title")
    if not title and sections > 1:
        raise bad_value("Section title is required when there is more than one section")
    if title:
        limits.not_longer(title, limits.SECTION_TITLE, "Section title")
    rows = section.objects("rows")
    if not rows:
        raise bad_value("Section has no rows. Min allowed rows: 1")
    return rows


def check_row(row: Node) -> None:
    row.allow("id", "title", "description")
    limits.not_longer(row.string("id"), limits.ROW_ID, "Row id")
    limits.not_longer(row.string("title"), limits.ROW_TITLE, "Row title")
    description = row.optional_string("description")
    if description:
        limits.not_longer(description, limits.ROW_DESCRIPTION, "Row description")
