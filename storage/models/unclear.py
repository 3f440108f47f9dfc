"""Messages that were not understood, for training."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, Json


class UnclearMessage(Dated, Base):
    """A message that was not understood; stored only if KEEP_UNCLEAR_MESSAGES says so.

    `cause_id` is the row of the incoming message. Its `text` is masked (shop/language/masking.py),
    `guess` the likeliest intent, `meant` the one that the customer tapped in "Did you mean",
    `listed_at` when it was written to a file to label, `taught` what the owner taught from it
    (shop/teaching.py).
    """

    __tablename__ = "unclear_messages"

    cause_id: Mapped[int] = mapped_column(BigInteger(), primary_key=True, autoincrement=False)
    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    guess: Mapped[str]
    meant: Mapped[str | None]
    listed_at: Mapped[datetime | None]
    taught: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
