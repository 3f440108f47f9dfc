"""The terms of an order in this conversation: way, place, time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from actions.old_taps import is_of_other_conversation
from actions.tracker_reading import latest_pin
from actions.turn import Turn
from shop.carts.terms import OrderTerms
from shop.fulfilment.addresses import Address
from shop.fulfilment.postcodes import postcode_in
from shop.steps import steps
from storage import engine

# In messages with other intents, such as a question, no words belong to the order's terms.
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
class Terms(OrderTerms):
    """The terms of the order in progress; each of them may be unknown.

    asks_other: the customer wants another address than the last one; offers_own: the question
    offers the customer's own ones. asks_time: the customer wants to choose a time. day: the day
    whose times are offered, as ISO text. said_time: a time that was said before the terms that it
    depends on, with the moment of the message (`heard_at`).
    said_postcode: a PIN code that was said before its address.
    """

    asks_other: bool = False
    offers_own: bool = False
    asks_time: bool = False
    day: str | None = None
    said_time: dict[str, Any] | None = None
    said_postcode: str | None = None

    def as_slot(self) -> dict[str, Any] | None:
        """The value of the slot `terms`; conversation_state shows the same."""
        open_questions = {
            "asks_other": self.asks_other,
            "offers_own": self.offers_own,
            "asks_time": self.asks_time,
            "day": self.day,
            "said_time": self.said_time,
            "said_postcode": self.said_postcode,
        }
        asked = {name: value for name, value in open_questions.items() if value}
        return {**self.as_json(), **asked} or None

    @classmethod
    def from_slot(cls, kept: Mapping[str, Any] | None) -> Self:
        kept = kept or {}
        return replace(
            cls.from_json(kept),
            asks_other=bool(kept.get("asks_other")),
            offers_own=bool(kept.get("offers_own")),
            asks_time=bool(kept.get("asks_time")),
            day=kept.get("day"),
            said_time=kept.get("said_time"),
            said_postcode=kept.get("said_postcode"),
        )

    def for_order(self) -> OrderTerms:
        """The terms for placing the order; without delivery there is no fee."""
        return OrderTerms(
            fulfilment=self.fulfilment,
            address=self.address,
            table_number=self.table_number,
            fee=self.fee if self.fulfilment == "delivery" else Decimal(0),
            due_at=self.due_at,
        )

    def to(self, address: Address | None) -> Self:
        """The terms with this address, to which a PIN code that was said before is added.

        None: the address is still to be asked for; of a PIN code alone, the house and street are.
        """
        if address and address.is_postcode_alone:
            return replace(self.to(None), said_postcode=address.postcode)
        if address and self.said_postcode and not address.postcode:
            address = replace(address, postcode=self.said_postcode)
        known = replace(self, fulfilment="delivery", address=address, offers_own=False)
        return replace(known, asks_other=address is None, said_postcode=None)

    def at(self, due_at: datetime | None) -> Self:
        """The terms with this time; None: as soon as possible."""
        return replace(self, due_at=due_at, day=None, asks_time=False, said_time=None)


def open_terms(turn: Turn) -> Terms:
    """The terms before this message, with those of this message."""
    return with_said(turn, kept_terms(turn))


def with_said(turn: Turn, terms: Terms) -> Terms:
    """The terms with the way, the address, the table and the time that this message names."""
    if turn.intent not in SAYS_TERMS or is_of_other_conversation(turn.tracker):
        return terms
    if way := turn.entity("fulfilment"):
        terms = replace(terms, fulfilment=way)
    if table := turn.entity("table_number"):
        terms = replace(terms, fulfilment="dine_in", table_number=str(table))
    if said := Address.from_json(turn.entity("address")):
        terms = terms.to(more_of_address(turn, terms, said) or said)
    elif turn.typed and not terms.address and (postcode := postcode_in(turn.typed)):
        terms = replace(terms, said_postcode=postcode)
    if turn.typed and (time := turn.entity("time")):
        terms = replace(terms, said_time={**time, "heard_at": engine.now(turn.session).isoformat()})
    return terms


def more_of_address(
    turn: Turn, terms: Terms, said: Address, *, is_ordered: bool = False
) -> Address | None:
    """The known address with more details: its PIN code, a landmark, house and floor of a place on
    the map; None if another address is meant, for example because the shop does not deliver to the
    known one.

    is_ordered: whether the known address is that of a placed order.
    """
    known = terms.address
    if known is None or terms.asks_other:
        return None
    is_refused = turn.step is steps.ADDRESS_INPUT and (known.postcode or known.has_point)
    if is_refused or turn.says("instead") or turn.says("where_to_go"):
        return None
    is_pin = known == Address.from_pin(latest_pin(turn.tracker)) and not said.has_point
    if is_pin or (is_ordered and known.is_figures and not (said.has_point or said.postcode)):
        return known.in_words(said)
    entities = turn.tracker.latest_message.get("entities", [])
    place = next((one for one in entities if one["entity"] == "address"), None)
    names_it = place and any(
        sign.end <= place["start"] for sign in turn.signs.named("where_or_when")
    )
    return None if turn.says("where_to") or names_it else known.with_more(said)


def kept_terms(turn: Turn) -> Terms:
    """The terms before this message."""
    return Terms.from_slot(turn.slot("terms"))


def with_postcode(address: Address, words: str) -> Address | None:
    """The address with the PIN code in these words; None if there is none."""
    postcode = postcode_in(words)
    return replace(address, postcode=postcode) if postcode else None
