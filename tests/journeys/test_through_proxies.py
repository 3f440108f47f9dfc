"""nginx and Caddy with our files in front of the running stack: Meta's webhooks and a browser."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from benchmarks.machine import free_port
from tests.browser import chromium
from tests.integration.deploy.conftest import DEPLOY, needed
from tests.integration.deploy.test_proxies import accepts, nginx_site, running, with_ports
from tests.journeys.counter import log_in
from tests.journeys.play import Customer
from tests.journeys.stack import APP_SECRET, ROOT, SECRETS, Stack, eventually
from tests.journeys.test_webhook import signed

HERE = "--host-resolver-rules=MAP *.example 127.0.0.1"
# Caddy's own authority in place of a public one.
CADDY = "{{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttp_port {port}\n}}\n"


def nginx(directory: Path, behind: dict[str, int], port: int) -> running:
    directory.chmod(0o755)
    site = nginx_site(directory, behind, port, free_port())
    return running([needed("nginx"), "-p", directory, "-c", site], port)


def caddy(directory: Path, behind: dict[str, int], port: int) -> running:
    site = directory / "Caddyfile"
    ours = with_ports((DEPLOY / "caddy/Caddyfile").read_text(), behind)
    site.write_text(CADDY.format(port=free_port()) + ours)
    command = [needed("caddy"), "run", "--adapter", "caddyfile", "--config", str(site)]
    hosts = {
        "WEBHOOK_HOST": f"https://bot.example:{port}",
        "CONSOLE_HOST": f"https://console.example:{port}",
        "XDG_DATA_HOME": str(directory),
        "XDG_CONFIG_HOME": str(directory),
    }
    return running(command, port, **hosts)


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def public_port(request: pytest.FixtureRequest, stack: Stack, tmp_path: Path) -> Iterator[int]:
    """The port of a proxy that leads to the stack's webhook and to a console of the public name."""
    port, console_port = free_port(), free_port()
    behind = {"webhook": stack.ports["BOT_PORT"], "console": console_port}
    given = {
        "DATABASE_URL": stack.database_url,
        "WHATSAPP_API_URL": stack.emulator,
        "CONSOLE_PORT": str(console_port),
        "CONSOLE_URL": f"https://console.example:{port}",
    }
    with ExitStack() as opened:
        console = opened.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "console"], cwd=ROOT, env={**os.environ, **SECRETS, **given}
            )
        )
        opened.callback(console.terminate)
        eventually(lambda: accepts(console_port))
        opened.enter_context(request.param(tmp_path, behind, port))
        yield port


def deliver(port: int, customer: Customer, content: dict[str, Any], secret: str) -> int:
    """What Meta does: a signed POST over TLS to the webhook's public name; the answer's status."""
    sent = {"from": customer.phone, "id": f"wamid.outside.{time.time_ns()}", **content}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": SECRETS["WHATSAPP_PHONE_NUMBER_ID"]},
        "contacts": [{"wa_id": customer.phone, "user_id": customer.user_id}],
        "messages": [{**sent, "timestamp": str(int(time.time()))}],
    }
    change = {"field": "messages", "value": value}
    body = json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    ).encode()
    command = [
        *("curl", "--silent", "--insecure", "--data-binary", "@-", "--output", "/dev/null"),
        *("--resolve", f"bot.example:{port}:127.0.0.1", "--write-out", "%{http_code}"),
        *("--header", f"X-Hub-Signature-256: {signed(body, secret)}"),
        f"https://bot.example:{port}/webhooks/whatsapp/webhook",
    ]
    return int(subprocess.run(command, input=body, capture_output=True, check=True).stdout)


def test_webhooks_and_a_browser_come_through(
    stack: Stack, public_port: int, asha: Customer
) -> None:
    asha.types("hi")
    asha.sees("Welcome")
    order = {"type": "text", "text": {"body": "2 coffees"}}
    assert deliver(public_port, asha, order, "somebody else's secret") == 401
    with chromium(HERE) as browser:
        context = browser.new_context(
            base_url=f"https://console.example:{public_port}", ignore_https_errors=True
        )
        page = context.new_page()
        log_in(page)
        assert all(cookie["secure"] for cookie in context.cookies())
        assert deliver(public_port, asha, order, APP_SECRET) == 200
        asha.sees("Coffee × 2 = ₹240")
        asha.taps("✅ Confirm Order")
        asha.sees("Order Confirmed")
        [placed] = asha.orders()
        # By its number: on a board as full as this stack's it stands below what is shown.
        page.goto(f"/orders?q={placed['order_id']}")
        card = page.locator(f"[data-order={placed['order_id']}]")
        expect(card).to_contain_text("₹240")
        # What changes comes by itself, and a tap goes back through the proxy.
        asha.types("make it 3")
        asha.sees("₹360")
        expect(card).to_contain_text("₹360")
        card.locator(".onward").click()
        eventually(lambda: asha.orders()[0]["status"] == "confirmed")
        context.close()
