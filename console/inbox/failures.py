"""Reads dead letters and messages that could not be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session, defer

from console.inbox.reasons import Reason, failure_reason
from shop.whatsapp import service_window
from storage.models import UserProfile, WhatsappMessage

# Messages per page.
MOST_TROUBLES = 40


@dataclass(frozen=True)
class Trouble:
    """A failed message with its customer."""

    message: WhatsappMessage
    customer: UserProfile | None
    now: datetime

    @property
    def reason(self) -> Reason:
        """Why it failed."""
        return trouble_reason(self.message, self.customer, self.now)


def list_troubles(session: Session, before: int | None = None) -> Sequence[Trouble]:
    """Failed messages that staff have not dismissed, the latest first.

    before: the id of a message; only older ones are listed."""
    query = (
        select(WhatsappMessage, UserProfile, func.now())
        .outerjoin(UserProfile, UserProfile.id == WhatsappMessage.customer_id)
        .where(went_wrong())
        .order_by(WhatsappMessage.id.desc())
        # One more than is shown, to know whether there are older ones.
        .limit(MOST_TROUBLES + 1)
        # The payload is long and not shown here.
        .options(defer(WhatsappMessage.payload))
    )
    if before is not None:
        query = query.where(WhatsappMessage.id < before)
    return [Trouble(*row) for row in session.execute(query).tuples()]


def went_wrong() -> ColumnElement[bool]:
    """The SQL condition for failed messages that staff should see."""
    return and_(
        # Literally as in the partial index, so that PostgreSQL uses it.
        WhatsappMessage.status.in_((literal_column("'dead'"), literal_column("'failed'"))),
        WhatsappMessage.dismissed_at.is_(None),
        or_(
            (WhatsappMessage.direction == "incoming") & (WhatsappMessage.status == "dead"),
            (WhatsappMessage.direction == "outgoing") & (WhatsappMessage.status == "failed"),
        ),
    )


def trouble_reason(message: WhatsappMessage, customer: UserProfile | None, now: datetime) -> Reason:
    """The stored reason of a failure, explained for staff."""
    kept = message.failure_reason
    if message.direction == "incoming" or customer is None:
        return Reason(kept or "no reason known", helps=customer is not None)
    name = customer.display_name or "the customer"
    return failure_reason(kept, name, is_open=service_window.is_window_open(customer, now))
