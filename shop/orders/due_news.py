"""Decides whether and how a customer is told what shop/orders/news.py noted about their order.

The sender's process (connectors/whatsapp/send/notifier.py) takes the notices that are due, asks
`decide_notice` whether to send each, and queues the messages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from shop.language.first_names import address_customer
from shop.language.moments import describe_moment
from shop.language.responses import format_response
from shop.opening.reading import shop_zone
from shop.orders.news import BESIDE_STATUS, UNACCEPTED
from shop.whatsapp import bodies, consents, service_window
from shop.whatsapp.bodies import Body
from shop.whatsapp.notice_templates import Choice
from storage.models import Order, OrderNotice, ShopSettings, UserProfile

# The reason for dropping a notice whose move was undone.
KNOWN = "this is what the customer knows"
# The reason for dropping a notice that is out of date.
MOVED_ON = "the order has moved on"
# Held notices wait for the customer to write again; this many are checked in one go.
MOST = 100

_other = aliased(OrderNotice)


@dataclass(frozen=True)
class Due:
    """A notice and whom it is for.

    told: the status that the customer was told last; orders begin as pending.
    is_last: whether the order has not been moved again since.
    stopped_at: when the customer last said STOP.
    """

    notice: OrderNotice
    order: Order | None
    customer: UserProfile | None
    told: str
    is_last: bool
    stopped_at: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """What to do with a notice: queue `body`, or else hold or drop it for `reason`."""

    state: str
    reason: str | None = None
    body: Body | None = None


def due_notices(session: Session) -> Iterator[Due]:
    """The notices that wait, and the held ones whose customer wrote since; locked, oldest first."""
    # WhatsApp's times are whole seconds.
    written_since = UserProfile.last_interaction >= func.date_trunc(
        "second", OrderNotice.updated_at
    )
    rows = session.execute(
        select(
            OrderNotice,
            Order,
            UserProfile,
            _told(),
            ~_later().exists(),
            consents.stopped_at(UserProfile.id),
        )
        .outerjoin(Order, Order.order_id == OrderNotice.order_id)
        .outerjoin(UserProfile, is_customer_of_order())
        .where(
            # As the partial index says it.
            OrderNotice.state.in_((literal_column("'waiting'"), literal_column("'held'"))),
            or_(
                (OrderNotice.state == "waiting") & (OrderNotice.not_before <= func.now()),
                (OrderNotice.state == "held") & written_since,
            ),
        )
        .order_by(OrderNotice.id)
        .limit(MOST)
        .with_for_update(of=OrderNotice, skip_locked=True)
    )
    return (Due(*row) for row in rows)


def is_customer_of_order() -> ColumnElement[bool]:
    """The SQL condition that a profile is that of an order's customer, by key, else by phone."""
    by_phone = Order.customer_id.is_(None) & (UserProfile.whatsapp_phone == Order.customer_phone)
    return or_(UserProfile.id == Order.customer_id, by_phone)


def decide_notice(due: Due, now: datetime, choice: Choice, settings: ShopSettings) -> Decision:
    """Decides: free text within 24 hours, else the template, else hold, with a reason for staff."""
    order, customer = due.order, due.customer
    reason = _against(due)
    if reason or order is None or customer is None:
        return Decision("dropped", reason)
    news = _news(order, customer, now, settings)
    if service_window.is_window_open(customer, now):
        words = format_response(
            "utter_notice", customer.language, order_number=order.order_id, news=news
        )
        return Decision("queued", body=bodies.text_body(words))
    if choice.template is None:
        return Decision("held", f"24 hours since the customer wrote, and {choice.problem}")
    return Decision("queued", body=bodies.template_body(choice.template, order.order_id, news))


def _news(order: Order, customer: UserProfile, now: datetime, settings: ShopSettings) -> str:
    """The text of the news, with the promised time or the reason of a cancellation."""
    values = {
        "name": address_customer(customer.display_name, customer.language),
        "shop_name": settings.shop_name,
        "reason": (order.cancel_reason or "").rstrip(" .।"),
    }
    if order.status == "confirmed" and order.promised_at:
        here = now.astimezone(shop_zone(settings))
        values["time"] = describe_moment(order.promised_at, here, customer.language)
    return format_response(f"utter_notice_{_kind_of_news(order)}", customer.language, **values)


def _kind_of_news(order: Order) -> str:
    """The end of the response's name: `utter_notice_*`."""
    match order.status:
        case "cancelled" if order.cancel_reason == UNACCEPTED:
            return "unaccepted"
        case "cancelled" if order.cancel_reason:
            return "refused"
        case "confirmed" if order.promised_at:
            return "confirmed_delivery" if order.fulfilment == "delivery" else "confirmed_time"
        case "ready" if order.fulfilment != "pickup":
            return f"ready_{order.fulfilment}"
        case "delivered" if order.fulfilment == "delivery":
            return "delivered_delivery"
    return order.status


def _against(due: Due) -> str | None:
    """Why the notice must not be sent; None if it may."""
    if due.order is None or due.order.status != due.notice.status or not due.is_last:
        return MOVED_ON
    if due.order.status == due.told:
        return KNOWN
    return why_unwanted(due)


def why_unwanted(due: Due) -> str | None:
    """Why the order's customer cannot or may not be messaged; None if they may."""
    if due.customer is None or due.order is None:
        return "nobody on WhatsApp has this order"
    if not consents.is_news_welcome(due.customer, due.order, due.stopped_at):
        return "the customer does not want to hear from us"
    return None


def settle_notice(session: Session, notice: OrderNotice, decision: Decision) -> None:
    """Stores the decision in the notice."""
    notice.state, notice.reason = decision.state, decision.reason  # type: ignore[assignment]
    notice.updated_at = func.now()


def _later() -> Select[tuple[int]]:
    """Later notices about the status of the same order."""
    later = _other.id > OrderNotice.id
    return select(_other.id).where(_is_other_status(), later).correlate(OrderNotice)


def _is_other_status() -> ColumnElement[bool]:
    """The SQL condition for notices of the same order that tell a status."""
    same = _other.order_id == OrderNotice.order_id
    return same & _other.status.not_in(BESIDE_STATUS)


def _told() -> ColumnElement[str]:
    """The status that the customer of a notice was told last."""
    told = (
        select(_other.status)
        .where(_is_other_status(), _other.state == "queued")
        .order_by(_other.id.desc())
        .limit(1)
        .correlate(OrderNotice)
    )
    return func.coalesce(told.scalar_subquery(), "pending")
