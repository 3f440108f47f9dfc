"""Retention and erasure do with every column what storage/personal.py says."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from shop.customers import personal_data
from storage.engine import session as transaction
from storage.models import (
    AuditEntry,
    Consent,
    ConversationState,
    CustomerAddress,
    KeptCart,
    MediaFile,
    Order,
    Ticket,
    UnclearMessage,
    UserProfile,
    WhatsappMessage,
)
from storage.personal import PERSONAL
from tests.integration.dump import dumped
from trays import retention
from trays.customers import Identity, settle_identity
from trays.pools import pool as new_pool

pytestmark = pytest.mark.anyio

PHONE, USER, WORDS, NAME = "919800000077", "IN.77123456789", "quokka with lemon", "Ottilie"
WAMID = "wamid." + base64.b64encode(f"to {PHONE} quokka".encode()).decode()
LONG_AGO = datetime.now(UTC) - timedelta(days=40)


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def conn(database_url):
    async with new_pool(database_url) as opened, opened.connection() as connection:
        yield connection


@pytest.fixture
def ottilie(engine):
    """A customer with something in every column that may hold it, 40 days old."""
    with transaction() as opened:
        customer = UserProfile(
            whatsapp_phone=PHONE, user_id=USER, display_name=NAME, profile_name=NAME,
            notes=WORDS, tags=[WORDS], subscription_cause=WAMID,
        )  # fmt: skip
        opened.add(customer)
        opened.flush()
        key = str(customer.id)
        opened.add(
            WhatsappMessage(
                customer_id=customer.id, message_id=WAMID, from_phone=PHONE, to_phone=PHONE,
                content=WORDS, media_url=WORDS, payload={"text": WORDS}, context_id=WAMID,
                said_in={"context": {"issue": WORDS}}, failure_reason=WORDS, status="processed",
                message_type="image", created_at=LONG_AGO,
            )
        )  # fmt: skip
        opened.flush()
        opened.add_all([
            ConversationState(customer_id=customer.id, phone_number=PHONE, current_step="x",
                              conversation_flow="y", context={"issue": WORDS}, expires_at=LONG_AGO),
            Order(customer_id=customer.id, customer_phone=PHONE, cause_message_id=WAMID,
                  session=WORDS, address={"text": WORDS}, notes={"": WORDS},
                  table_number=WORDS, cancel_reason=WORDS, status="delivered", created_at=LONG_AGO),
            CustomerAddress(customer_id=customer.id, text=WORDS, postcode=WORDS,
                            last_used_at=LONG_AGO),
            Consent(customer_id=customer.id, topic="offers", wants=False, way="message",
                    words=WORDS, cause=WAMID, given_at=LONG_AGO),
            KeptCart(customer_id=customer.id, cart={"notes": {"": WORDS}},
                     terms={"address": {"text": WORDS}}, kept_at=LONG_AGO),
            Ticket(customer_id=customer.id, customer_phone=PHONE, description=WORDS, outcome=WORDS,
                   cause_message_id=WAMID, created_at=LONG_AGO),
            UnclearMessage(customer_id=customer.id, cause_id=1, text=WORDS, guess="support",
                           created_at=LONG_AGO, taught={"words": [WORDS]}),
            AuditEntry(staff_name="Asha", action="answered", subject=key),
        ])  # fmt: skip
        opened.flush()
        # The ticket's trigger has asked for the picture.
        file = opened.get_one(MediaFile, WAMID)
        assert file.customer_id == customer.id
        file.content = WORDS.encode()
        hear(opened, key, "session_started", LONG_AGO)
        hear(opened, key, "user", LONG_AGO, WORDS)
        return customer.id


def hear(opened, sender, kind, at=None, words=""):
    """One of Rasa's events."""
    values = {"sender": str(sender), "kind": kind, "data": json.dumps({"text": words})}
    opened.execute(
        text("INSERT INTO events (sender_id, type_name, timestamp, data) "
             "VALUES (:sender, :kind, :at, :data)"),
        {**values, "at": (at or datetime.now(UTC)).timestamp()},
    )  # fmt: skip


def holding(customer):
    """The columns in which something of the customer stands."""
    signs = (WORDS, PHONE, USER, NAME, WAMID, str(customer), WORDS.encode().hex())
    found = set()
    with transaction() as opened:
        for name in PERSONAL:
            table, column = name.split(".")
            value = (
                f"encode({column}, 'hex')" if column == "content" and "media" in table else column
            )
            values = opened.scalars(text(f"SELECT {value}::text FROM {table}")).all()
            if any(sign in (value or "") for value in values for sign in signs):
                found.add(name)
    return found


async def test_what_is_kept_with_the_messages_goes_with_them(ottilie, conn):
    assert holding(ottilie) == set(PERSONAL)
    assert await retention.delete_expired(conn) == 1
    assert await retention.delete_unclear(conn, days=30) == 1
    assert await retention.delete_finished(conn, days=30) == 1
    stays = {name for name, how in PERSONAL.items() if how.kept in ("customer", "books")}
    assert holding(ottilie) == stays


async def test_nothing_young_goes(ottilie, conn):
    await retention.delete_finished(conn, days=60)
    await retention.delete_unclear(conn, days=60)
    stays = {name for name, how in PERSONAL.items() if how.kept != "conversation"}
    await retention.delete_expired(conn)
    assert holding(ottilie) == stays


async def test_after_an_erasure_a_dump_holds_nothing_of_the_customer(ottilie, database_url):
    before = dumped(database_url)
    signs = (NAME, PHONE, USER, str(ottilie), WORDS, WORDS.encode().hex(), WAMID)
    assert all(sign in before for sign in signs)
    with transaction() as opened:
        erased = personal_data.erase_personal_data(opened, opened.get_one(UserProfile, ottilie))
    assert erased.gone.keys() >= {"media_files", "events", "tickets", "whatsapp_messages"}
    after = dumped(database_url)
    assert [sign for sign in signs if sign in after] == []


async def test_a_picture_whose_message_is_gone_is_exported_and_erased(ottilie, engine):
    with transaction() as opened:
        opened.execute(text("DELETE FROM whatsapp_messages"))
        data = personal_data.export_personal_data(opened, opened.get_one(UserProfile, ottilie))
        assert len(data["media_files"]) == 1
        personal_data.erase_personal_data(opened, opened.get_one(UserProfile, ottilie))
        assert opened.scalar(text("SELECT count(*) FROM media_files")) == 0


async def test_a_customer_deleted_by_hand_takes_the_events_along(ottilie, engine):
    with transaction() as opened:
        opened.execute(text("DELETE FROM user_profiles"))
        assert opened.scalar(text("SELECT count(*) FROM events")) == 0


async def test_a_living_session_stays_whole(ottilie, conn):
    with transaction() as opened:
        hear(opened, ottilie, "session_started", LONG_AGO, "second session")
        hear(opened, ottilie, "user", LONG_AGO, "its old beginning")
        hear(opened, ottilie, "user", None, "its fresh end")
        hear(opened, "shell", "user", LONG_AGO, "of nobody")
    await retention.delete_finished(conn, days=30)
    with transaction() as opened:
        kept = opened.scalars(text("SELECT data::json ->> 'text' FROM events ORDER BY id")).all()
    assert kept == ["second session", "its old beginning", "its fresh end"]


async def test_the_events_of_a_turn_under_way_are_left_to_it(ottilie, conn):
    with transaction() as opened:
        opened.execute(
            text("INSERT INTO lanes (customer_id, direction, ready_at) "
                 "VALUES (:id, 'incoming', now())"), {"id": ottilie},
        )  # fmt: skip
    await retention.delete_finished(conn, days=30)
    with transaction() as opened:
        assert opened.scalar(text("SELECT count(*) FROM events")) == 2
        opened.execute(text("UPDATE lanes SET ready_at = NULL"))
    await retention.delete_finished(conn, days=30)
    with transaction() as opened:
        assert opened.scalar(text("SELECT count(*) FROM events")) == 0


async def test_who_is_merged_brings_everything_along(engine, conn, database_url):
    with transaction() as opened:
        by_user, by_phone = UserProfile(user_id=USER), UserProfile(whatsapp_phone=PHONE)
        opened.add_all([by_user, by_phone])
        opened.flush()
        for who, words in ((by_phone, "first"), (by_user, "second"), (by_phone, "third")):
            hear(opened, who.id, "session_started")
            hear(opened, who.id, "user", words=words)
        file = MediaFile(message_id="wamid.1", content=b"x", customer_id=by_phone.id)
        log = AuditEntry(staff_name="Asha", action="answered", subject=str(by_phone.id))
        opened.add_all([file, log])
        keep, drop = by_user.id, str(by_phone.id)
    await settle_identity(conn, Identity(PHONE, USER))
    with transaction() as opened:
        told = opened.execute(
            text("SELECT sender_id, data::json ->> 'text' FROM events "
                 "WHERE type_name = 'user' ORDER BY id")
        ).all()  # fmt: skip
        # The session of whoever stays is still the last one, and nothing has got into it.
        assert [tuple(one) for one in told] == [
            (str(keep), words) for words in ("third", "first", "second")
        ]
        assert opened.get_one(MediaFile, "wamid.1").customer_id == keep
    assert drop not in dumped(database_url)
    with transaction() as opened:
        personal_data.erase_personal_data(opened, opened.get_one(UserProfile, keep))
    assert [sign for sign in (str(keep), PHONE, USER) if sign in dumped(database_url)] == []
