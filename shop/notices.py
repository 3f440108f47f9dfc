"""What the customer of an order is told when the shop moves it along, and whether at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shop import bodies, windows, wording
from shop.bodies import Body, Template
from storage.models import Order, OrderNotice, UserProfile

# Held notices wait for the customer to write again; so many are looked at in one go.
MOST = 100


@dataclass(frozen=True)
class Due:
    """A notice and whom it is for."""

    notice: OrderNotice
    order: Order | None
    customer: UserProfile | None


@dataclass(frozen=True)
class Decision:
    """What becomes of a notice: `body` is to be queued; else it is held or dropped for `reason`."""

    state: str
    reason: str | None = None
    body: Body | None = None


def due(session: Session) -> Iterator[Due]:
    """The notices that wait, and the held ones whose customer wrote since; locked, oldest first."""
    # WhatsApp's times are whole seconds.
    written_since = UserProfile.last_interaction >= func.date_trunc(
        "second", OrderNotice.updated_at
    )
    rows = session.execute(
        select(OrderNotice, Order, UserProfile)
        .outerjoin(Order, Order.order_id == OrderNotice.order_id)
        .outerjoin(
            UserProfile,
            or_(
                UserProfile.id == Order.customer_id,
                Order.customer_id.is_(None) & (UserProfile.whatsapp_phone == Order.customer_phone),
            ),
        )
        .where(
            or_(
                OrderNotice.state == "waiting",
                (OrderNotice.state == "held") & written_since,
            )
        )
        .order_by(OrderNotice.id)
        .limit(MOST)
        .with_for_update(of=OrderNotice, skip_locked=True)
    )
    return (Due(*row) for row in rows)


def decide(due: Due, now: datetime, template: Template | None) -> Decision:
    """Free words inside the 24 hours, else the template, else held with the reason for staff."""
    order, customer = due.order, due.customer
    if order is None or order.status != due.notice.status:
        return Decision("dropped", "the order has moved on")
    if customer is None:
        return Decision("dropped", "nobody on WhatsApp has this order")
    if customer.subscription == "unsubscribed":
        return Decision("dropped", "the customer does not want to hear from us")
    news = wording.say(f"utter_notice_{order.status}", customer.language)
    if windows.is_open(customer, now):
        words = wording.say(
            "utter_notice", customer.language, order_number=order.order_id, news=news
        )
        return Decision("queued", body=bodies.text(words))
    if template is None:
        return Decision("held", "24 hours since the customer wrote, and no template is set")
    return Decision("queued", body=bodies.template(template, order.order_id, news))


def settle(session: Session, notice: OrderNotice, decision: Decision) -> None:
    """Keeps what was decided."""
    notice.state, notice.reason = decision.state, decision.reason  # type: ignore[assignment]
    notice.updated_at = func.now()
