"""Sends each unseen alert once by WhatsApp to the shop's alarm phone."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.alerts.raising import is_unseen
from shop.opening.quiet_hours import is_quiet
from shop.opening.reading import read_settings, shop_zone
from shop.orders.alarms import Alarm, AlarmMessage, address_alarms
from shop.whatsapp.bodies import Template
from storage import engine
from storage.models import Alert, AlertKind

# Not sent here: orders and people that wait too long have alarms of their own
# (shop/orders/alarms.py), and while the number may not send, this message could not be sent either.
TOLD: tuple[AlertKind, ...] = (
    "new_order",
    "messages_wait",
    "nothing_delivered",
    "template_trouble",
    "quality_down",
    "account_trouble",
    "token_trouble",
)


def due_alert_messages(session: Session, template: Template | None) -> list[AlarmMessage]:
    """Messages for the alerts that nobody has seen since phones were told of them first."""
    settings, now = read_settings(session), engine.now(session)
    if not settings.alarm_phone or is_quiet(settings, now):
        return []
    since = now - timedelta(minutes=settings.alert_again_minutes)
    unseen = select(Alert).where(
        is_unseen(),
        Alert.told_at.is_(None),
        Alert.opened_at <= since,
        Alert.kind.in_(TOLD),
    )
    alerts = session.scalars(unseen.order_by(Alert.id).with_for_update(skip_locked=True)).all()
    # For an order that staff have to accept the alarm of its own comes a few minutes later.
    has_alarm = settings.accepts_orders == "by_staff" and settings.when_unaccepted == "remind"
    wanted = [alert for alert in alerts if not (has_alarm and alert.kind == "new_order")]
    messages = address_alarms(
        session, [_word_alarm(alert, shop_zone(settings)) for alert in wanted], template
    )
    if messages:
        for alert in wanted:
            alert.told_at = now
    return messages


def make_test_message(session: Session, template: Template | None) -> Sequence[AlarmMessage]:
    """A test message; None if the phone cannot be written to now."""
    moment = f"{engine.now(session):%H:%M:%S} UTC"
    words = f"🔔 This is a test of {moment}: alarms of the shop reach this phone."
    return address_alarms(session, [Alarm(f"Test {moment}", words)], template)


def _word_alarm(alert: Alert, zone: ZoneInfo) -> Alarm:
    """Words the alarm; a trouble has no number and is identified by the time when it began."""
    since = f"{alert.opened_at.astimezone(zone):%-d %b %H:%M:%S}"
    number = alert.subject if alert.kind == "new_order" else since
    return Alarm(number, f"⏰ {alert.words}. Nobody has looked at it since {since}.")
