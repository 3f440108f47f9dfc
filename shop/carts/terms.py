"""The terms of an order (way, place, time), stored as JSON beside the lines of its cart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self, get_args

from shop.fulfilment.addresses import Address
from shop.products.money import as_json_number
from storage.models import Fulfilment

WAYS: tuple[Fulfilment, ...] = get_args(Fulfilment)


@dataclass(frozen=True)
class OrderTerms:
    """The terms known so far; `fulfilment` None: not said yet, or the shop's only way.

    `fee` is what the customer was told; placing the order checks it. `due_at` None
    means as soon as possible.
    """

    fulfilment: Fulfilment | None = None
    address: Address | None = None
    table_number: str | None = None
    fee: Decimal = Decimal(0)
    due_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The known terms in the form of a conversation's context; empty if none is known."""
        is_delivered = self.fulfilment == "delivery" and self.address is not None
        known: dict[str, Any] = {
            "fulfilment": self.fulfilment,
            "address": self.address.as_json() if self.address else None,
            "table_number": self.table_number,
            "fee": as_json_number(self.fee) if is_delivered or self.fee else None,
            "due_at": self.due_at.isoformat() if self.due_at else None,
        }
        return {key: value for key, value in known.items() if value is not None}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Self:
        """Reads what `as_json` wrote; unreadable values count as not known."""
        kept = kept or {}
        address, table = kept.get("address"), kept.get("table_number")
        return cls(
            next((way for way in WAYS if way == kept.get("fulfilment")), None),
            Address.from_json(address if isinstance(address, dict) else None),
            table if isinstance(table, str) and table.strip() else None,
            Decimal(str(kept.get("fee") or 0)),
            _moment(kept.get("due_at")),
        )


def _moment(said: object) -> datetime | None:
    """A time with its offset, as ISO 8601 writes it; None for one without an offset."""
    if not isinstance(said, str):
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else None
