"""Meta's limits. Lengths count code points: 20 times `ç` (40 bytes) was accepted as a title."""

from collections.abc import Sequence

from emulator.errors import bad_value

TEXT = 4096
BODY = 1024  # of lists too: the documentation's 4096 is refused by the live API
CAPTION = 1024
HEADER = 60
FOOTER = 60
CALLBACK_DATA = 512

BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256

LIST_LABEL = 20
SECTIONS = 10
ROWS = 10  # of all sections together
SECTION_TITLE = 24
ROW_ID = 200
ROW_TITLE = 24
ROW_DESCRIPTION = 72

LINK_LABEL = 20
FLOW_LABEL = 30
CONTACTS = 5
TEMPLATE_NAME = 512


def check_limit(value: str, limit: int, what: str, *, least: int = 1) -> None:
    """Raises Meta's most common error if the length is not between `least` and `limit`."""
    if not least <= len(value) <= limit:
        raise bad_value(f"{what} length invalid. Min length: {least}, Max length: {limit}")


def not_longer(value: str, limit: int, what: str) -> None:
    """Raises the error that Meta uses in lists if the length exceeds `limit`."""
    if len(value) > limit:
        raise bad_value(f"{what} is too long. Max length is {limit}")
    if not value:
        raise bad_value(f"{what} length invalid. Min length: 1, Max length: {limit}")


def all_different(values: Sequence[str], what: str) -> None:
    """Raises an error if two values are equal; its details are ours, since Meta's are not known."""
    for value in values:
        if values.count(value) > 1:
            raise bad_value(f"Duplicated {what}: {value}")
