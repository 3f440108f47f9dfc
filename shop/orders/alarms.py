"""Tells the shop's `alarm_phone` by WhatsApp of orders and people that have waited too long."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Text, cast, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shop.language.responses import format_response
from shop.opening.quiet_hours import is_quiet
from shop.opening.reading import read_schedule, read_settings
from shop.opening.schedule import Schedule
from shop.orders.unaccepted import is_unaccepted, time_waited
from shop.support.waiting import unanswered_tickets
from shop.whatsapp import bodies, notice_templates, service_window
from shop.whatsapp.bodies import Body, Template
from storage import engine
from storage.models import Order, ShopSettings, UserProfile, WhatsappMessage

# No alarm for what has waited longer than this: somebody has seen it, or nobody will.
_LONGEST = timedelta(hours=24)
# The most alarms of each kind in one go.
MOST = 20


@dataclass(frozen=True)
class Alarm:
    """An order or a ticket that has waited too long: its number, and the text of the alarm."""

    number: str
    words: str
    is_order: bool = False


@dataclass(frozen=True)
class AlarmMessage:
    """A message for the alarm phone, whose profile is stored like that of a customer."""

    receiver: UserProfile
    body: Body


def due_alarms(session: Session, template: Template | None) -> list[AlarmMessage]:
    """The messages that are to be queued now, one for each order or ticket that waits too long.

    None in quiet hours.
    """
    settings, now = read_settings(session), engine.now(session)
    if not settings.alarm_phone or is_quiet(settings, now):
        return []
    return address_alarms(session, list(find_overdue(session, settings, now)), template)


def address_alarms(
    session: Session, alarms: Sequence[Alarm], template: Template | None
) -> list[AlarmMessage]:
    """Messages to the alarm phone, without the alarms that it got within the last day.

    Free text within the 24 hours, else the template; without a template they are held until the
    alarm phone writes. The receiver's row stays locked until the transaction ends, so that two
    senders do not send the same alarm.
    """
    now = engine.now(session)
    phone = _digits(read_settings(session).alarm_phone)
    if not phone or not alarms:
        return []
    receiver = _lock_receiver(session, phone)
    is_open = receiver is not None and service_window.is_window_open(receiver, now)
    if not is_open:
        template = notice_templates.choose_template(session, "reminder", template).template
        if template is None:
            return []
    receiver = receiver or _make_receiver(session, phone)
    return [
        AlarmMessage(receiver, _body(alarm, None if is_open else template))
        for alarm in alarms
        if not _is_told(session, receiver, alarm, now)
    ]


def held_alarms(session: Session, template: Template | None) -> list[Alarm]:
    """Alarms that cannot be sent: the phone has been silent for 24 hours, and no template fits."""
    settings, now = read_settings(session), engine.now(session)
    phone = _digits(settings.alarm_phone)
    if not phone or notice_templates.choose_template(session, "reminder", template).template:
        return []
    query = select(UserProfile).where(UserProfile.whatsapp_phone == phone)
    receiver = session.scalars(query).first()
    if receiver and service_window.is_window_open(receiver, now):
        return []
    overdue = find_overdue(session, settings, now)
    return [
        alarm
        for alarm in overdue
        if receiver is None or not _is_told(session, receiver, alarm, now)
    ]


def find_overdue(session: Session, settings: ShopSettings, now: datetime) -> Iterator[Alarm]:
    """Orders that nobody accepted, and people whom nobody answered, for longer than the shop's
    minutes; only time within its hours counts."""
    schedule = read_schedule(session, settings, now)
    if settings.accepts_orders == "by_staff" and settings.when_unaccepted == "remind":
        recent = Order.created_at > now - _LONGEST
        query = select(Order).where(is_unaccepted(), recent).order_by(Order.created_at)
        for order in session.scalars(query.limit(MOST)):
            if minutes := _minutes_over(settings, schedule, order.created_at, now):
                words = _alarm_text("utter_alarm_order", order.order_id, minutes)
                yield Alarm(order.order_id, words, is_order=True)
    for ticket in session.scalars(unanswered_tickets(now - _LONGEST).limit(MOST)):
        if minutes := _minutes_over(settings, schedule, ticket.created_at, now):
            words = _alarm_text("utter_alarm_person", ticket.ticket_id, minutes)
            yield Alarm(ticket.ticket_id, words)


def _digits(phone: str | None) -> str:
    return re.sub(r"\D", "", phone or "")


def _minutes_over(
    settings: ShopSettings, schedule: Schedule, since: datetime, now: datetime
) -> int | None:
    """How many minutes something has waited; None if that is not too long yet."""
    minutes = int(time_waited(schedule, since, now) / timedelta(minutes=1))
    return minutes if minutes >= settings.accept_within_minutes else None


def _alarm_text(response: str, number: str, minutes: int) -> str:
    return format_response(response, None, number=number, minutes=str(minutes))


def _body(alarm: Alarm, template: Template | None) -> Body:
    if template is None:
        return bodies.text_body(alarm.words)
    return bodies.template_body(template, alarm.number, alarm.words)


def _lock_receiver(session: Session, phone: str) -> UserProfile | None:
    query = select(UserProfile).where(UserProfile.whatsapp_phone == phone).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).first()


def _make_receiver(session: Session, phone: str) -> UserProfile:
    """Creates the profile of an alarm phone that has never written to the shop."""
    session.execute(insert(UserProfile).values(whatsapp_phone=phone).on_conflict_do_nothing())
    query = select(UserProfile).where(UserProfile.whatsapp_phone == phone).with_for_update()
    return session.scalars(query).one()


def _is_told(session: Session, receiver: UserProfile, alarm: Alarm, now: datetime) -> bool:
    """Whether the alarm phone got an alarm about this number within the last day."""
    message = WhatsappMessage
    query = select(message.id).where(
        message.customer_id == receiver.id,
        message.direction == "outgoing",
        message.created_at > now - _LONGEST,
        func.strpos(cast(message.payload, Text()), alarm.number) > 0,
    )
    return session.scalars(query.limit(1)).first() is not None
