"""Meta's limits on messages (Cloud API), each with its source. docs/whatsapp.md has them all.

"refused live" means that the API was seen to refuse more, with error 131009 unless said otherwise.
"""

from dataclasses import dataclass


class InteractiveRefused(ValueError):
    """Meta would refuse this message."""


class LimitExceeded(InteractiveRefused):
    """{name}: {minimum} to {maximum} {unit} allowed, {actual} given."""

    def __init__(self, limit: "Limit", actual: int) -> None:
        super().__init__(str(self.__doc__).format(actual=actual, **vars(limit)))
        self.limit = limit
        self.actual = actual


class Incomplete(InteractiveRefused):
    """Something that Meta requires is missing or of the wrong kind; the message names it."""


def text_length(text: str) -> int:
    """The length in UTF-16 units.

    Meta counts code points (20 times `ç` passed, 21 did not). UTF-16 units are never fewer, so
    a text that fits by them fits in any case.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class Limit:
    """The number of characters or elements that a part of a message may have."""

    name: str
    minimum: int
    maximum: int
    unit: str = "characters"

    def fits(self, text: str) -> bool:
        return self.minimum <= text_length(text) <= self.maximum

    def check(self, text: str) -> None:
        self.check_count(text_length(text))

    def check_count(self, actual: int) -> None:
        if not self.minimum <= actual <= self.maximum:
            raise LimitExceeded(self, actual)


# refused live, with error 100 and not 131009
TEXT_BODY = Limit("TEXT_BODY", 1, 4096)
# refused live, for lists too: the page that says 4096 for them is wrong
INTERACTIVE_BODY = Limit("INTERACTIVE_BODY", 1, 1024)
# documented
HEADER = Limit("HEADER", 1, 60)
# refused live
FOOTER = Limit("FOOTER", 1, 60)

# refused live
BUTTONS = Limit("BUTTONS", 1, 3, "buttons")
# refused live
BUTTON_TITLE = Limit("BUTTON_TITLE", 1, 20)
# documented; no blanks around it
BUTTON_ID = Limit("BUTTON_ID", 1, 256)

# refused live
LIST_BUTTON = Limit("LIST_BUTTON", 1, 20)
# documented
SECTIONS = Limit("SECTIONS", 1, 10, "sections")
# documented; asked for as soon as there is more than one section
SECTION_TITLE = Limit("SECTION_TITLE", 1, 24)
# refused live ("Total row count"): 10 in all sections together; "100 rows" is a myth
ROWS = Limit("ROWS", 1, 10, "rows in all sections together")
# a section without rows was refused live
SECTION_ROWS = Limit("SECTION_ROWS", 1, 10, "rows in a section")
# documented
ROW_ID = Limit("ROW_ID", 1, 200)
# refused live
ROW_TITLE = Limit("ROW_TITLE", 1, 24)
# documented
ROW_DESCRIPTION = Limit("ROW_DESCRIPTION", 1, 72)

# refused live
LINK_TEXT = Limit("LINK_TEXT", 1, 20)
# "advised" are 30; other clients hold to 20
FLOW_BUTTON = Limit("FLOW_BUTTON", 1, 20)
# documented, for pictures, videos and documents
CAPTION = Limit("CAPTION", 1, 1024)
# raised from 256 by Meta
CALLBACK_DATA = Limit("CALLBACK_DATA", 1, 512)
