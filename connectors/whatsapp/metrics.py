"""What is counted, for Prometheus.

Processes of one machine count together when PROMETHEUS_MULTIPROC_DIR is set, as `make run` does
(https://prometheus.github.io/client_python/multiprocess/).
"""

import os

import psycopg
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest, multiprocess
from prometheus_client.registry import REGISTRY

from trays import tidy

ACCEPTED = Counter("whatsapp_messages_accepted", "New messages that the webhook stored")
TURNS = Counter("whatsapp_turns", "Turns, by how they ended", ["result"])
SENDS = Counter("whatsapp_sends", "Requests to the Graph API, by what it answered", ["result"])


async def exposition(connection: psycopg.AsyncConnection) -> bytes:
    """Everything in Prometheus' text format: our counters, and how full the trays are now."""
    registry = CollectorRegistry()
    await _measure_trays(registry, connection)
    return generate_latest(_counters()) + generate_latest(registry)


def _counters() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


async def _measure_trays(registry: CollectorRegistry, connection: psycopg.AsyncConnection) -> None:
    def gauge(name: str, what: str) -> Gauge:
        # Read from the database at each look: no process owns these.
        return Gauge(name, what, ["direction"], registry=registry)

    waiting = gauge("whatsapp_tray_messages", "Messages that wait")
    oldest = gauge("whatsapp_tray_oldest_seconds", "Age of the oldest message that waits")
    in_hand = gauge("whatsapp_tray_in_hand", "Messages in hand")
    dead = gauge("whatsapp_tray_dead", "Messages that were given up")
    for tray in await tidy.depth(connection):
        waiting.labels(tray.direction).set(tray.messages)
        oldest.labels(tray.direction).set(tray.oldest_seconds)
        in_hand.labels(tray.direction).set(tray.in_hand)
        dead.labels(tray.direction).set(tray.dead)
