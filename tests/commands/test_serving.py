"""`rasa run` with and without its API, and `rasa export`."""

import asyncio

import psycopg
import requests

from benchmarks.machine import free_port
from tests.commands.running import rasa, server
from tests.integration.trays.world import message
from trays.accept import accept_messages
from trays.pools import pool

TOKEN = "a-token-of-the-test"


async def deliver(database_url: str) -> None:
    """A customer's message comes into the tray."""
    async with pool(database_url) as opened, opened.connection() as connection:
        await accept_messages(connection, [message("when are you open?")])


def statuses(database_url: str) -> list[str]:
    with psycopg.connect(database_url) as connection:
        return [row[0] for row in connection.execute("SELECT status FROM whatsapp_messages")]


def test_run_leaves_the_trays_alone(database_url: str) -> None:
    """REST is answered; what waits for the shop's own workers still waits."""
    asyncio.run(deliver(database_url))
    before = statuses(database_url)
    address = f"http://127.0.0.1:{(port := free_port())}"
    with server(address, "run", "--port", str(port), database_url=database_url):
        said = {"sender": "somebody", "message": "when are you open?"}
        answer = requests.post(f"{address}/webhooks/rest/webhook", json=said, timeout=60)
        assert answer.json()[0]["text"]
        # Without --enable-api nobody looks into conversations.
        tracker = requests.get(f"{address}/conversations/somebody/tracker", timeout=60)
        assert tracker.status_code == 404
    assert statuses(database_url) == before == ["received"]


def test_run_with_its_api_wants_the_token(database_url: str) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    told = ("run", "--enable-api", "--auth-token", TOKEN, "--port", str(port))
    with server(address, *told, database_url=database_url):
        parse = f"{address}/model/parse"
        asked = {"text": "2 coffees"}
        assert requests.post(parse, json=asked, timeout=60).status_code == 401
        found = requests.post(f"{parse}?token={TOKEN}", json=asked, timeout=60).json()
        assert found["intent"]["name"] == "new_order"
        tracker = requests.get(
            f"{address}/conversations/somebody/tracker?token={TOKEN}", timeout=60
        )
        assert tracker.json()["sender_id"] == "somebody"


def test_export_says_why_there_is_nothing_to_export_to(database_url: str) -> None:
    done = rasa("export", database_url=database_url)
    assert done.returncode == 1
    assert "event_broker" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
