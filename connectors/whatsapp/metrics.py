"""Metrics for Prometheus.

If PROMETHEUS_MULTIPROC_DIR is set, as `make run` does, the counters of all processes of a machine
are added up (https://prometheus.github.io/client_python/multiprocess/). Values measured at each
scrape are no Gauges, which would be kept for every process that was ever scraped.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import psycopg
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import REGISTRY, Collector

from trays import retention

ACCEPTED = Counter("whatsapp_messages_accepted", "New messages that the webhook stored")
REFUSED = Counter("whatsapp_webhooks_refused", "Requests not taken, by the answer", ["status"])
TURNS = Counter("whatsapp_turns", "Turns, by how they ended", ["result"])
TURN_SECONDS = Histogram(
    "whatsapp_turn_seconds",
    "How long turns took that were answered",
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15),
)
SENDS = Counter("whatsapp_sends", "Requests to the Graph API, by what it answered", ["result"])

# The list of statuses must equal the one of the partial index.
_HELD = b"SELECT count(*) FROM order_notices WHERE state IN ('waiting', 'held') AND state = 'held'"


async def write_metrics(connection: psycopg.AsyncConnection) -> bytes:
    """All metrics in Prometheus' text format: our counters and values measured now."""
    measured = CollectorRegistry()
    now = [*await _trays(connection), await _held(connection), await _paused(connection), _memory()]
    measured.register(Measured(now))
    return generate_latest(_counters()) + generate_latest(measured)


class Measured(Collector):
    """Values that were just measured."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _counters() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


async def _trays(connection: psycopg.AsyncConnection) -> Iterable[Metric]:
    def gauge(name: str, what: str) -> GaugeMetricFamily:
        return GaugeMetricFamily(f"whatsapp_tray_{name}", what, labels=["direction"])

    waiting = gauge("messages", "Messages that wait")
    oldest = gauge("oldest_seconds", "Age of the oldest message that waits")
    in_hand = gauge("in_hand", "Messages in hand")
    dead = gauge("dead", "Messages that were given up")
    for tray in await retention.tray_depth(connection):
        waiting.add_metric([tray.direction], tray.messages)
        oldest.add_metric([tray.direction], tray.oldest_seconds)
        in_hand.add_metric([tray.direction], tray.in_hand)
        dead.add_metric([tray.direction], tray.dead)
    return waiting, oldest, in_hand, dead


async def _held(connection: psycopg.AsyncConnection) -> Metric:
    row = await (await connection.execute(_HELD)).fetchone()
    return GaugeMetricFamily(
        "whatsapp_notices_held",
        "News of orders that wait until the customer writes",
        value=row[0] if row else 0,
    )


async def _paused(connection: psycopg.AsyncConnection) -> Metric:
    pauses = await retention.paused_numbers(connection)
    return GaugeMetricFamily(
        "whatsapp_number_paused_seconds",
        "For how long WhatsApp lets our number send nothing",
        value=max((each.seconds for each in pauses), default=0.0),
    )


def _memory() -> Metric:
    """The memory of each process that the supervisor started; none without a supervisor."""
    memory = GaugeMetricFamily(
        "whatsapp_process_resident_memory_bytes",
        "Resident memory of each process",
        labels=["process"],
    )
    directory = os.environ.get("PROCESSES_DIRECTORY")
    for file in sorted(Path(directory).iterdir()) if directory else ():
        if resident := _resident(file):
            memory.add_metric([file.name], resident)
    return memory


def _resident(file: Path) -> int:
    """The resident memory in bytes; 0 if the process has ended or there is no /proc."""
    try:
        pages = Path(f"/proc/{int(file.read_text())}/statm").read_text().split()[1]
    except (OSError, ValueError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
