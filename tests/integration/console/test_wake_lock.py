"""The kitchen's tablet stays awake: a real browser grants it, takes it back and grants it again.

By DevTools alone: pages that Playwright drives are never hidden.
"""

import asyncio
import itertools
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.client import WebSocketClientProtocol, connect

from tests.browser import ARGUMENTS, wait_until
from tests.integration.console.people import Worker

SAID = "document.querySelector('[data-awake]')"
IS_AWAKE, IS_ASLEEP = f"{SAID}?.hidden === false", f"{SAID}?.hidden === true"


class Tools:
    """The DevTools of a running browser."""

    def __init__(self, url: str) -> None:
        self.loop, self.numbers = asyncio.new_event_loop(), itertools.count(1)
        self.socket = self.loop.run_until_complete(_connect(url))

    def does(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        asked = self._ask({"method": method, "params": params}, session)
        return self.loop.run_until_complete(asyncio.wait_for(asked, 60))

    async def _ask(self, said: dict[str, Any], session: str | None) -> dict[str, Any]:
        said["id"] = next(self.numbers)
        await self.socket.send(json.dumps(said | ({"sessionId": session} if session else {})))
        while (answer := json.loads(await self.socket.recv())).get("id") != said["id"]:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    def close(self) -> None:
        self.loop.run_until_complete(self.socket.close())
        self.loop.close()


async def _connect(url: str) -> WebSocketClientProtocol:
    return await connect(url, max_size=None)


class Tab:
    """A tab beside others in one window, which hides them."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self.id = tools.does("Target.createTarget", url="about:blank")["targetId"]
        attached = tools.does("Target.attachToTarget", targetId=self.id, flatten=True)
        self.session = str(attached["sessionId"])

    def does(self, method: str, **params: Any) -> dict[str, Any]:
        return self.tools.does(method, self.session, **params)

    def evaluate(self, script: str) -> Any:
        told = self.does("Runtime.evaluate", expression=script, returnByValue=True)
        return told["result"].get("value")


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Tools]:
    """Those of a browser of this test's own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt-get install chromium"
    options = [*ARGUMENTS, "--headless=new", "--remote-debugging-port=0"]
    browser = subprocess.Popen(
        [path, *options, f"--user-data-dir={tmp_path}", "about:blank"], stderr=subprocess.DEVNULL
    )
    try:
        port, way = _wait_for_tools(tmp_path / "DevToolsActivePort")
        opened = Tools(f"ws://127.0.0.1:{port}{way}")
        yield opened
        opened.close()
    finally:
        browser.terminate()
        browser.wait(60)


def _wait_for_tools(told: Path) -> list[str]:
    deadline = time.monotonic() + 60
    while not (told.exists() and len(lines := told.read_text().split()) == 2):
        assert time.monotonic() < deadline, "Chromium does not start"
        time.sleep(0.05)
    return lines


def test_the_kitchen_stays_awake(tools: Tools, console: str, ravi: Worker) -> None:
    def may_stay_awake(setting: str) -> None:
        lock = {"name": "screen-wake-lock"}
        tools.does("Browser.setPermission", permission=lock, setting=setting, origin=console)

    tab = Tab(tools)
    for name, value in ravi.cookies.items():
        tab.does("Network.setCookie", name=name, value=value, url=console)
    may_stay_awake("denied")
    tab.does("Page.navigate", url=f"{console}/orders/kitchen")
    wait_until(tab, f"document.readyState === 'complete' && {IS_ASLEEP}")
    # It was refused; the next tap asks again.
    may_stay_awake("granted")
    assert tab.evaluate(IS_ASLEEP)
    tab.evaluate("document.querySelector('h1').click()")
    wait_until(tab, IS_AWAKE)
    # Another tab hides it, and the browser takes the lock back.
    Tab(tools)
    wait_until(tab, f"document.visibilityState === 'hidden' && {IS_ASLEEP}")
    tools.does("Target.activateTarget", targetId=tab.id)
    wait_until(tab, f"document.visibilityState === 'visible' && {IS_AWAKE}")
