"""Meta's limits on a menu as plain numbers; their sources: shop/interactive/limits.py."""

from shop.interactive import limits
from shop.interactive.limits import length

BODY = limits.INTERACTIVE_BODY.maximum
HEADER = limits.HEADER.maximum
FOOTER = limits.FOOTER.maximum
BUTTONS = limits.BUTTONS.maximum
BUTTON_TITLE = limits.BUTTON_TITLE.maximum
BUTTON_ID = limits.BUTTON_ID.maximum
LIST_BUTTON = limits.LIST_BUTTON.maximum
SECTIONS = limits.SECTIONS.maximum
SECTION_TITLE = limits.SECTION_TITLE.maximum
ROWS = limits.ROWS.maximum
ROW_ID = limits.ROW_ID.maximum
ROW_TITLE = limits.ROW_TITLE.maximum
ROW_DESCRIPTION = limits.ROW_DESCRIPTION.maximum
FLOW_BUTTON = limits.FLOW_BUTTON.maximum

__all__ = [
    "BODY", "BUTTONS", "BUTTON_ID", "BUTTON_TITLE", "FLOW_BUTTON", "FOOTER", "HEADER",
    "LIST_BUTTON", "ROWS", "ROW_DESCRIPTION", "ROW_ID", "ROW_TITLE", "SECTIONS",
    "SECTION_TITLE", "length",
]  # fmt: skip
