"""A headless Chromium for the tests of pages: Debian's, since no browser comes from PyPI."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

# Seconds for whatever a page must come to, also on a machine that is busy with something else.
PATIENCE = 60
expect.set_options(timeout=1000 * PATIENCE)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """A browser, closed at the end; `more` are arguments beside the usual ones."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*ARGUMENTS, *more], timeout=3000 * PATIENCE
        )
        browser.on("context", lambda opened: opened.set_default_timeout(1000 * PATIENCE))
        yield browser
        browser.close()


def wait_until(place: Any, script: str, seconds: float = PATIENCE) -> None:
    """Asks a page, a locator or a worker again and again until the script says yes.

    In place of `wait_for_function`, which evaluates text in the page: our policy forbids that.
    """
    deadline = time.monotonic() + seconds
    while not _says_yes(place, script):
        assert time.monotonic() < deadline, f"never true: {script}"
        time.sleep(0.05)


def _says_yes(place: Any, script: str) -> bool:
    """No, while a page gives way to the next one."""
    try:
        return bool(place.evaluate(script))
    except Error as error:
        if "Execution context was destroyed" not in str(error):
            raise
        return False


def wait_for_news(page: Page, find: Callable[[], Any]) -> Any:
    """Waits until something is found among what the browser tells beside what it is asked."""
    deadline = time.monotonic() + PATIENCE
    while not (found := find()):
        assert time.monotonic() < deadline, "the browser has not told it"
        page.wait_for_timeout(50)
    return found
