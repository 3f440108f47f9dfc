"""Checks an order against the shop's rules of trade in the database, under locks.

All code takes the locks in one order: an order that is changed, the shop's settings, the
slots, the products by sku.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.terms import OrderTerms
from shop.fulfilment.promises import promise_time
from shop.fulfilment.slots import count_taken, find_slot, lock_slots
from shop.fulfilment.zones import Delivery, find_zone, read_zones
from shop.opening.reading import read_schedule, read_settings_locked
from shop.opening.schedule import Schedule
from shop.opening.state import is_paused, opening_state
from shop.orders import refusals
from shop.orders.lines_in_stock import check_lines
from shop.products.stock import lock_products
from storage import engine
from storage.models import Fulfilment, ShopSettings


@dataclass(frozen=True)
class Checked:
    """The values for the order that the checks have found."""

    way: Fulfilment
    fee: Decimal
    delivery_minutes: int | None
    promised_at: datetime | None  # None: staff have to accept it first

    @property
    def is_accepted(self) -> bool:
        return self.promised_at is not None


@dataclass(frozen=True)
class Shop:
    """The shop's settings and hours at the moment of placing, under a lock."""

    settings: ShopSettings
    schedule: Schedule
    now: datetime


def lock_shop(session: Session) -> Shop:
    """The shop as it trades now, locked until the transaction ends."""
    settings = read_settings_locked(session)
    now = engine.now(session)
    return Shop(settings, read_schedule(session, settings, now), now)


def check_time(
    session: Session, shop: Shop, due_at: datetime | None, own: str | None = None
) -> None:
    """Checks the time of an order against hours, pause and slots; `own`: the order being changed.

    Raises:
        NotTakingOrders, TimeNotOffered, SlotPast, SlotFull
    """
    settings, schedule, now = shop.settings, shop.schedule, shop.now
    is_open = not is_paused(settings, now) and (due_at is not None or schedule.is_open(now))
    if not is_open:
        raise refusals.NotTakingOrders(opening_state(settings, schedule, now))
    if due_at is None:
        return
    if due_at <= now:
        raise refusals.SlotPast(due_at)
    slot = find_slot(settings, schedule, due_at, now)
    if slot is None:
        raise refusals.TimeNotOffered(due_at)
    if settings.slot_capacity is not None:
        lock_slots(session)
        taken = count_taken(session, [slot], settings.slot_minutes, own)
        if taken[slot] >= settings.slot_capacity:
            raise refusals.SlotFull(due_at)


def lock_lines(session: Session, shop: Shop, skus: Iterable[str]) -> dict[str, int]:
    """Locks the products; how much is left of those that are counted."""
    return lock_products(session, skus, shop.schedule.latest_first_opening(shop.now))


def check_trade(session: Session, shop: Shop, cart: Cart, left: Mapping[str, int]) -> Checked:
    """Checks options, stock, way, zone, fee and minimum of a cart.

    Raises:
        NotPlaceable: one of the kinds in shop/orders/refusals.py.
    """
    check_lines(session, cart, left)
    settings, terms = shop.settings, cart.terms
    way = known_way(settings, terms)
    if way is None:
        raise refusals.WayNotOffered(settings.fulfilment)
    delivery = _check_place(session, settings, way, cart)
    if delivery and delivery.fee != terms.fee:
        raise refusals.FeeChanged(delivery.fee)
    _check_minimum(settings, delivery, cart.goods)
    minutes = delivery.minutes if delivery else None
    promised = promise_time(settings, shop.now, way, minutes, terms.due_at)
    has_to_wait = settings.accepts_orders == "by_staff"
    return Checked(way, terms.fee, minutes, None if has_to_wait else promised)


def known_way(settings: ShopSettings, terms: OrderTerms) -> Fulfilment | None:
    """The way of an order, if the shop offers it; the shop's only way need not be chosen."""
    if terms.fulfilment is None:
        return settings.fulfilment[0] if len(set(settings.fulfilment)) == 1 else None
    return terms.fulfilment if terms.fulfilment in settings.fulfilment else None


def least_worth(settings: ShopSettings, delivery: Delivery | None) -> Decimal:
    """The minimum worth of the goods: the larger of the shop's and the zone's."""
    return max(settings.minimum_order, delivery.minimum if delivery else Decimal(0))


def _check_place(
    session: Session, settings: ShopSettings, way: Fulfilment, cart: Cart
) -> Delivery | None:
    """The delivery and its fee; None for another way."""
    terms = cart.terms
    if way == "dine_in" and not terms.table_number:
        raise refusals.TableMissing
    if way != "delivery":
        if terms.fee:
            raise refusals.FeeChanged(Decimal(0))
        return None
    if terms.address is None:
        raise refusals.AddressMissing(None)
    found = find_zone(read_zones(session), terms.address, cart.goods, settings.minimum_order)
    if found.where == "outside":
        raise refusals.OutsideZones([one for one in settings.fulfilment if one != "delivery"])
    if found.delivery is None:
        raise refusals.AddressMissing(found.where)
    return found.delivery


def _check_minimum(settings: ShopSettings, delivery: Delivery | None, goods: Decimal) -> None:
    least = least_worth(settings, delivery)
    if goods < least:
        raise refusals.BelowMinimum(least, least - goods)
