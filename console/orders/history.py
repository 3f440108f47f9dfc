"""The history of an order: who moved it, and whether its customer was notified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from console.translation import say
from console.wording import format_status
from shop.orders.due_news import KNOWN
from shop.orders.news import BESIDE_STATUS
from storage.models import AuditEntry, Order, OrderNotice

_SAID = {
    "waiting": "is about to tell the customer that it is {status}",
    "queued": "told the customer that it is {status}",
    "held": "has not told the customer yet that it is {status}: {reason}",
    "dropped": "does not tell the customer that it is {status}: {reason}",
}
_ASKED = {
    "waiting": "is about to ask the customer about what ran out",
    "queued": "asked the customer about what ran out",
    "held": "has not asked the customer yet about what ran out: {reason}",
    "dropped": "does not ask the customer about what ran out: {reason}",
}
_FOUND = {
    "waiting": "is about to tell the customer that it was found after all",
    "queued": "told the customer that it was found after all",
    "held": "has not told the customer yet that it was found after all: {reason}",
    "dropped": "does not tell the customer that it was found after all: {reason}",
}
# Kinds of notices that do not tell a status, with their descriptions.
_OF_STATUS = dict(zip(BESIDE_STATUS, (_ASKED, _FOUND), strict=True))


@dataclass(frozen=True)
class Happening:
    """Something that was done to an order."""

    at: datetime
    who: str
    what: str


def order_history(session: Session, order: Order) -> list[Happening]:
    """Everything that was done to an order, the latest first."""
    moves = select(AuditEntry).where(AuditEntry.subject == order.order_id)
    news = select(OrderNotice).where(OrderNotice.order_id == order.order_id)
    found = [
        Happening(order.created_at, "The customer", say("ordered")),
        *(
            Happening(one.at, one.staff_name, describe_change(one))
            for one in session.scalars(moves)
        ),
        *(Happening(one.updated_at, "The bot", _told(one)) for one in session.scalars(news)),
    ]
    return sorted(found, key=lambda happening: happening.at, reverse=True)


def undelivered_notices(session: Session, status: Mapping[str, str]) -> dict[str, str]:
    """Why customers do not know their order's status yet, by order number.

    status: the orders' statuses by number."""
    kept = select(OrderNotice).where(
        OrderNotice.order_id.in_(list(status)),
        OrderNotice.state.in_(("held", "dropped")),
        func.coalesce(OrderNotice.reason, "") != KNOWN,
    )
    return {
        notice.order_id: say(notice.reason or "no reason known")
        for notice in session.scalars(kept.order_by(OrderNotice.id))
        if notice.status == status[notice.order_id]
    }


def notices_mark(session: Session) -> str:
    """A mark that changes when notices are settled; reads only the few unsettled ones."""
    unsettled = OrderNotice.state.in_((literal_column("'waiting'"), literal_column("'held'")))
    rows = select(OrderNotice.state, func.count()).where(unsettled).group_by(OrderNotice.state)
    return ",".join(f"{state}{count}" for state, count in sorted(session.execute(rows).tuples()))


def describe_change(entry: AuditEntry) -> str:
    """A change of an order in words: `moved it from new to confirmed`."""
    if "after" in entry.details:
        before, after = (format_status(str(entry.details.get(key))) for key in ("before", "after"))
        return say(f"{entry.action} it from {{before}} to {{after}}", before=before, after=after)
    return f"{say(entry.action)} {entry.details.get('line', '')}".strip()


def _told(notice: OrderNotice) -> str:
    said = _OF_STATUS.get(notice.status, _SAID)
    status = format_status(notice.status)
    return say(said[notice.state], status=status, reason=say(notice.reason or "no reason known"))
