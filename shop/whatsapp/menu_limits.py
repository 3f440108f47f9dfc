"""Meta's limits on a menu as plain numbers; their sources: shop/whatsapp/limits.py."""

from shop.whatsapp import limits

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
