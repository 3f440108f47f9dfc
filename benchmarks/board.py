"""Measures the orders board in Chromium with 230 orders, on this machine and at 50 KB/s.

`python -m benchmarks board` loads the board, moves orders and lets orders arrive, with each speed
in turn. Bytes are those that come over the line, headers included.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from playwright.sync_api import Browser, Page

from benchmarks.figures import Figure
from benchmarks.machine import database, free_port, module, process
from benchmarks.rig.processes import cpu_of, tree
from benchmarks.running import size
from tests.browser import chromium, wait_until

PASSWORD = "benchmark of the board"
ORDERS = {"pending": 80, "confirmed": 60, "preparing": 60, "ready": 30}
# Bytes a second, both ways; Chromium takes a negative one as "not slowed".
SLOW, FAST = 50_000, -1
# After a move the board keeps a gap for 1.5 s; what follows from a change has come by then, too.
REST = 2_500
PLACE = """
    INSERT INTO orders (customer_phone, items, total, status, notes, created_at, accepted_at)
    SELECT '9197' || lpad(n::text, 8, '0'), jsonb_build_array(
        jsonb_build_object('product', 'coffee', 'product_name', 'Coffee', 'price', 150,
            'quantity', 1 + n %% 4, 'options', jsonb_build_array(
            jsonb_build_object('group', 'Size', 'name', 'Large', 'price', 30))),
        jsonb_build_object('product', 'samosa', 'product_name', 'Samosa', 'price', 40,
            'quantity', 1 + n %% 3)),
        150 * (1 + n %% 4) + 40 * (1 + n %% 3), %s,
        CASE WHEN n %% 5 = 0 THEN '{"coffee": "less sugar"}'::jsonb ELSE '{}'::jsonb END,
        now() - n * interval '20 seconds', now()
    FROM generate_series(1, %s) AS n RETURNING order_id
"""
# Taps the first order's button; gives the milliseconds until it is painted in its next column.
MOVE = """() => new Promise((done) => {
  const button = document.querySelector("[data-list=pending] [data-order] .onward");
  const { order } = button.closest("[data-order]").dataset, began = performance.now();
  const watch = new MutationObserver(() => {
    if (!document.querySelector(`[data-list=confirmed] [data-order="${order}"]`)) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  });
  watch.observe(document.getElementById("board"), { childList: true, subtree: true });
  button.click();
})"""
Samples = dict[tuple[str, str], list[float]]


@dataclass
class Board:
    """A browser that has visited nothing yet, on a line of some speed."""

    page: Page
    speed: int
    samples: Samples
    received: int = 0
    _client: Any = field(init=False)

    def __post_init__(self) -> None:
        self._client = self.page.context.new_cdp_session(self.page)
        self._client.on("Network.loadingFinished", self._count)
        self._client.send("Network.enable")
        self._client.send("Performance.enable", {"timeDomain": "threadTicks"})
        speeds = {"downloadThroughput": self.speed, "uploadThroughput": self.speed}
        still = {"offline": False, "latency": 0, **speeds}
        self._client.send("Network.emulateNetworkConditions", still)

    def sample(self, what: str, until: str, act: Callable[[], float]) -> None:
        """Does something, and keeps its milliseconds and its bytes."""
        received = self.received
        self.samples[f"{what}, until {until}", "ms"].append(act())
        self.page.wait_for_timeout(REST)
        self.samples[what, "bytes"].append(self.received - received)

    def load(self) -> float:
        began = time.perf_counter()
        self.page.goto("/orders", wait_until="domcontentloaded")
        return 1000 * (time.perf_counter() - began)

    def move(self) -> float:
        return float(self.page.evaluate(MOVE))

    def _count(self, event: dict[str, Any]) -> None:
        self.received += int(event["encodedDataLength"])

    def busy(self) -> float:
        """CPU milliseconds of the page's main thread since the page was opened."""
        found = self._client.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(one["value"]) for one in found if one["name"] == "TaskDuration")


def measure_board() -> list[Figure]:
    """Medians at 50 KB/s, beside those of a line that is not slowed."""
    samples: dict[int, Samples] = {SLOW: defaultdict(list), FAST: defaultdict(list)}
    with (
        database() as url,
        psycopg.connect(url, autocommit=True) as connection,
        serve(url) as (console, pid),
        chromium() as browser,
    ):
        for status, many in ORDERS.items():
            connection.execute(PLACE, (status, many))
        state = log_in_owner(browser, console)
        for _ in range(size(5, 2)):
            for speed, kept in samples.items():
                context = browser.new_context(base_url=console, storage_state=state)
                use_board(Board(context.new_page(), speed, kept), connection, pid)
                context.close()
    median = {
        speed: {of: statistics.median(s) for of, s in kept.items()}
        for speed, kept in samples.items()
    }
    return [
        Figure(
            f"board of 230, 50 KB/s: {what}", value, unit, "not slowed", median[FAST][what, unit]
        )
        for (what, unit), value in median[SLOW].items()
    ]


def use_board(board: Board, connection: psycopg.Connection, pid: int) -> None:
    """A first and a second visit, moves and arrivals."""

    def arrive() -> float:
        began = time.perf_counter()
        [[order]] = connection.execute(PLACE, ("pending", 1)).fetchall()
        wait_until(board.page, f"Boolean(document.querySelector('[data-order=\"{order}\"]'))")
        return 1000 * (time.perf_counter() - began)

    board.sample("first visit", "it can be used", board.load)
    board.sample("next visit", "it can be used", board.load)
    for _ in range(3):
        spent, busy = tree(pid, cpu_of), board.busy()
        board.sample("a move", "it is painted", board.move)
        board.samples["a move, the page", "CPU ms"].append(board.busy() - busy)
        board.samples["a move, the console", "CPU ms"].append(1000 * (tree(pid, cpu_of) - spent))
        board.sample("an arrival", "it is shown", arrive)


@contextmanager
def serve(url: str) -> Iterator[tuple[str, int]]:
    """The console's address and process id."""
    port = free_port()
    environment = {"DATABASE_URL": url, "CONSOLE_PORT": str(port), "CONSOLE_PASSWORD": PASSWORD}
    address = f"http://127.0.0.1:{port}"
    with process(module("console"), environment, f"{address}/alive") as started:
        yield address, started.pid


def log_in_owner(browser: Browser, console: str) -> Any:
    """The owner's cookies; the browser in which they were got is closed."""
    context = browser.new_context(base_url=console)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Name").fill("owner")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Orders", exact=True).wait_for()
    state = context.storage_state()
    context.close()
    return state
