"""A process that hangs is found by its silence, replaced, and a customer waits no longer."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
import requests

from tests.journeys.play import Customer
from tests.journeys.stack import Stack, eventually, running

PARTS = ("rasa run --interface", "whatsapp.send.sender", "whatsapp.receive.receiver", "-m console")
# A worker that was killed loads Rasa again, on a machine that may be busy.
PATIENCE = 240


@pytest.fixture
def stop(stack: Stack) -> Iterator[Callable[[str], list[int]]]:
    """`stop(part)` stops its processes, which go on at the test's end if nobody killed them."""
    stopped: list[int] = []

    def act(part: str) -> list[int]:
        for pid in stack.processes(part):
            os.kill(pid, signal.SIGSTOP)
            stopped.append(pid)
        return list(stopped)

    yield act
    for pid in set(stopped) & {pid for part in PARTS for pid in stack.processes(part)}:
        os.kill(pid, signal.SIGCONT)


def is_well(stack: Stack) -> bool:
    try:
        found = requests.get(f"http://127.0.0.1:{stack.ports['BOT_PORT']}/health", timeout=30)
    except (requests.ConnectionError, requests.Timeout):
        return False
    return bool(found.json()["status"] == "ok")


@pytest.mark.parametrize("part", PARTS)
def test_a_stopped_process_is_replaced_and_the_customer_answered(
    stack: Stack, asha: Customer, stop: Callable[[str], list[int]], part: str
) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2 = ₹240")
    stopped = stop(part)
    assert stopped
    asha.taps("✅ Confirm Order")
    eventually(lambda: not set(stopped) & set(stack.processes(part)), PATIENCE)
    eventually(asha.orders, PATIENCE)
    asha.sees("✅ Order Confirmed!")
    assert len(asha.orders()) == 1
    eventually(lambda: is_well(stack), PATIENCE)


HOLDERS = """
    SELECT count(DISTINCT held_by) AS workers FROM lanes
    WHERE direction = 'incoming' AND held_by IS NOT NULL
"""


def test_what_a_hung_worker_held_is_answered_by_another(
    new_database: Callable, prepared_database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logs = tmp_path_factory.mktemp("two-workers")
    with (
        new_database(prepared_database) as url,
        running(url, logs, RASA_WORKERS="2") as stack,
    ):
        first, second = stack.processes("rasa run --interface")
        customers = [Customer(stack, f"Customer {number}") for number in range(901, 909)]
        with psycopg.connect(url) as lock:
            # Both workers stand still in a turn, and the first is stopped there.
            lock.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
            for each in customers:
                each.types("hi")
            eventually(lambda: stack.rows(HOLDERS)[0]["workers"] == 2)
            os.kill(first, signal.SIGSTOP)
        began = time.monotonic()
        for each in customers:
            # Sooner than after the 600 s for which a lane may be held.
            each.sees("Welcome!")
        print(f"customers of a stopped worker waited {time.monotonic() - began:.0f} s")
        assert first not in stack.processes("rasa run --interface")
        assert second in stack.processes("rasa run --interface")
        for each in customers:
            each.sees_nothing_more(0.1)
