"""What /health and /metrics say is what customers get; /ready and the webhook's root say less."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from tests.integration.connectors.whatsapp.receive.test_receiver import delivery, post, receiver

WORKERS = ("trays_incoming", "trays_outgoing")


@contextmanager
def at_work(url: str, *names: str) -> Iterator[None]:
    """Connections like those of workers."""
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(psycopg.connect(url, application_name=name))
        yield


def run(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def said(address: str) -> tuple[int, str]:
    answer = requests.get(f"{address}/health", timeout=30)
    return answer.status_code, answer.json()["status"]


WAITS = "UPDATE whatsapp_messages SET created_at = now() - interval '20 seconds'"
OUTGOING = (
    "UPDATE whatsapp_messages SET direction = 'outgoing', status = 'queued'",
    "UPDATE lanes SET direction = 'outgoing'",
)
PAUSE = (
    "INSERT INTO pauses (number, until, seconds, reason)"
    " VALUES ('1', now() + interval '900 seconds', 900, 'a reason')"
)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((), (200, "ok")),
        ((WAITS,), (503, "degraded")),
        ((WAITS, "UPDATE lanes SET held_by = 1, held_since = now()"), (503, "degraded")),
        ((WAITS, *OUTGOING), (503, "degraded")),
        ((WAITS, *OUTGOING, "UPDATE lanes SET not_before = now() + '9 s'"), (200, "ok")),
        ((WAITS, *OUTGOING, "UPDATE whatsapp_messages SET status = 'unknown'"), (200, "ok")),
        ((WAITS, "UPDATE whatsapp_messages SET status = 'processed'"), (200, "ok")),
        ((PAUSE,), (200, "paused")),
        ((PAUSE, WAITS, *OUTGOING), (503, "degraded")),
    ],
)
def test_health_is_what_customers_get(
    database_url: str, statements: tuple[str, ...], expected: tuple[int, str]
) -> None:
    with at_work(database_url, *WORKERS), receiver(database_url) as (_, address):
        assert post(address, delivery("wamid.1")) == 200
        run(database_url, *statements)
        assert said(address) == expected
        # A proxy must not take the webhook away because nobody answers customers.
        assert requests.get(f"{address}/ready", timeout=30).status_code == 200
        assert requests.get(f"{address}/webhooks/whatsapp/", timeout=30).status_code == 200


def test_workers_with_different_models_are_told_apart(database_url: str) -> None:
    names = ("trays_incoming 1a2b3c4d", "trays_incoming 1a2b3c4d", "trays_outgoing")
    with receiver(database_url) as (_, address), at_work(database_url, *names):
        answer = requests.get(f"{address}/health", timeout=30).json()
        assert (answer["models"], answer["loaded_models"]) == (2, {"1a2b3c4d": 2})
        with at_work(database_url, "trays_incoming 5e6f7a8b"):
            answer = requests.get(f"{address}/health", timeout=30).json()
            assert (answer["status"], answer["models"]) == ("ok", 3)
            assert answer["loaded_models"] == {"1a2b3c4d": 2, "5e6f7a8b": 1}


@pytest.mark.parametrize("missing", WORKERS)
def test_without_a_worker_or_a_sender_it_is_incomplete(database_url: str, missing: str) -> None:
    others = [name for name in WORKERS if name != missing]
    with at_work(database_url, *others), receiver(database_url) as (_, address):
        assert said(address) == (503, "incomplete")


def test_the_age_of_the_oldest_is_said_each_way(database_url: str) -> None:
    with receiver(database_url) as (_, address):
        assert post(address, delivery("wamid.1")) == 200
        run(database_url, WAITS)
        oldest = requests.get(f"{address}/health", timeout=30).json()["oldest_seconds"]
    assert 20 <= oldest["to_be_answered"] < 600
    assert oldest["to_be_sent"] == 0


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """What the supervisor shares among processes: the counters' files and who there is."""
    for name, variable in (
        ("counters", "PROMETHEUS_MULTIPROC_DIR"),
        ("processes", "PROCESSES_DIRECTORY"),
    ):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    return tmp_path


def metrics(address: str) -> str:
    return requests.get(f"{address}/metrics", timeout=30).text


def samples(text: str) -> list[tuple[str, tuple[tuple[str, str], ...], float]]:
    return [
        (sample.name, tuple(sorted(sample.labels.items())), sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    ]


def test_processes_count_together_and_a_dead_one_leaves_no_backlog(database_url, shared) -> None:
    with receiver(database_url) as (_, first):
        assert post(first, delivery("wamid.1")) == 200
        metrics(first)  # which measures the backlog, and then dies
    with receiver(database_url) as (process, second):
        (shared / "processes" / "webhook").write_text(str(process.pid))
        (shared / "processes" / "sender").write_text("0")
        assert post(second, delivery("wamid.2")) == 200
        requests.post(f"{second}/webhooks/whatsapp/webhook", data="{}", timeout=30)
        run(database_url, "UPDATE whatsapp_messages SET status = 'processed'")
        text = metrics(second)
    found = samples(text)
    assert len({(name, labels) for name, labels, _ in found}) == len(found)
    values = {(name, labels): value for name, labels, value in found}
    assert values["whatsapp_messages_accepted_total", ()] == 2
    assert values["whatsapp_webhooks_refused_total", (("status", "401"),)] == 1
    assert values["whatsapp_tray_messages", (("direction", "incoming"),)] == 0
    assert values["whatsapp_notices_held", ()] == 0
    memory = "whatsapp_process_resident_memory_bytes"
    assert values[memory, (("process", "webhook"),)] > 10_000_000
    assert (memory, (("process", "sender"),)) not in values


def test_held_news_is_counted(database_url) -> None:
    run(
        database_url,
        "INSERT INTO order_notices (order_id, status, state) VALUES ('ORD-1', 'ready', 'held'),"
        " ('ORD-2', 'ready', 'waiting'), ('ORD-3', 'ready', 'queued')",
    )
    with receiver(database_url) as (_, address):
        assert "\nwhatsapp_notices_held 1.0\n" in metrics(address)


@pytest.mark.parametrize("many", [True, False])
def test_prometheus_has_nothing_to_say_against_it(database_url, shared, monkeypatch, many) -> None:
    if not many:
        monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR")
    with receiver(database_url) as (process, address):
        (shared / "processes" / "webhook").write_text(str(process.pid))
        assert post(address, delivery("wamid.1")) == 200
        text = metrics(address)
    assert len(samples(text)) > 10
    if promtool := shutil.which("promtool"):
        checked = subprocess.run(
            [promtool, "check", "metrics"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            env=dict(os.environ),
        )
        assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
