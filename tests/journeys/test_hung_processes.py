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

PARTS = ("rasa run --interface", "whatsapp.sender", "whatsapp.receiver", "-m console")
# A worker that was killed loads Rasa again, on a machine that may be busy.
PATIENCE = 120


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


def health(stack: Stack) -> dict:
    return requests.get(f"http://127.0.0.1:{stack.ports['BOT_PORT']}/health", timeout=10).json()


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
    eventually(lambda: health(stack)["status"] == "ok", PATIENCE)


def test_what_a_hung_worker_held_is_answered_by_another(
    new_database: Callable, prepared_database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    logs = tmp_path_factory.mktemp("two-workers")
    with (
        new_database(prepared_database) as url,
        running(url, logs, RASA_WORKERS="2") as stack,
    ):
        first, second = stack.processes("rasa run --interface")
        customer = Customer(stack, "Customer 901")
        customer.types("hi")
        customer.sees("Welcome!")
        os.kill(first, signal.SIGSTOP)
        others = [Customer(stack, f"Customer {number}") for number in range(902, 910)]
        began = time.monotonic()
        for each in others:
            each.types("hi")
        for each in others:
            each.sees("Welcome!")
        took = time.monotonic() - began
        # Nobody waited for the 600 s after which a lane counts as forgotten, nor for a new
        # worker: what the second one had to do is what the first one held.
        print(f"eight customers beside a stopped worker: {took:.0f} s")
        assert second in stack.processes("rasa run --interface")


def test_all_logs_together_know_no_customer(
    new_database: Callable, prepared_database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What goes wrong in a turn, in sending and in the webhook is logged without its words."""
    logs = tmp_path_factory.mktemp("private")
    with new_database(prepared_database) as url, running(url, logs) as stack:
        buyer, talker = Customer(stack, "Customer 911"), Customer(stack, "Customer 912")
        buyer.types("2 coffees")
        buyer.sees("Coffee × 2 = ₹240")
        refuse_orders(url)
        buyer.taps("✅ Confirm Order")
        eventually(lambda: "turn of message" in (logs / "rasa.log").read_text(), PATIENCE)
        stack.control("POST", "/faults", code=131000, to=talker.phone)
        talker.types("my card is 4929117733 fluctuation")
        talker.next_bubble()
        assert requests.post(stack.webhook, data=talker.phone, timeout=10).content == b""
    phones = (str(buyer.phone), str(talker.phone))
    said = {log.name: log.read_text(errors="replace") for log in logs.iterdir()}
    for name, text in said.items():
        for word in (*phones, "4929117733", "fluctuation", "Coffee × 2"):
            assert word not in text, (name, word)
    assert all(log.stat().st_mode & 0o077 == 0 for log in logs.iterdir())


def refuse_orders(url: str) -> None:
    """The database refuses every order, and quotes it under DETAIL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE orders ADD CONSTRAINT broken CHECK (false) NOT VALID")
