"""The validator's result: the problem, its place, and the limit that is broken."""

from dataclasses import dataclass
from typing import Literal

from shop.whatsapp.limits import Incomplete, InteractiveRefused, Limit, LimitExceeded

Code = Literal["missing", "limit", "surplus", "unknown", "repeated", "wrong"]


@dataclass(frozen=True)
class Problem:
    """Why WhatsApp would refuse a message.

    place: the part, by the name of the editor's field that mends it, such as
    `section.0.row.2.title`; `menu` where no field can.
    code: `missing` is absent or of the wrong kind, `limit` too short or too long, `surplus` more
    options than one message shows, `unknown` a key that WhatsApp does not know, `repeated` what
    must differ, `wrong` any other value that it does not take.
    message: a sentence for staff.
    limit, actual: the limit of this part, and how much is there, as far as that can be counted.
    """

    place: str
    code: Code
    message: str
    limit: Limit | None = None
    actual: int | None = None

    def as_error(self) -> InteractiveRefused:
        """The exception for code that cannot go on: a LimitExceeded where a limit is broken."""
        if self.limit is not None and self.actual is not None:
            return LimitExceeded(self.limit, self.actual)
        named = f" ({self.limit.name})" if self.limit else ""
        return Incomplete(f"{self.place}: {self.message}{named}")
