"""Export holds everything, erasure leaves nothing."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import inspect, select, text

from shop.customers import mentions, personal_data
from storage.engine import session
from storage.models import (
    AuditEntry,
    Consent,
    ConversationState,
    CustomerAddress,
    Erasure,
    MediaFile,
    Order,
    Ticket,
    TicketAssignment,
    UnclearMessage,
    UserProfile,
    WhatsappMessage,
)

PHONE, USER = "919800000001", "IN.13491208655302741918"


@pytest.fixture
def meera(asha):
    """A customer with something in every table, and another one."""
    with session() as opened:
        customer = UserProfile(whatsapp_phone=PHONE, user_id=USER, display_name="Meera")
        other = UserProfile(whatsapp_phone="919811111111", display_name="Someone Else")
        opened.add_all([customer, other])
        opened.flush()
        for who in (customer, other):
            key = f"wamid.{who.whatsapp_phone}"
            opened.add_all([
                WhatsappMessage(customer_id=who.id, from_phone=who.whatsapp_phone, message_id=key,
                                content="Hi", payload={"from": who.whatsapp_phone}),
                WhatsappMessage(customer_id=who.id, direction="outgoing", content="Hello"),
                MediaFile(message_id=key, media_type="image/png", content=b"\x89PNG"),
                Order(customer_id=who.id, customer_phone=who.whatsapp_phone, total=50,
                      cause_message_id=key, session="1", address={"text": "Home"},
                      notes={"": f"ring, or call {who.whatsapp_phone}"}),
                Order(customer_phone=who.whatsapp_phone, total=70),
                CustomerAddress(customer_id=who.id, text="Home"),
                Consent(customer_id=who.id, topic="offers", wants=False, way="message",
                        words="no offers", cause=key),
                Ticket(customer_id=who.id, ticket_id=f"TKT-{who.whatsapp_phone[-6:]}"),
                UnclearMessage(customer_id=who.id, cause_id=int(who.whatsapp_phone), text="so",
                               guess="support"),
                ConversationState(customer_id=who.id, phone_number=who.whatsapp_phone,
                                  conversation_flow="support", current_step="x"),
            ])  # fmt: skip
            opened.flush()
            opened.execute(
                text("INSERT INTO events (sender_id, type_name, data) VALUES (:who, 'user', '{}')"),
                {"who": str(who.id)},
            )
            opened.execute(
                text("INSERT INTO lanes (customer_id, direction) VALUES (:who, 'incoming')"),
                {"who": who.id},
            )
        opened.add(WhatsappMessage(from_phone=PHONE, content="from before we knew them"))
        staff = opened.execute(text("SELECT id FROM staff")).scalar()
        opened.add(TicketAssignment(ticket_id="TKT-000001", staff_id=staff))
        opened.execute(text("UPDATE orders SET status = 'confirmed'"))
        return customer.id


def rows(opened):
    """How many rows each table has."""
    names = inspect(opened.connection()).get_table_names()
    return {name: opened.scalar(text(f"SELECT count(*) FROM {name}")) for name in names}


def test_an_export_holds_every_column_of_every_row(asha, meera):
    answer = asha.gets(f"/customers/{meera}/export")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = json.loads(answer.text)
    assert {table: len(found) for table, found in data.items()} == {
        "user_profiles": 1, "conversation_state": 1, "media_files": 1, "whatsapp_messages": 3,
        "orders": 2, "order_notices": 2, "tickets": 1, "events": 1,
        "unclear_messages": 1, "customer_addresses": 1, "kept_carts": 0, "consents": 1,
    }  # fmt: skip
    assert data["media_files"][0]["content"] == "iVBORw=="
    assert data["user_profiles"][0]["display_name"] == "Meera"
    assert "Someone Else" not in answer.text
    assert "919811111111" not in answer.text


def test_erasure_leaves_nothing_and_nobody_else_loses_anything(asha, meera):
    asha.gets(f"/customers/{meera}/export")
    with session() as opened:
        before = rows(opened)
    assert "This goes for good" in asha.sees(f"/customers/{meera}/erase")
    answer = asha.sends(f"/customers/{meera}/erase")
    assert "nothing here knows the customer any more" in answer.text
    assert "Their number or id still stands" not in answer.text
    with session() as opened:
        after = rows(opened)
        gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
        assert mentions.search_mentions(opened, [PHONE, USER, str(meera)]) == {}
        kept = opened.scalars(select(Order.total).where(Order.customer_phone.is_(None))).all()
        assert sorted(kept) == [50, 70]
    assert gone == {
        "user_profiles": 1, "conversation_state": 1, "media_files": 1, "whatsapp_messages": 3,
        "tickets": 1, "ticket_assignments": 1, "events": 1, "lanes": 1, "audit_log": -1,
        "unclear_messages": 1, "customer_addresses": 1, "consents": 1,
    }  # fmt: skip
    assert asha.gets(f"/inbox/{meera}").status_code == 404


def test_an_order_that_is_still_open_is_said_before(asha, meera):
    page = asha.sees(f"/customers/{meera}/erase")
    assert "2 orders are still open" in page
    with session() as opened:
        opened.execute(text("UPDATE orders SET status = 'delivered' WHERE total = 50"))
    assert "1 order is still open" in asha.sees(f"/customers/{meera}/erase")
    with session() as opened:
        opened.execute(text("UPDATE orders SET status = 'delivered'"))
    assert "still open" not in asha.sees(f"/customers/{meera}/erase")


def test_when_an_order_was_delivered_does_not_change_with_the_erasure(asha, meera):
    with session() as opened:
        opened.execute(text("UPDATE orders SET status = 'delivered'"))
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        opened.execute(text("UPDATE orders SET moved_at = :at"), {"at": long_ago})
    asha.sends(f"/customers/{meera}/erase")
    with session() as opened:
        assert set(opened.scalars(select(Order.moved_at))) == {long_ago}
    assert "ORD-" not in asha.sees("/orders")


def test_what_others_wrote_about_somebody_is_said(asha, meera):
    with session() as opened:
        opened.add(WhatsappMessage(from_phone="919811111111", content=f"call {PHONE}"))
    answer = asha.sends(f"/customers/{meera}/erase")
    assert "still stands in what others wrote: messages 1" in answer.text


def test_a_look_that_takes_long_goes_on_behind_the_page(asha, meera, monkeypatch):
    monkeypatch.setattr(mentions, "AT_ONCE", 1e-9)
    with session() as opened:
        opened.add(WhatsappMessage(from_phone="919811111111", content=f"call {PHONE}"))
    answer = asha.sends(f"/customers/{meera}/erase")
    path = answer.headers["Location"]
    assert answer.status_code == 303
    deadline = time.monotonic() + 60
    while "nothing here knows the customer any more" not in (seen := asha.sees(path)):
        assert "Every table is being read now" in seen
        assert "Looked again" not in seen
        assert time.monotonic() < deadline
    assert "still stands in what others wrote: messages 1" in seen
    with session() as opened:
        assert opened.scalar(select(Erasure.mentioned)) == {"whatsapp_messages": 1}
        assert asha.gets(f"/inbox/{meera}").status_code == 404


def test_a_look_that_was_interrupted_is_asked_for_again(asha, meera):
    with session() as opened:
        erasure = mentions.begin_search(opened, {"tickets": 1})
        path = f"/customers/erasures/{erasure.id}"
        opened.execute(text("ALTER TABLE erasures DISABLE TRIGGER USER"))
        erasure.updated_at = datetime.now(UTC) - timedelta(hours=1)
    assert "was interrupted" in asha.sees(path)
    assert asha.sends(path, sign="91").status_code == 400
    assert asha.sends(path, sign=f"+{PHONE}").status_code == 303
    deadline = time.monotonic() + 60
    while "Looked again" not in (seen := asha.sees(path)):
        assert time.monotonic() < deadline
    assert "still stands in what others wrote" in seen
    with session() as opened:
        assert PHONE not in str(opened.scalars(select(AuditEntry.details)).all())


def test_a_customer_without_a_phone_number_is_erased_too(asha, meera):
    with session() as opened:
        opened.get_one(UserProfile, meera).whatsapp_phone = None
        nameless = WhatsappMessage(content="of nobody")
        opened.add(nameless)
    asha.sends(f"/customers/{meera}/erase")
    with session() as opened:
        assert opened.scalars(
            select(WhatsappMessage).where(WhatsappMessage.content == "of nobody")
        ).one()
        assert not opened.get(UserProfile, meera)


def test_both_are_in_the_log_without_the_customer(asha, meera):
    asha.gets(f"/customers/{meera}/export")
    asha.sends(f"/customers/{meera}/erase")
    with session() as opened:
        entries = opened.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [(entry.action, entry.subject) for entry in entries[-2:]] == [
            ("exported the data of", personal_data.ERASED),
            ("erased a customer", personal_data.ERASED),
        ]


def test_staff_may_do_neither(ravi, meera):
    assert ravi.gets(f"/customers/{meera}/export").status_code == 403
    assert ravi.gets(f"/customers/{meera}/erase").status_code == 403
    assert ravi.sends(f"/customers/{meera}/erase").status_code == 403


def test_every_table_that_knows_customers_is_thought_of(engine):
    """A new column that points to a customer must be erased, or go with the profile."""
    known = {
        "conversation_state", "whatsapp_messages", "orders", "tickets", "lanes", "media_files",
        "unclear_messages", "customer_addresses", "kept_carts", "consents", "waiting_sightings",
    }  # fmt: skip
    tables = inspect(engine)
    pointing = {
        name
        for name in tables.get_table_names()
        for key in tables.get_foreign_keys(name)
        if key["referred_table"] == "user_profiles"
    }
    assert pointing == known
