"""Why an order breaks the shop's rules of trade (docs/trading.md), with the values to say so.

NotPlaceable (shop/orders/order_checks.py)
├── NotTakingOrders
├── TimeNotOffered
│   ├── SlotPast
│   └── SlotFull
├── OptionsChanged
├── OptionMissing
├── TooManyOptions
├── OutOfStock
├── WayNotOffered
├── AddressMissing
├── OutsideZones
├── TableMissing
├── FeeChanged
└── BelowMinimum
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shop.fulfilment.zones import Where
from shop.opening.state import OpeningState
from shop.orders.order_checks import NotPlaceable
from shop.products.options import Choice, ChosenOption
from storage.models import Fulfilment


class _Told(NotPlaceable):
    """What the class says is the message; the fields say the rest."""

    def __post_init__(self) -> None:
        super().__init__()


@dataclass(eq=False)
class NotTakingOrders(_Told):
    """The shop is closed or paused; `state` says until when, and the note."""

    state: OpeningState


@dataclass(eq=False)
class TimeNotOffered(_Told):
    """Nothing can be ordered for this time."""

    due_at: datetime


@dataclass(eq=False)
class SlotPast(TimeNotOffered):
    """The time is over."""


@dataclass(eq=False)
class SlotFull(TimeNotOffered):
    """As many orders as the shop takes for this time were placed by others."""


@dataclass(eq=False)
class OptionsChanged(_Told):
    """Options that were chosen cost something else now, or cannot be had any more (`vanished`)."""

    product_name: str
    vanished: Sequence[ChosenOption]


@dataclass(eq=False)
class OptionMissing(_Told):
    """A choice that comes with the product was not made."""

    product_name: str
    choice: Choice


@dataclass(eq=False)
class TooManyOptions(_Told):
    """More options of a group were chosen than it allows."""

    product_name: str
    choice: Choice


@dataclass(eq=False)
class OutOfStock(_Told):
    """More is wanted than is `left`."""

    product: str
    product_name: str
    wanted: int
    left: int


@dataclass(eq=False)
class WayNotOffered(_Told):
    """The order says no way that the shop offers now; `offered` are those."""

    offered: Sequence[Fulfilment]


@dataclass(eq=False)
class AddressMissing(_Told):
    """It is not known where to bring it; `where` says what is to be asked."""

    where: Where | None


@dataclass(eq=False)
class OutsideZones(_Told):
    """The shop does not deliver there; `offered` are the ways that are left."""

    offered: Sequence[Fulfilment]


class TableMissing(NotPlaceable):
    """It is not known at which table the customer sits."""


@dataclass(eq=False)
class FeeChanged(_Told):
    """Bringing it costs `fee` now, not what the customer was told."""

    fee: Decimal


@dataclass(eq=False)
class BelowMinimum(_Told):
    """The goods are worth less than the shop, or the zone, asks for."""

    minimum: Decimal
    missing: Decimal
