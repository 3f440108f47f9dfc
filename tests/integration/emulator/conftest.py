"""One running emulator for all of these tests; it is reset before each."""

from collections.abc import Iterator

import pytest

from benchmarks.machine import free_port
from tests.integration.emulator.world import Phone, Shop, eventually, start_emulator

LAST = {"field": "account_update", "value": {"event": "LAST_OF_ALL"}}


@pytest.fixture(scope="session")
def _shop() -> Shop:
    return Shop()


@pytest.fixture(scope="session")
def _phone(_shop: Shop) -> Iterator[Phone]:
    port = free_port()
    process = start_emulator(port, _shop.port)
    yield Phone(f"http://127.0.0.1:{port}")
    process.terminate()
    assert process.wait(60) == 0


@pytest.fixture
def shop(_shop: Shop, _phone: Phone) -> Shop:
    """A shop that has heard nothing yet."""
    _shop.answers, _shop.seconds = [], 0.0
    _phone.control("POST", "/reset")
    # What was under way when the emulator forgot it may still be arriving: this comes after it.
    _phone.control("POST", "/webhooks", LAST)
    eventually(lambda: _shop.busy == 0)
    _phone.control("POST", "/reset")
    _shop.webhooks.clear()
    return _shop


@pytest.fixture
def phone(_phone: Phone, shop: Shop) -> Phone:
    """The emulator as it is at the start."""
    return _phone


@pytest.fixture
def talking(phone: Phone, shop: Shop) -> Phone:
    """Asha has written: her window is open."""
    phone.says({"text": "hi"})
    eventually(lambda: shop.webhooks)
    return phone
