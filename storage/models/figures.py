"""Stored sums for the page Numbers, and results of erasures."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, JsonObject, Now, UuidKey, among

ErasureState = Literal["looking", "done"]


class FigureSlot(Base):
    """A half hour whose figures are added up, or will be in the next round.

    A trigger deletes it when one of its orders changes. `definition` is that of the figures
    (shop/figures.py); older sums are made again.
    """

    __tablename__ = "figure_slots"

    slot: Mapped[datetime] = mapped_column(primary_key=True)
    is_done: Mapped[bool] = mapped_column(server_default=text("false"))
    definition: Mapped[int] = mapped_column(server_default=text("1"))


class Figure(Base):
    """The count (`number`) and sum (`amount`) of a kind and name in a half hour.

    `at` is the quarter of an hour where the kind needs it, else the half hour.
    """

    __tablename__ = "figures"

    slot: Mapped[datetime] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger())
    amount: Mapped[Decimal] = mapped_column(server_default=text("0"))


class FigureDay(Base):
    """A day of the shop whose half hours are all summed, and whose own sums are stored too.

    A trigger deletes it when one of its half hours is deleted.
    """

    __tablename__ = "figure_days"

    begins: Mapped[datetime] = mapped_column(primary_key=True)
    ends: Mapped[datetime]
    definition: Mapped[int] = mapped_column(server_default=text("1"))


class DayFigure(Base):
    """The count and sum of a kind and name on a day; for messages and orders `at` is the hour."""

    __tablename__ = "day_figures"

    begins: Mapped[datetime] = mapped_column(
        ForeignKey("figure_days.begins", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger())
    amount: Mapped[Decimal] = mapped_column(server_default=text("0"))


class Erasure(Dated, Base):
    """The result of an erasure: deleted rows by table, and tables that mention the customer.

    The customer's identity is not stored. In state `looking` the tables are still searched.
    """

    __tablename__ = "erasures"
    __table_args__ = (CheckConstraint(among("state", "looking", "done"), name="state"),)

    id: Mapped[UuidKey]
    state: Mapped[ErasureState] = mapped_column(Text(), server_default=text("'looking'"))
    gone: Mapped[JsonObject]
    mentioned: Mapped[JsonObject]


class OnlineStep(Base):
    """A step of storage/migrations/online.py that is done."""

    __tablename__ = "online_steps"

    name: Mapped[str] = mapped_column(primary_key=True)
    finished_at: Mapped[Now]
