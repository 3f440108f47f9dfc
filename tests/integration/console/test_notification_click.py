"""A tap on a notification leads to what it is about: in the open window, else in a new one.

DevTools deliver the push, and the worker is handed the tap. A browser lets a worker bring windows
to the front only after a real tap, so this alone is noted instead of done.
"""

import pytest

from tests import browser
from tests.integration.console.pushing import Pushing

NOTED = """() => {
  self.noted = [];
  WindowClient.prototype.focus = async function () { self.noted.push("focus"); return this; };
  self.clients.openWindow = async (url) => { self.noted.push(url); return null; };
}"""
# An event that no tap caused may not be waited for, so its work is awaited here.
TAP = """async () => {
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification });
  let work;
  event.waitUntil = (promise) => { work = promise; };
  self.dispatchEvent(event);
  await work.catch((error) => self.noted.push(String(error)));
  return { noted: self.noted, left: (await self.registration.getNotifications()).length };
}"""
CONTROLLED = """async () => {
  await navigator.serviceWorker.ready;
  return Boolean(navigator.serviceWorker.controller);
}"""
# The worker waits by itself for a while.
SHOWN = """async () => {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await self.registration.getNotifications()).length) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""


@pytest.fixture
def worker(page, console):
    """The service worker of a console that is open at its board."""
    page.context.grant_permissions(["notifications"], origin=console)
    page.goto("/orders")
    browser.wait_until(page, CONTROLLED)
    [running] = browser.wait_for_news(page, lambda: page.context.service_workers)
    running.evaluate(NOTED)
    return running


def push(page, worker, console, path):
    """Delivers a notification about a page, which is shown."""
    push = Pushing(page, console)
    browser.wait_until(page, CONTROLLED)
    told = {"title": "Something", "body": "Tap.", "path": path, "tag": "a", "is_urgent": False}
    push.deliver(told, lambda: worker.evaluate(SHOWN))


def test_the_open_window_goes_there(page, console, worker):
    push(page, worker, console, "/inbox")
    assert worker.evaluate(TAP) == {"noted": ["focus"], "left": 0}
    page.wait_for_url(f"{console}/inbox")


def test_a_new_window_opens_where_there_is_none(page, console, worker):
    push(page, worker, console, "/orders/ORD-1")
    # A page that is no worker's window. With no page at all Chromium may end the worker while it
    # is asked, and the answer never comes.
    with page.expect_navigation():
        page.context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    assert page.evaluate("() => navigator.serviceWorker.controller") is None
    assert worker.evaluate(TAP) == {"noted": [f"{console}/orders/ORD-1"], "left": 0}


def test_where_the_window_cannot_come_to_the_front_a_new_one_opens(page, console, worker):
    worker.evaluate("""() => {
      WindowClient.prototype.focus = async () => { throw new TypeError("not now"); };
    }""")
    push(page, worker, console, "/inbox")
    assert worker.evaluate(TAP) == {"noted": [f"{console}/inbox"], "left": 0}


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example/x"])
def test_no_other_place_is_opened(page, console, worker, path):
    push(page, worker, console, path)
    assert worker.evaluate(TAP) == {"noted": [], "left": 0}
    assert page.url == f"{console}/orders"
