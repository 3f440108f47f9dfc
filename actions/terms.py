"""How, where and when an order is wanted, as this conversation knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from actions.turn import Turn
from shop.carts.terms import OrderTerms
from shop.fulfilment.addresses import Address
from shop.fulfilment.postcodes import postcode_in
from storage.models import Fulfilment

# Of a message with another wish, such as a question, nothing belongs to the order.
SAYS_TERMS = frozenset(
    {
        "new_order",
        "order_again",
        "edit_order",
        "inform_quantity",
        "choose_fulfilment",
        "give_address",
        "choose_time",
        "later",
        "inform_table",
        "affirm",
        "confirm_order",
    }
)


@dataclass(frozen=True)
class Terms:
    """What is known; nothing of it has to be.

    fulfilment: pickup, delivery or dine_in. due_at: the time that was chosen; None means as soon as
    possible. asks_other: another address is wanted than the known ones. asks_time: the customer
    wishes to choose a time. fee: what the customer was told that delivery costs, in rupees. day:
    the day whose times are offered, as ISO text.
    """

    fulfilment: Fulfilment | None = None
    address: Address | None = None
    table_number: str | None = None
    due_at: datetime | None = None
    asks_other: bool = False
    asks_time: bool = False
    fee: int | float | None = None
    day: str | None = None

    def as_slot(self) -> dict[str, Any] | None:
        """As the slot `terms` keeps it; conversation_state shows the same."""
        known = {
            "fulfilment": self.fulfilment,
            "address": self.address.as_json() if self.address else None,
            "table_number": self.table_number,
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "asks_other": self.asks_other or None,
            "asks_time": self.asks_time or None,
            "fee": self.fee,
            "day": self.day,
        }
        return {name: value for name, value in known.items() if value is not None} or None

    @classmethod
    def from_slot(cls, kept: Mapping[str, Any] | None) -> Self:
        kept = kept or {}
        due_at = kept.get("due_at")
        return cls(
            fulfilment=kept.get("fulfilment"),
            address=Address.from_json(kept.get("address")),
            table_number=kept.get("table_number"),
            due_at=datetime.fromisoformat(due_at) if due_at else None,
            asks_other=bool(kept.get("asks_other")),
            asks_time=bool(kept.get("asks_time")),
            fee=kept.get("fee"),
            day=kept.get("day"),
        )

    def for_order(self) -> OrderTerms:
        """As an order is placed with them."""
        is_delivery = self.fulfilment == "delivery"
        return OrderTerms(
            fulfilment=self.fulfilment,
            address=self.address,
            table_number=self.table_number,
            fee=Decimal(str(self.fee or 0)) if is_delivery else Decimal(0),
            due_at=self.due_at,
        )

    def to(self, address: Address | None) -> Self:
        """Delivered to this address; None: to one that is still to be asked for."""
        return replace(self, fulfilment="delivery", address=address, asks_other=address is None)

    def at(self, due_at: datetime | None) -> Self:
        """With this time; None: as soon as possible."""
        return replace(self, due_at=due_at, day=None, asks_time=False)


def open_terms(turn: Turn) -> Terms:
    """What was known before, with what this message says of it."""
    return with_said(turn, kept_terms(turn))


def with_said(turn: Turn, terms: Terms) -> Terms:
    """The terms with the way, the address and the table that this message names."""
    if turn.intent not in SAYS_TERMS:
        return terms
    if way := turn.entity("fulfilment"):
        terms = replace(terms, fulfilment=way)
    if table := turn.entity("table_number"):
        terms = replace(terms, fulfilment="dine_in", table_number=str(table))
    if said := Address.from_json(turn.entity("address")):
        terms = terms.to(said)
    return terms


def kept_terms(turn: Turn) -> Terms:
    """What was known before this message."""
    return Terms.from_slot(turn.slot("terms"))


def with_postcode(address: Address, words: str) -> Address | None:
    """The address with the PIN code in these words; None where there is none."""
    postcode = postcode_in(words)
    return replace(address, postcode=postcode) if postcode else None
