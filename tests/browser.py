"""A headless Chromium for the tests of pages: Debian's, since no browser comes from PyPI."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

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
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more])
        yield browser
        browser.close()


def wait_until(place: Any, script: str, seconds: float = 60) -> None:
    """Asks a page, a locator or a worker again and again until the script says yes.

    In place of `wait_for_function`, which evaluates text in the page: our policy forbids that.
    """
    deadline = time.monotonic() + seconds
    while not place.evaluate(script):
        assert time.monotonic() < deadline, f"never true: {script}"
        time.sleep(0.05)
