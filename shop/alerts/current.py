"""Finds what needs attention now; each call returns the complete list."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import settings
from shop.alerts.account_notices import read_account_notices
from shop.alerts.account_state import read_account_state
from shop.opening.reading import read_settings
from shop.orders.alarms import find_overdue
from shop.orders.unseen_orders import is_new
from shop.products.money import format_rupees
from shop.support.waiting import each_wait
from shop.whatsapp import bodies, notice_templates
from storage import engine
from storage.models import AlertKind, Order, ShopSettings

# The most entries of one kind.
MOST = 50
TOKEN_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """Something that needs attention; `place` is the console's page for it."""

    kind: AlertKind
    subject: str
    words: str
    place: str


def find_current(session: Session) -> Iterator[Standing]:
    """Waiting orders and people, and problems of templates, number and token."""
    shop, now = read_settings(session), engine.now(session)
    yield from _new_orders(session, shop, now)
    yield from _waiting_people(session)
    for overdue in find_overdue(session, shop, now):
        place = f"/orders/{overdue.number}" if overdue.is_order else "/inbox/tickets"
        yield Standing("waits_too_long", overdue.number, overdue.words, place)
    yield from _templates(session)
    yield from _account(session, now)


def _new_orders(session: Session, shop: ShopSettings, now: datetime) -> Iterator[Standing]:
    orders = select(Order).where(is_new(shop, now)).order_by(Order.created_at).limit(MOST)
    for order in session.scalars(orders):
        words = f"New order {order.order_id}, {format_rupees(order.total)}"
        yield Standing("new_order", order.order_id, words, f"/orders/{order.order_id}")


def _waiting_people(session: Session) -> Iterator[Standing]:
    """Waiting customers, identified by a digest: no alert names a customer who was erased later."""
    each = each_wait()
    waits = (
        select(each.c.customer_id, func.min(each.c.ticket_id))
        .group_by(each.c.customer_id)
        .order_by(func.min(each.c.since))
    )
    for customer_id, ticket_id in session.execute(waits.limit(MOST)):
        digest = hashlib.sha256(customer_id.bytes).hexdigest()[:16]
        words = "A customer waits for a person’s answer"
        words += f": {ticket_id}" if ticket_id else ""
        yield Standing("person_waiting", digest, words, "/inbox")


def _templates(session: Session) -> Iterator[Standing]:
    """The templates of notices that Meta would refuse now; one in review is no problem."""
    default = bodies.notice_template()
    troubles = {
        choice.problem
        for notice in notice_templates.NOTICES
        if not (choice := notice_templates.choose_template(session, notice, default)).template
    }
    for problem in sorted(troubles - {notice_templates.NONE_SET}):
        if "says pending" not in problem:
            words = f"Notices outside the 24 hours are held: {problem}"
            yield Standing("template_trouble", problem, words, "/going-live#templates")


def _account(session: Session, now: datetime) -> Iterator[Standing]:
    told = read_account_notices(session)
    for notice in told:
        kind: AlertKind = "quality_down" if notice.kind == "quality" else "account_trouble"
        subject = f"{notice.phone} {notice.kind}".strip()
        yield Standing(kind, subject, notice.words, "/going-live")
    state = read_account_state(session, settings.load_settings().whatsapp_phone_number_id)
    if state is None:
        return
    if state.quality == "RED" and not any(notice.kind == "quality" for notice in told):
        words = "Customers block or report the number: its quality at Meta is low"
        yield Standing("quality_down", "", words, "/going-live")
    ends = state.token_expires_at
    if ends is not None and ends < now + TOKEN_SOON:
        words = f"The access token of WhatsApp ends on {ends:%-d %B}"
        yield Standing("token_trouble", "", words, "/going-live")
