"""Faults that tests request for the next requests to the Graph API."""

from dataclasses import dataclass, field
from typing import Literal

Request = Literal["messages", "reads"]


@dataclass
class Fault:
    """One fault for the next `times` requests that would otherwise be accepted."""

    times: int = 1
    of: Request = "messages"
    to: str | None = None  # only for this customer
    code: int | None = None  # refused with this code of Meta's
    http: int | None = None  # the HTTP status of the code; without a code, an answer without JSON
    hang: float | None = None  # seconds without an answer, then the connection is dropped
    drop: bool = False  # the connection is dropped
    fail: int | None = None  # accepted, then a failed status with this code
    accept: bool = False  # the message is sent nevertheless, but the shop does not know

    def meets(self, request: Request, customer: str) -> bool:
        return self.times > 0 and self.of == request and self.to in (None, customer)


@dataclass
class Faults:
    """The waiting faults, in the order in which they were requested."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, request: Request, customer: str) -> Fault | None:
        """The fault for this request, if any; this uses up one of its `times`."""
        fault = next((each for each in self.waiting if each.meets(request, customer)), None)
        if fault:
            fault.times -= 1
            self.waiting = [each for each in self.waiting if each.times > 0]
        return fault
