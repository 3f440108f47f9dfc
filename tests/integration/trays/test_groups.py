"""Webhook bodies that come at the same time: stored together, none held up by another."""

import asyncio
import json

import psycopg
import pytest

from tests.integration.trays.world import message, receipt, text
from trays import encoding
from trays.accept import accept_messages
from trays.bodies import Body
from trays.groups import store_group
from trays.intake import Intake
from trays.turn_end import finish_message
from trays.waiting import Waiting
from trays.worker import Worker

pytestmark = pytest.mark.anyio

ASHA, RAVI = "919000000001", "919000000002"


@pytest.fixture
def intake(pool):
    return Intake(pool)


@pytest.fixture
def other(database_url):
    """Somebody else's transaction: what it locks stays locked until it ends."""
    with psycopg.connect(database_url) as conn:
        yield conn


def stored(look):
    return [row["content"] for row in look("SELECT content FROM whatsapp_messages ORDER BY id")]


def stored_from(look, phone):
    rows = look("SELECT content FROM whatsapp_messages WHERE from_phone = %s ORDER BY id", phone)
    return [row["content"] for row in rows]


async def test_many_bodies_share_few_transactions(intake, look):
    await intake.accept([message(phone=f"91{n}") for n in range(40)])
    results = await asyncio.gather(
        *(intake.accept([message("now", phone=f"91{n}")]) for n in range(40))
    )
    assert results == [1] * 40
    [made] = look(
        "SELECT count(DISTINCT xmin::text) AS transactions FROM whatsapp_messages"
        " WHERE content = 'now'"
    )
    assert made["transactions"] < 10


async def test_a_part_is_sent_while_the_others_are_parsed(intake, look):
    """Else the receiver waits for the database, and then the database for the receiver."""

    async def accept(words, n):
        await intake.make_way()
        await intake.accept([message(words, phone=f"91{n}")])

    for words in ("before", "now"):
        await asyncio.gather(*(accept(words, n) for n in range(16)))
    [made] = look(
        "SELECT count(*) AS messages, count(DISTINCT xmin::text) AS transactions"
        " FROM whatsapp_messages WHERE content = 'now'"
    )
    assert made["messages"] == 16
    assert made["transactions"] > 1


async def test_a_customers_bodies_keep_their_order(intake, look):
    bodies = [[message(f"{n}", phone=(ASHA, RAVI)[n % 2])] for n in range(60)]
    assert await asyncio.gather(*map(intake.accept, bodies)) == [1] * 60
    for phone, parity in ((ASHA, 0), (RAVI, 1)):
        rows = look(
            "SELECT content FROM whatsapp_messages WHERE from_phone = %s ORDER BY id", phone
        )
        assert [int(row["content"]) for row in rows] == list(range(parity, 60, 2))


async def test_two_who_receive_keep_each_customers_messages_once(pool, look):
    """As the receiver and a Rasa server that has the webhook's routes as well."""
    both = Intake(pool), Intake(pool)
    phones = [f"91{n}" for n in range(5)]
    bodies = [[message(f"{n}", phone=phone) for phone in phones] for n in range(20)]
    found = await asyncio.gather(*(each.accept(body) for body in bodies for each in both))
    assert sum(found) == 100
    assert look("SELECT DISTINCT total_messages FROM user_profiles") == [{"total_messages": 20}]


async def test_a_message_that_several_bodies_bring_counts_once(intake, look):
    same = message("same", message_id="wamid.same")
    bodies = [[message(f"{n}"), same] for n in range(10)]
    assert sum(await asyncio.gather(*map(intake.accept, bodies))) == 11
    assert stored(look).count("same") == 1
    assert look("SELECT total_messages FROM user_profiles") == [{"total_messages": 11}]


async def test_phone_and_user_id_of_one_customer_in_bodies_of_their_own(intake, look):
    bodies = [
        [message("1", phone=ASHA)],
        [message("2", phone=ASHA, user_id="IN.1")],
        [message("3", phone=None, user_id="IN.1")],
    ]
    assert await asyncio.gather(*map(intake.accept, bodies)) == [1, 1, 1]
    assert stored(look) == ["1", "2", "3"]
    assert look("SELECT whatsapp_phone, user_id, total_messages FROM user_profiles") == [
        {"whatsapp_phone": ASHA, "user_id": "IN.1", "total_messages": 3}
    ]


@pytest.mark.parametrize("poison", ["a\0b", "lone \ud83d"], ids=["the database", "the driver"])
async def test_a_body_that_is_refused_fails_alone(intake, look, monkeypatch, poison):
    """Whatever cleans messages may miss something: here it misses everything."""
    monkeypatch.setattr(encoding, "dump_json", lambda value: json.dumps(value, ensure_ascii=False))
    bodies = [[message(f"{n}", phone=f"91{n}")] for n in range(20)]
    bodies.insert(7, [message("with it", phone="917"), message(poison, phone="917")])
    found = await asyncio.gather(*map(intake.accept, bodies), return_exceptions=True)
    assert isinstance(found.pop(7), psycopg.DataError | UnicodeEncodeError)
    assert found == [1] * 20
    assert sorted(stored(look), key=int) == [f"{n}" for n in range(20)]
    assert await intake.accept([message("after")]) == 1


@pytest.mark.parametrize(
    "locking",
    [
        "SELECT FROM lanes JOIN user_profiles ON id = customer_id WHERE whatsapp_phone = %s"
        " FOR UPDATE OF lanes",
        "SELECT FROM user_profiles WHERE whatsapp_phone = %s FOR UPDATE",
        "UPDATE user_profiles SET notes = 'in a turn' WHERE whatsapp_phone = %s",
    ],
    ids=["lane", "customer", "customer who is changed"],
)
async def test_a_customer_who_is_locked_delays_nobody_else(intake, look, other, locking):
    await intake.accept([message("known", phone=ASHA), message("known", phone=RAVI)])
    other.execute(locking, [ASHA])
    held = [asyncio.create_task(intake.accept([message(f"{n}", phone=ASHA)])) for n in range(3)]
    mixed = asyncio.create_task(intake.accept([message("4", phone=ASHA), message("a", phone=RAVI)]))
    for n in range(20):
        assert await intake.accept([message("b", phone=RAVI), message("c", phone=f"92{n}")]) == 2
    assert not any(task.done() for task in (*held, mixed))
    assert stored(look).count("a") == 1
    other.rollback()
    assert await asyncio.gather(*held, mixed) == [1, 1, 1, 2]
    assert stored_from(look, ASHA) == ["known", "0", "1", "2", "4"]


async def test_a_turn_that_changes_its_customer_first_is_no_deadlock(intake, other, look):
    await intake.accept([message("known", phone=ASHA)])
    other.execute("UPDATE user_profiles SET notes = 'first' WHERE whatsapp_phone = %s", [ASHA])
    waiting = asyncio.create_task(intake.accept([message("meanwhile", phone=ASHA)]))
    await asyncio.sleep(0.2)
    other.execute("UPDATE lanes SET attempts = 1 WHERE direction = 'incoming'")
    other.commit()
    assert await waiting == 1


async def test_a_newcomer_who_is_being_made_elsewhere_delays_nobody_for_long(intake, other, look):
    other.execute("INSERT INTO user_profiles (whatsapp_phone) VALUES (%s)", [ASHA])
    held = asyncio.create_task(intake.accept([message("held", phone=ASHA)]))
    others = (intake.accept([message("free", phone=f"92{n}")]) for n in range(20))
    assert await asyncio.wait_for(asyncio.gather(*others), 60) == [1] * 20
    assert not held.done()
    other.commit()
    assert await held == 1
    assert look("SELECT count(*) FROM user_profiles WHERE whatsapp_phone = %s", ASHA) == [
        {"count": 1}
    ]


async def test_a_receipt_for_a_locked_message_waits_alone(intake, pool, sync, other, look):
    await intake.accept([message("hi", phone=ASHA)])
    async with Worker(pool, "incoming") as worker:
        finish_message(sync, await worker.next(), [text("hello")])
        sync.commit()
    [row] = look("SELECT id FROM whatsapp_messages WHERE direction = 'outgoing'")
    other.execute("SELECT FROM whatsapp_messages WHERE id = %s FOR UPDATE", [row["id"]])
    read = receipt("wamid.out", "read", callback_data=f"tray-{row['id']}")
    held = asyncio.create_task(intake.accept([message("with it", phone=RAVI)], [read]))
    for n in range(10):
        assert await intake.accept([message(phone=f"92{n}")]) == 1
    assert not held.done()
    other.rollback()
    assert await held == 1
    assert look("SELECT status FROM whatsapp_messages WHERE id = %s", row["id"]) == [
        {"status": "read"}
    ]


async def test_who_is_locked_for_too_long_is_refused_and_comes_again(
    intake, other, look, monkeypatch
):
    monkeypatch.setattr("trays.waiting.PATIENCE", 0.3)
    again = message("again", phone=ASHA)
    await intake.accept([message("known", phone=ASHA)])
    other.execute("SELECT FROM lanes FOR UPDATE")
    with pytest.raises(Exception, match="nothing is lost"):
        await intake.accept([again])
    other.rollback()
    assert await intake.accept([again]) == 1
    assert stored(look) == ["known", "again"]


async def test_no_half_of_a_group_is_kept_when_its_connection_dies(pool, look, other):
    """The transaction is ended while it waits for a table that somebody has locked."""
    bodies = [Body([message(f"{n}", phone=f"91{n}")]) for n in range(6)]
    loop = asyncio.get_running_loop()
    group = [Waiting(body, loop.create_future(), loop.time()) for body in bodies]
    other.execute("LOCK TABLE user_profiles IN EXCLUSIVE MODE")
    async with pool.connection() as conn:
        storing = asyncio.create_task(store_group(conn, group))
        await asyncio.sleep(0.1)
        look("SELECT pg_terminate_backend(%s)", conn.info.backend_pid)
        with pytest.raises(psycopg.OperationalError):
            await storing
    other.rollback()
    assert stored(look) == []
    assert not any(body.is_stored for body in bodies)


async def test_what_was_in_a_group_that_died_is_stored_by_the_next(intake, look):
    await intake.accept([message("before")])
    waiting = [intake.accept([message(f"{n}", phone=f"91{n}")]) for n in range(20)]
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    tasks = [asyncio.create_task(each) for each in waiting]
    await asyncio.sleep(0)
    look(ended)
    await asyncio.gather(*tasks)
    assert len(stored(look)) == 21


async def test_one_body_alone_waits_for_a_locked_customer_too(pool, look, other):
    async with pool.connection() as conn:
        await accept_messages(conn, [message("known")])
        other.execute("SELECT FROM lanes FOR UPDATE")
        waiting = asyncio.create_task(accept_messages(conn, [message("next")]))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        other.rollback()
        assert await waiting == 1


@pytest.mark.parametrize("anyio_backend", [("asyncio", {"use_uvloop": True})])
async def test_a_body_that_was_put_off_is_looked_at_again_when_nothing_else_comes(intake, other):
    """Though uvloop's timers may be early: nobody else's body, and no second look, brings it up."""
    await intake.accept([message("first", phone=ASHA)])
    for n in range(40):
        other.execute("SELECT FROM lanes FOR UPDATE")
        alone = asyncio.create_task(intake.accept([message(f"{n}", phone=ASHA)]))
        await asyncio.sleep(0.003)
        other.rollback()
        assert await alone == 1
