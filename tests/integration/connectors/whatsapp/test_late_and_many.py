"""What a turn knows of how late a message is and how many came with it, by the database's clock."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

import settings
from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.turn import flood, late
from connectors.whatsapp.turn.handler import finish_without_rasa
from connectors.whatsapp.turn.threads import TurnThread
from tests.integration.trays.world import message
from trays.accept import accept_messages
from trays.pools import pool
from trays.worker import Worker


@pytest.fixture
def turns(database_url):
    """`turns(look, messages)`: what `look(turn)` gives in the turn of each message, in order.

    All messages are accepted first, so that they are of one minute unless a test says otherwise.
    """

    def run(look, messages, before=lambda: None, answer=lambda turn: []):
        seen = []

        async def handle(turn):
            seen.append(look(turn))
            finish_without_rasa(turn, answer(turn) or flood.flood_reply(turn))

        async def running():
            async with pool(database_url) as connections, Worker(connections, "incoming") as worker:
                async with connections.connection() as connection:
                    await accept_messages(connection, messages)
                before()
                thread = TurnThread(handle)
                async with asyncio.timeout(60):
                    for _ in messages:
                        await thread.run(await worker.next())
                thread.close()

        asyncio.run(running())
        return seen

    return run


def typed(words, phone="911", written=None):
    payload = {"type": "text", "text": {"body": words}}
    return message(words, phone=phone, timestamp=written)._replace(payload=payload)


@pytest.mark.parametrize(
    ("ago", "english", "hindi"),
    [
        (timedelta(minutes=61), "an hour ago", "एक घंटे पहले"),
        (timedelta(minutes=125), "2 hours ago", "2 घंटे पहले"),
        (timedelta(hours=23), "23 hours ago", "23 घंटे पहले"),
        (timedelta(hours=25), "yesterday", "कल"),
        (timedelta(days=3), "3 days ago", "3 दिन पहले"),
    ],
)
def test_a_late_message_is_told_when_it_was_written(turns, ago, english, hindi) -> None:
    written = datetime.now(UTC) - ago
    [(is_late, words)] = turns(
        lambda turn: (late.is_late(turn), late.late_notice(turn)), [typed("yes", written=written)]
    )
    assert is_late
    assert words[0].text == (
        f"You wrote {english}, but your message has only just reached us. Sorry for the wait!"
    )
    assert hindi == late.how_long_ago(ago.total_seconds(), "hi")


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(minutes=59), timedelta(days=-1)])
def test_a_message_in_time_is_not(turns, ago) -> None:
    """Nor one from a phone, or a machine, whose clock is ahead."""
    written = datetime.now(UTC) - ago
    [words] = turns(late.late_notice, [typed("yes", written=written)])
    assert words == []


def test_late_is_when_it_was_accepted_not_when_it_is_answered(turns, database_url) -> None:
    """We were away, not WhatsApp: then nothing is said of it."""

    def an_hour_passes():
        with psycopg.connect(database_url) as connection:
            connection.execute(
                "UPDATE whatsapp_messages SET created_at = created_at - interval '2 hours',"
                " timestamp = timestamp - interval '2 hours'"
            )

    assert turns(late.is_late, [typed("yes")], before=an_hour_passes) == [False]


@pytest.fixture
def three_a_minute(monkeypatch):
    monkeypatch.setenv("MESSAGES_ANSWERED_PER_MINUTE", "3")
    settings.load_settings.cache_clear()
    yield
    settings.load_settings.cache_clear()


def is_folded(turn) -> bool:
    return flood.is_one_too_many(turn)


def answer(turn):
    """As the bot does to what is not too many."""
    return [] if is_folded(turn) else [Bubble("Yes?")]


def test_the_messages_too_many_get_one_bubble_together(three_a_minute, turns, database_url) -> None:
    flooding = [typed(f"message {number}") for number in range(8)]
    folded = turns(
        is_folded,
        [*flooding, typed("hi", phone="922")],
        in_one_minute(database_url),
        answer,
    )
    by_customer = sorted(folded)
    assert by_customer == [False] * 4 + [True] * 5
    with psycopg.connect(database_url) as connection:
        said = connection.execute(
            "SELECT content, to_phone FROM whatsapp_messages"
            " WHERE direction = 'outgoing' AND content <> 'Yes?'"
        ).fetchall()
        statuses = connection.execute(
            "SELECT DISTINCT status FROM whatsapp_messages WHERE direction = 'incoming'"
        ).fetchall()
    assert [(words.split(" and ")[0], phone) for words, phone in said] == [
        ("Sorry, that was a lot at once", "911")
    ]
    assert statuses == [("processed",)]


def test_stop_is_heard_in_the_middle_of_a_flood(three_a_minute, turns, database_url) -> None:
    flooding = [typed(words) for words in ("a", "b", "c", "d", "STOP", "e")]
    folded = turns(is_folded, flooding, in_one_minute(database_url), answer)
    assert folded == [False, False, False, True, False, True]


def test_the_next_minute_is_answered_again(three_a_minute, turns, database_url) -> None:
    def half_came_before():
        with psycopg.connect(database_url) as connection:
            connection.execute(
                "UPDATE whatsapp_messages SET created_at = created_at - interval '1 minute'"
                " WHERE content < 'message 4'"
            )

    flooding = [typed(f"message {number}") for number in range(8)]
    in_one = in_one_minute(database_url)
    folded = turns(is_folded, flooding, lambda: (in_one(), half_came_before()), answer)
    assert folded == [False, False, False, True] * 2


def in_one_minute(database_url):
    """What has been accepted lies in the middle of a minute, whenever the test runs."""

    def gather():
        with psycopg.connect(database_url) as connection:
            connection.execute(
                "UPDATE whatsapp_messages"
                " SET created_at = date_trunc('minute', clock_timestamp()) + interval '30 seconds'"
            )

    return gather


def test_what_a_person_or_nobody_answered_counts_for_nothing(
    three_a_minute, turns, database_url
) -> None:
    flooding = [typed(f"message {number}") for number in range(8)]
    assert turns(is_folded, flooding, in_one_minute(database_url)) == [False] * 8
