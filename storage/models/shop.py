"""The shop's settings, its hours, and the zones to which it delivers (docs/trading.md)."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, Numeric, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, EmptyText, Now, NumberKey, Texts, Yes, Zero, among

Fulfilment = Literal["pickup", "delivery", "dine_in"]
Acceptance = Literal["automatically", "by_staff"]
WhenUnaccepted = Literal["remind", "cancel"]


class ShopSettings(Dated, Base):
    """The shop's settings: exactly one row."""

    __tablename__ = "shop_settings"
    __table_args__ = (
        CheckConstraint("id", name="id"),
        CheckConstraint(
            among("accepts_orders", "automatically", "by_staff"), name="accepts_orders"
        ),
        CheckConstraint(among("when_unaccepted", "remind", "cancel"), name="when_unaccepted"),
    )

    id: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    shop_name: Mapped[str] = mapped_column(server_default=text("'Chai Corner'"))
    time_zone: Mapped[str] = mapped_column(server_default=text("'Asia/Kolkata'"))
    accepts_orders: Mapped[Acceptance] = mapped_column(
        Text(), server_default=text("'automatically'")
    )
    preparation_minutes: Mapped[int] = mapped_column(server_default=text("15"))
    busy_minutes: Mapped[Zero]
    busy_until: Mapped[datetime | None]
    accept_within_minutes: Mapped[int] = mapped_column(server_default=text("10"))
    when_unaccepted: Mapped[WhenUnaccepted] = mapped_column(Text(), server_default=text("'remind'"))
    paused_until: Mapped[datetime | None]
    pause_note: Mapped[str | None]
    fulfilment: Mapped[list[Fulfilment]] = mapped_column(
        ARRAY(Text()), server_default=text("'{pickup}'")
    )
    order_ahead_days: Mapped[Zero]
    slot_minutes: Mapped[int] = mapped_column(server_default=text("30"))
    slot_capacity: Mapped[int | None]
    minimum_order: Mapped[Decimal] = mapped_column(Numeric(10, 2), server_default=text("0"))
    alarm_phone: Mapped[str | None]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    alert_again_minutes: Mapped[int] = mapped_column(server_default=text("5"))
    payment_methods: Mapped[list[str]] = mapped_column(server_default=text("'{on_collection}'"))


class OpeningHours(Base):
    """A stretch of a weekday (1 Monday ... 7 Sunday) on which the shop is open.

    `closes` before `opens`: past midnight; both the same: 24 hours. No row at all: always open.
    """

    __tablename__ = "opening_hours"
    __table_args__ = (CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),)

    id: Mapped[NumberKey]
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]


class OpeningException(Base):
    """Hours of one date, instead of the weekly ones that start on it; without times: closed."""

    __tablename__ = "opening_exceptions"

    id: Mapped[NumberKey]
    day: Mapped[date] = mapped_column(index=True)
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    note: Mapped[str | None]


class DeliveryZone(Base):
    """An area to which the shop delivers, by PIN codes (`560001`, `5600*`) or around a point."""

    __tablename__ = "delivery_zones"

    id: Mapped[NumberKey]
    name: Mapped[EmptyText]
    postcodes: Mapped[Texts]
    latitude: Mapped[float | None] = mapped_column(Double())
    longitude: Mapped[float | None] = mapped_column(Double())
    radius_km: Mapped[Decimal | None]
    fee: Mapped[Decimal] = mapped_column(Numeric(10, 2), server_default=text("0"))
    minimum: Mapped[Decimal] = mapped_column(Numeric(10, 2), server_default=text("0"))
    free_from: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    minutes: Mapped[int] = mapped_column(server_default=text("45"))
    position: Mapped[Zero]
    is_active: Mapped[Yes]


class CustomerAddress(Base):
    """An address that a customer gave; `text` is never empty."""

    __tablename__ = "customer_addresses"

    id: Mapped[NumberKey]
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("user_profiles.id", ondelete="CASCADE"))
    text: Mapped[str]
    postcode: Mapped[str | None]
    latitude: Mapped[float | None] = mapped_column(Double())
    longitude: Mapped[float | None] = mapped_column(Double())
    last_used_at: Mapped[Now] = mapped_column(index=True)
