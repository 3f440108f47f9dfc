"""The promised time of an order, when to begin it, and whether it is late."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, case, func, or_

from shop.fulfilment.zones import USUAL_MINUTES
from shop.opening.state import busy_minutes
from storage.models import Fulfilment, Order, ShopSettings

_SOON = timedelta(minutes=5)

Lateness = Literal["on_time", "soon", "late"]


def lead_minutes(
    settings: ShopSettings, now: datetime, way: Fulfilment, delivery_minutes: int | None
) -> int:
    """How long an order takes from now: preparation, or the zone's minutes, plus the busy minutes.

    `delivery_minutes` None: no zone says how long.
    """
    usual = USUAL_MINUTES if delivery_minutes is None else delivery_minutes
    own = usual if way == "delivery" else settings.preparation_minutes
    return own + busy_minutes(settings, now)


def promise_time(
    settings: ShopSettings,
    now: datetime,
    way: Fulfilment,
    delivery_minutes: int | None = None,
    due_at: datetime | None = None,
) -> datetime:
    """The promised time of an order that is accepted now; for a slot it is the slot's time."""
    lead = lead_minutes(settings, now, way, delivery_minutes)
    return due_at or now + timedelta(minutes=lead)


def is_on_board(settings: ShopSettings, now: datetime) -> ColumnElement[bool]:
    """The SQL condition that it is time to prepare an order."""
    return or_(Order.due_at.is_(None), Order.due_at <= now + _lead(settings, now))


def has_come_since(
    settings: ShopSettings, now: datetime, seen: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """The SQL condition that a scheduled order came to the board after somebody saw it."""
    return seen < Order.due_at - _lead(settings, now)


def _lead(settings: ShopSettings, now: datetime) -> ColumnElement[timedelta]:
    """How long an order takes, as `lead_minutes` says it."""
    usual = func.coalesce(Order.delivery_minutes, USUAL_MINUTES)
    own = case((Order.fulfilment == "delivery", usual), else_=settings.preparation_minutes)
    return func.make_interval(0, 0, 0, 0, 0, own + busy_minutes(settings, now))


def judge_lateness(order: Order, now: datetime) -> Lateness:
    """Whether an order that is not delivered yet is late: `soon` from five minutes before."""
    if order.promised_at is None or order.status in ("delivered", "cancelled"):
        return "on_time"
    if now > order.promised_at:
        return "late"
    return "soon" if now >= order.promised_at - _SOON else "on_time"
