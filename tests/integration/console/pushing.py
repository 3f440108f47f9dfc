"""Pushes by DevTools, since no push service can be reached."""

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests import browser


class Pushing:
    """Pushes to the console's service worker; made before a page registers it, or later."""

    def __init__(self, page: Page, console: str) -> None:
        self._console = console
        self._registered: list[dict[str, Any]] = []
        self._look_from(page)

    def _look_from(self, page: Page) -> None:
        self._page, self._tools = page, page.context.new_cdp_session(page)
        self._tools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda said: self._registered.extend(said["registrations"]),
        )
        self._tools.send("ServiceWorker.enable")

    def move_to(self, page: Page) -> None:
        """From now on it uses another page, before the one of now is closed."""
        self._look_from(page)

    def deliver(self, told: dict[str, Any], is_shown: Callable[[], bool]) -> None:
        """Pushes this until it is shown: DevTools may lose one."""
        registered = browser.wait_for_news(self._page, lambda: self._registered)[-1]
        given = {"origin": self._console, "registrationId": registered["registrationId"]}
        deadline = time.monotonic() + browser.PATIENCE
        while True:
            self._tools.send(
                "ServiceWorker.deliverPushMessage", {**given, "data": json.dumps(told)}
            )
            if is_shown():
                return
            assert time.monotonic() < deadline, "it is not shown"
