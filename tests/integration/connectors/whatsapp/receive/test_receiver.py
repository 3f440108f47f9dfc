"""The receiver as it runs: a process, its port, a real database."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
import requests
from psycopg.conninfo import conninfo_to_dict

from benchmarks.machine import free_port
from connectors.whatsapp.receive.signature import HEADER, sign_body
from settings import EMULATOR_DEFAULTS, ROOT

SECRET = EMULATOR_DEFAULTS["whatsapp_app_secret"]
NUMBER = EMULATOR_DEFAULTS["whatsapp_phone_number_id"]


@contextmanager
def receiver(url, log=subprocess.DEVNULL):
    """The receiver's process and address, once it answers."""
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": url, "BOT_PORT": str(port)}
    command = [sys.executable, "-m", "connectors.whatsapp.receive.receiver"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/webhooks/whatsapp/"))
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def answers(url):
    try:
        return requests.get(url, timeout=10).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def wait_until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def delivery(*ids, age=0):
    messages = [
        {"from": "919876543210", "id": i, "timestamp": str(int(time.time()) - age), "type": "text",
         "text": {"body": "Hi \ud83d"}}
        for i in ids
    ]  # fmt: skip
    value = {"metadata": {"phone_number_id": NUMBER}, "messages": messages}
    return json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()


def post(address, raw):
    headers = {HEADER: sign_body(SECRET, raw)}
    url = f"{address}/webhooks/whatsapp/webhook"
    return requests.post(url, data=raw, headers=headers, timeout=60).status_code


def stored(url):
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT message_id FROM whatsapp_messages")]


def waits_for_a_lock(url):
    """Whether somebody else's statement does."""
    with psycopg.connect(url) as connection:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return connection.execute(waiting).fetchone()[0]


def test_a_message_is_in_the_database_when_meta_hears_200(database_url):
    with receiver(database_url) as (_, address):
        assert post(address, delivery("wamid.1", "wamid.2")) == 200
        assert sorted(stored(database_url)) == ["wamid.1", "wamid.2"]
        assert post(address, delivery("wamid.1")) == 200
        assert len(stored(database_url)) == 2
        assert requests.get(f"{address}/health", timeout=30).json()["database"] == "ok"


def test_health_says_why_our_number_may_not_send(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO pauses (number, until, seconds, reason)"
            " VALUES ('1', now() + interval '900 seconds', 900, '131048 Spam rate limit hit')"
        )
    with receiver(database_url) as (_, address):
        [pause] = requests.get(f"{address}/health", timeout=30).json()["paused"]
    assert pause["reason"] == "131048 Spam rate limit hit"
    # The process has started since then.
    assert 600 < pause["seconds"] <= 900


def test_neither_rasa_nor_a_web_framework_is_loaded():
    probe = (
        "import sys, connectors.whatsapp.receive.receiver; "
        "print([name for name in ('rasa', 'tensorflow', 'spacy', 'sanic') if name in sys.modules])"
    )
    command = [sys.executable, "-c", probe]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_it_survives_a_database_that_comes_late(new_database, prepared_database):
    with new_database(prepared_database) as url:
        name = conninfo_to_dict(url)["dbname"]
        with receiver(url) as (_, address):
            assert post(address, delivery("wamid.1")) == 200
            allow_connections(url, name, False)
            assert post(address, delivery("wamid.2")) == 503
            assert requests.get(f"{address}/health", timeout=30).status_code == 503
            allow_connections(url, name, True)
            # WhatsApp comes again.
            wait_until(lambda: post(address, delivery("wamid.2")) == 200)
            assert sorted(stored(url)) == ["wamid.1", "wamid.2"]


def allow_connections(url, name, allowed):
    """The database goes away and comes back, for everybody."""
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}")
        if not allowed:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_what_it_has_in_hand(database_url, end):
    with receiver(database_url) as (process, address), psycopg.connect(database_url) as slow:
        slow.execute("LOCK TABLE whatsapp_messages IN ACCESS EXCLUSIVE MODE")
        with ThreadPoolExecutor() as threads:
            answer = threads.submit(post, address, delivery("wamid.1"))
            wait_until(lambda: waits_for_a_lock(database_url))
            process.send_signal(end)
            time.sleep(0.3)
            slow.rollback()
            assert answer.result() == 200
        assert process.wait(60) == 0
    assert stored(database_url) == ["wamid.1"]


def test_a_port_that_is_taken_is_named(database_url):
    with receiver(database_url) as (_, address):
        port = address.rpartition(":")[2]
        environment = {**os.environ, "BOT_PORT": port}
        command = [sys.executable, "-m", "connectors.whatsapp.receive.receiver"]
        second = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    assert second.returncode == 1
    assert second.stderr.startswith("receiver: ")
    assert "Traceback" not in second.stderr


def test_the_log_holds_no_words_and_no_numbers(database_url, tmp_path):
    log = tmp_path / "log"
    with log.open("w") as written, receiver(database_url, written) as (process, address):
        post(address, delivery("wamid.1"))
        post(address, b"garbage")
        process.terminate()
        process.wait(60)
    assert "919876543210" not in log.read_text()
    assert "Hi" not in log.read_text()
