"""Lines of placed orders that ran out, and the questions to their customers."""

from datetime import datetime
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, JsonList, JsonObject, NumberKey, among

ShortageState = Literal["open", "without", "swapped", "cancelled", "found", "outdated"]


class Shortage(Dated, Base):
    """A line of a placed order that the shop cannot supply (docs/trading.md).

    `line` is its key (`coffee`, `coffee#2`) among `items`, which are the order's as the customer
    was asked: an answer belongs to that version of the order. `offered` are the items that may
    replace it, in the order of their taps, at the prices that the customer was told; finally the
    one that was chosen.

    `open` until the customer answers; `found` where staff took the question back, `outdated` where
    the order changed before an answer came. `put_back` is what is restored if staff take it back,
    `notice_id` the latest notice about it, `ticket_id` the call for a person after a silence.

    No reference to orders, so that `TRUNCATE orders` by hand still works.
    """

    __tablename__ = "shortages"
    __table_args__ = (
        CheckConstraint(
            among("state", "open", "without", "swapped", "cancelled", "found", "outdated"),
            name="state",
        ),
        Index(None, "id", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[NumberKey]
    order_id: Mapped[str] = mapped_column(index=True)
    line: Mapped[str]
    items: Mapped[JsonList]
    offered: Mapped[JsonList]
    state: Mapped[ShortageState] = mapped_column(Text(), server_default=text("'open'"))
    put_back: Mapped[JsonObject]
    notice_id: Mapped[int | None] = mapped_column(BigInteger(), index=True)
    ticket_id: Mapped[str | None]
    answered_at: Mapped[datetime | None]
