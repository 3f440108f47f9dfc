"""The access token: whose it is, what it may do, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from whatsapp_account.graph import Graph

SENDING, MANAGING = "whatsapp_business_messaging", "whatsapp_business_management"


@dataclass(frozen=True)
class Token:
    """What `/debug_token` says. `expires_at` is None for a token that does not expire.

    targets: the accounts that a right is limited to; without any, all.
    """

    is_valid: bool
    app_id: str
    kind: str
    expires_at: datetime | None
    scopes: Sequence[str]
    targets: Sequence[str]

    @property
    def missing_rights(self) -> list[str]:
        return [right for right in (SENDING, MANAGING) if right not in self.scopes]


def read_token(graph: Graph, token: str) -> Token:
    """Has Meta describe a token.

    Raises:
        GraphTrouble
    """
    found = graph.read("debug_token", input_token=token).get("data") or {}
    limited = [
        str(target)
        for scope in found.get("granular_scopes") or ()
        if scope.get("scope") == MANAGING
        for target in scope.get("target_ids") or ()
    ]
    return Token(
        is_valid=found.get("is_valid") is True,
        app_id=str(found.get("app_id") or ""),
        kind=str(found.get("type") or ""),
        expires_at=_moment(found.get("expires_at")),
        scopes=[str(scope) for scope in found.get("scopes") or ()],
        targets=limited,
    )


def _moment(seconds: object) -> datetime | None:
    """Meta writes 0 for never."""
    if not isinstance(seconds, int) or not seconds:
        return None
    return datetime.fromtimestamp(seconds, UTC)
