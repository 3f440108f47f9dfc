"""The log of requests to the Graph API, with their results."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from emulator.chat import Json, Message

LENGTH = 500


@dataclass
class Entry:
    """One request to the Graph API, with its result."""

    number: int
    customer: str | None
    request: Json
    http: int
    code: int | None = None
    message: str | None = None
    details: str | None = None
    sent: Message | None = None
    at: float = field(default_factory=time.time)

    def as_json(self) -> Json:
        failed = self.sent.error if self.sent else None
        return {
            "number": self.number,
            "customer": self.customer,
            "type": self.request.get("status") or self.request.get("type") or "text",
            "http": self.http,
            "code": self.code or (failed["code"] if failed else None),
            "message": self.message or (failed["title"] if failed else None),
            "details": self.details or (failed["error_data"]["details"] if failed else None),
            "id": self.sent.id if self.sent else None,
            "statuses": self.sent.statuses if self.sent else [],
            "request": self.request,
            "time": self.at,
        }


class Log:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=LENGTH)
        self._count = 0

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def add_entry(self, **what: Any) -> Entry:
        """Adds an entry; `what` are its fields without the number."""
        self._count += 1
        self._entries.append(Entry(number=self._count, **what))
        return self._entries[-1]

    def entry_of(self, message: Message) -> Entry | None:
        return next((each for each in reversed(self._entries) if each.sent is message), None)
