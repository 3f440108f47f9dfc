"""What an examination finds: one point, how it is, and what to do."""

from dataclasses import dataclass
from typing import Literal

# `look`: it works, and somebody should see to it. `unknown`: it could not be examined.
State = Literal["fine", "look", "trouble", "unknown"]
# What one tap can put right (doctor/mending.py).
Mend = Literal["subscribe_app", "subscribe_fields"]

DATABASE, MACHINE, ACCOUNT, WEBHOOK, TEMPLATES = (
    "Database",
    "This machine",
    "WhatsApp account",
    "Webhook",
    "Templates",
)
AREAS = (DATABASE, MACHINE, ACCOUNT, WEBHOOK, TEMPLATES)


@dataclass(frozen=True)
class Finding:
    """One point of an area. `words` say how it is, `cure` what to do: both are for an owner.

    server: the settings, commands and files that the cure is about, for whoever runs the server.
    None of them holds a secret.
    """

    area: str
    title: str
    state: State
    words: str
    cure: str = ""
    server: str = ""
    mend: Mend | None = None


@dataclass(frozen=True)
class Point:
    """A point that is examined; its methods make the findings."""

    area: str
    title: str

    def fine(self, words: str) -> Finding:
        return Finding(self.area, self.title, "fine", words)

    def look(self, words: str, cure: str, server: str = "") -> Finding:
        return Finding(self.area, self.title, "look", words, cure, server)

    def trouble(
        self, words: str, cure: str, server: str = "", *, mend: Mend | None = None
    ) -> Finding:
        return Finding(self.area, self.title, "trouble", words, cure, server, mend)

    def unknown(self, words: str, cure: str = "") -> Finding:
        return Finding(self.area, self.title, "unknown", words, cure)


def needs_somebody(findings: list[Finding]) -> bool:
    """Whether the shop cannot go live as it is."""
    return any(finding.state == "trouble" for finding in findings)
