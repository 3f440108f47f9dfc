"""Alerts open, are told once, are told again while unseen, and close by themselves."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from connectors.whatsapp.send.alarms import raise_alarms
from shop.alerts import raising
from shop.alerts.account_state import store_account_state
from shop.alerts.current import Standing, find_current
from shop.alerts.telling import word_notification
from shop.orders.maintenance import TRADE_WAITS
from shop.orders.placing import place_order
from shop.orders.unseen_orders import mark_all_seen
from shop.staff import people
from shop.support import tickets
from shop.whatsapp.bodies import Template
from storage import engine as database
from storage.models import Alert, WhatsappMessage
from tests.integration.shop.orders.trading import cart_of, settle, somebody

ORDER = Standing("new_order", "ORD-1", "New order ORD-1", "/orders/ORD-1")
TROUBLE = Standing("messages_wait", "incoming", "Messages wait", "/going-live")


def look(session, *standing):
    """One look; the words of what is told then."""
    raising.update_alerts(session, standing)
    told = [alert.words for alert in raising.take_due(session)]
    session.commit()
    return told


def ages(session, minutes):
    session.execute(
        text("""UPDATE alerts SET opened_at = opened_at - make_interval(mins => :minutes),
            pushed_at = pushed_at - make_interval(mins => :minutes),
            closed_at = closed_at - make_interval(mins => :minutes)"""),
        {"minutes": minutes},
    )
    session.commit()


def test_it_is_told_once(session):
    assert look(session, ORDER) == ["New order ORD-1"]
    assert look(session, ORDER) == []
    assert look(session, ORDER, TROUBLE) == ["Messages wait"]


def test_what_nobody_has_seen_is_told_again_a_few_times(session):
    look(session, ORDER)
    for again in range(1, raising.MOST_PUSHES):
        ages(session, 4)
        assert look(session, ORDER) == [], again
        ages(session, 1)
        assert look(session, ORDER) == ["New order ORD-1"], again
    ages(session, 60)
    assert look(session, ORDER) == []


def test_what_is_seen_is_not_told_again(session):
    asha = people.add_staff(session, "Asha", "owner")
    look(session, ORDER, TROUBLE)
    [first, second] = raising.open_alerts(session)
    assert raising.mark_alerts_seen(session, asha, first.id) == 1
    ages(session, 10)
    assert look(session, ORDER, TROUBLE) == [second.words]
    assert raising.mark_alerts_seen(session, asha) == 1
    assert raising.mark_alerts_seen(session, asha) == 0
    assert raising.open_alerts(session) == []
    assert {alert.seen_by for alert in raising.recent_alerts(session)} == {"Asha"}


def test_what_is_over_closes_and_a_customer_who_comes_back_is_news(session):
    look(session, ORDER, TROUBLE)
    assert look(session) == []
    assert raising.open_alerts(session) == []
    # A trouble that flickers is the same trouble; the next call of a customer is another.
    assert look(session, ORDER, TROUBLE) == ["New order ORD-1"]
    look(session)
    ages(session, 11)
    assert look(session, ORDER, TROUBLE) == ["New order ORD-1", "Messages wait"]


def test_what_was_over_a_week_ago_is_forgotten(session):
    look(session, ORDER)
    look(session)
    ages(session, 8 * 24 * 60)
    look(session)
    assert session.query(Alert).count() == 0


@pytest.mark.parametrize(
    ("start", "end", "now", "is_told"),
    [
        (time(22), time(7), "2026-03-01 23:30", False),
        (time(22), time(7), "2026-03-01 06:59", False),
        (time(22), time(7), "2026-03-01 07:00", True),
        (time(13), time(15), "2026-03-01 14:00", False),
        (time(13), time(15), "2026-03-01 15:00", True),
        (None, None, "2026-03-01 03:00", True),
        (time(8), time(8), "2026-03-01 08:00", True),
    ],
)
def test_quiet_hours_are_the_shops_own(session, monkeypatch, start, end, now, is_told):  # noqa: PLR0917
    moment = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Asia/Kolkata"))
    settle(session, quiet_from=start, quiet_until=end)
    monkeypatch.setattr(database, "now", lambda _session: moment)
    assert bool(look(session, ORDER)) == is_told
    # What still stands after them is told then.
    settle(session, quiet_from=None, quiet_until=None)
    assert bool(look(session, ORDER)) != is_told


def test_one_process_looks_at_a_time(session, engine):
    with database.session() as other:
        assert raising.lock_alerts(other)
        assert not raising.lock_alerts(session)
    assert raising.lock_alerts(session)


def test_the_message_leads_to_the_one_thing_or_to_all(session):
    raising.update_alerts(session, [ORDER, TROUBLE])
    order, trouble = raising.take_due(session)
    assert word_notification([order]).path == "/orders/ORD-1"
    assert word_notification([trouble]).path == "/alerts"
    both = word_notification([order, trouble])
    assert (both.title, both.path) == ("2 things need somebody", "/alerts")
    assert both.body == "New order ORD-1\nMessages wait"
    assert not both.is_urgent
    order.pushes = 2
    assert word_notification([order]).title == "Still open: New order ORD-1"
    assert word_notification([order]).is_urgent


def kinds(session):
    session.rollback()
    return sorted(one.kind for one in find_current(session))


def test_orders_and_people_need_somebody_until_they_are_looked_after(session):
    settle(session, accepts_orders="by_staff")
    asha = people.add_staff(session, "Asha", "owner")
    meera = somebody(session)
    place_order(session, meera, cart_of(session), "wamid.1")
    ticket = tickets.call_person(session, meera, "help", "wamid.7")
    session.commit()
    assert kinds(session) == ["new_order", "person_waiting"]
    session.execute(text("UPDATE orders SET created_at = created_at - interval '11 minutes'"))
    session.commit()
    assert kinds(session) == ["new_order", "person_waiting", "waits_too_long"]
    mark_all_seen(session, asha)
    ticket.status = "closed"
    session.commit()
    assert kinds(session) == ["waits_too_long"]
    session.execute(text("UPDATE orders SET status = 'confirmed'"))
    session.commit()
    assert kinds(session) == []


def test_a_complaint_needs_somebody_until_it_is_answered(session):
    meera = somebody(session)
    ticket = tickets.open_ticket(session, meera, "supp_delivery", "cold", "wamid.7")
    session.commit()
    [alert] = find_current(session)
    assert (alert.kind, alert.place) == ("person_waiting", "/inbox")
    assert alert.words.endswith(ticket.ticket_id)
    answer = WhatsappMessage(
        customer_id=meera.id, direction="outgoing", content="New ones come", written_by="Asha"
    )
    session.add(answer)
    session.commit()
    assert kinds(session) == []


def test_no_alert_leads_to_a_customer(session):
    meera = somebody(session)
    tickets.call_person(session, meera, "help", "wamid.7")
    session.commit()
    raising.update_alerts(session, find_current(session))
    [alert] = raising.open_alerts(session)
    held = f"{alert.subject} {alert.words} {alert.place}"
    assert str(meera.id) not in held
    assert meera.whatsapp_phone not in held


KNOWN = "INSERT INTO message_templates (name, language, status, parameters) VALUES "
CHOSEN = "; INSERT INTO notice_templates VALUES ('reminder', 'news')"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("INSERT INTO notice_templates VALUES ('reminder', 'gone')", ["template_trouble"]),
        (f"{KNOWN}('news', 'en', 'PAUSED', 2){CHOSEN}", ["template_trouble"]),
        (f"{KNOWN}('news', 'en', 'PENDING', 2){CHOSEN}", []),
    ],
)
def test_templates_in_trouble_need_somebody(session, change, expected):
    for statement in change.split("; "):
        session.execute(text(statement))
    session.commit()
    assert kinds(session) == expected


def test_number_and_token_in_trouble_need_somebody(session):
    number = "100000000000001"
    soon = session.scalar(text("SELECT now() + interval '3 days'"))
    store_account_state(session, number, "GREEN", None)
    session.commit()
    assert kinds(session) == []
    store_account_state(session, number, "RED", soon)
    session.commit()
    assert kinds(session) == ["quality_down", "token_trouble"]
    # What Meta does not say leaves what it said before.
    store_account_state(session, number, "", None)
    session.commit()
    assert kinds(session) == ["quality_down"]


def told_by_whatsapp(session):
    session.rollback()
    return list(session.scalars(text("SELECT payload FROM whatsapp_messages ORDER BY id")))


def test_the_alarm_phone_is_told_once_of_what_nobody_has_seen(session):
    settle(session, alarm_phone="919811111111")
    look(session, ORDER, TROUBLE)
    template = Template("order_news", "en")
    assert raise_alarms(template) == 0
    ages(session, 5)
    assert raise_alarms(template) == 2
    assert raise_alarms(template) == 0
    said = str(told_by_whatsapp(session))
    assert "New order ORD-1. Nobody has looked at it since" in said
    assert "Messages wait. Nobody has looked at it since" in said


def test_the_sender_looks_while_an_alert_waits_for_the_alarm_phone(session):
    """A trouble that leaves no order, ticket or question open."""
    waits = text(TRADE_WAITS.decode())
    assert not session.scalar(waits)
    look(session, TROUBLE)
    assert session.scalar(waits)
    session.execute(text("UPDATE alerts SET told_at = now()"))
    assert not session.scalar(waits)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE alerts SET seen_at = now()",
        "UPDATE alerts SET closed_at = now()",
        "UPDATE shop_settings SET alarm_phone = NULL",
        "UPDATE shop_settings SET quiet_from = '00:00', quiet_until = '23:59:59.999'",
        "UPDATE alerts SET kind = 'number_stopped'",
    ],
)
def test_the_alarm_phone_is_not_told_without_need(session, change):
    settle(session, alarm_phone="919811111111")
    look(session, TROUBLE)
    ages(session, 10)
    session.execute(text(change))
    session.commit()
    assert raise_alarms(Template("order_news", "en")) == 0


def test_without_a_template_the_alarm_phone_is_told_once_it_writes(session):
    settle(session, alarm_phone="919811111111")
    look(session, TROUBLE)
    ages(session, 10)
    assert raise_alarms(None) == 0
    somebody(session, "919811111111").last_interaction = database.now(session)
    session.commit()
    assert raise_alarms(None) == 1
