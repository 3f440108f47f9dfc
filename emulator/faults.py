"""Trouble to order: what the next requests to the Graph API meet."""

from dataclasses import dataclass, field
from typing import Literal

Request = Literal["messages", "reads"]


@dataclass
class Fault:
    """One kind of trouble for the next `times` requests that would be accepted otherwise."""

    times: int = 1
    of: Request = "messages"
    to: str | None = None  # only for this customer
    code: int | None = None  # refused with this code of Meta's
    http: int | None = None  # this HTTP status: of the code, or alone and without JSON
    hang: float | None = None  # seconds without an answer, then the connection is dropped
    drop: bool = False  # the connection is dropped
    fail: int | None = None  # accepted, then a failed status with this code
    accept: bool = False  # the message goes out all the same: "accepted but unknown"

    def meets(self, request: Request, customer: str) -> bool:
        return self.times > 0 and self.of == request and self.to in (None, customer)


@dataclass
class Faults:
    """Trouble that waits, in the order in which it was asked for."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, request: Request, customer: str) -> Fault | None:
        """The fault for this request, which is used up by it."""
        fault = next((each for each in self.waiting if each.meets(request, customer)), None)
        if fault:
            fault.times -= 1
            self.waiting = [each for each in self.waiting if each.times > 0]
        return fault
