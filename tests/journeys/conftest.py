"""One running stack for all journeys; in the end no log of it knows what was said."""

import itertools
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.integration.conftest import (
    cluster_url,
    forget_database,
    new_database,
    prepared_database,
)
from tests.journeys.one_process import OneProcess, opened
from tests.journeys.play import Customer
from tests.journeys.private_logs import assert_private, said_words
from tests.journeys.shop import Shop
from tests.journeys.stack import Stack, running

__all__ = ["cluster_url", "new_database", "prepared_database"]

# The shop may learn from what was not understood.
ALLOWED = {"KEEP_UNCLEAR_MESSAGES": "yes"}
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the session: Playwright's loop would be in the way of tests of coroutines."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def stack(
    new_database: Callable, prepared_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    logs = tmp_path_factory.mktemp("logs")
    with new_database(prepared_database) as url, running(url, logs, **ALLOWED) as started:
        yield started
        words = said_words(started)
    assert_private(logs, words)


@pytest.fixture(scope="module")
def one_process(new_database: Callable, prepared_database: str) -> Iterator[OneProcess]:
    """A shop in this process, with a database of its own for the module."""
    with new_database(prepared_database) as url, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", url)
        forget_database()
        with opened(url) as shop:
            yield shop
        forget_database()


@pytest.fixture
def customer(stack: Stack) -> Callable[..., Customer]:
    """`customer()` is somebody new; `customer(phone=None)` shows a user id alone."""
    return lambda **given: Customer(stack, f"Customer {next(NUMBERS):03}", **given)


@pytest.fixture
def asha(customer: Callable[..., Customer]) -> Customer:
    return customer()


@pytest.fixture
def ravi(customer: Callable[..., Customer]) -> Customer:
    return customer()


@pytest.fixture
def shop(stack: Stack) -> Iterator[Shop]:
    """The shop's settings, which are put back afterwards."""
    opened = Shop(stack)
    yield opened
    opened.put_back()
