"""An emulator whose webhook is a small real shop, and the settings of a shop that uses it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from benchmarks.machine import free_port
from doctor.examination import examine_whatsapp
from doctor.findings import Finding
from settings import Settings
from tests.integration.emulator import world
from tests.integration.emulator.world import NUMBER, SECRET, TOKEN, VERIFY, Shop

OURS = {
    "whatsapp_phone_number_id": NUMBER,
    "whatsapp_access_token": TOKEN,
    "whatsapp_app_secret": SECRET,
    "whatsapp_verify_token": VERIFY,
}
TEMPLATE = {"name": "order_news", "language": "en", "body": "Order {{1}}: {{2}} Thank you."}


class Meta:
    """The emulator, as Meta: `meta.has(quality_rating="RED")`."""

    def __init__(self, url: str, webhook: str) -> None:
        self.url = url
        self.webhook = webhook

    def has(self, **account: Any) -> None:
        self.control("PATCH", "/account", account)

    def control(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(method, f"{self.url}/emulator{path}", json=body, timeout=60)
        assert answer.ok, answer.text
        return answer.json()

    def settings(self, **changed: Any) -> Settings:
        """A shop's settings for this Meta, as if it were the real one."""
        given = {"whatsapp_notice_template": "order_news", "whatsapp_api_url": self.url}
        return Settings(_env_file=None, **(OURS | given | changed))


@pytest.fixture(scope="session")
def running_meta() -> Iterator[Meta]:
    shop, port = Shop(), free_port()
    process = world.start_emulator(port, shop.port, path="/webhooks/whatsapp/webhook")
    yield Meta(
        f"http://127.0.0.1:{port}", f"http://127.0.0.1:{shop.port}/webhooks/whatsapp/webhook"
    )
    process.terminate()
    assert process.wait(60) == 0


@pytest.fixture
def meta(running_meta: Meta) -> Meta:
    """Meta on a good day, with an approved template."""
    running_meta.control("POST", "/reset")
    running_meta.control("POST", "/templates", TEMPLATE)
    return running_meta


@pytest.fixture
def look(database_url: str, meta: Meta) -> Callable[..., dict[str, Finding]]:
    """`look(setting=...)`: what is found of the account, by title."""

    def look(**changed: Any) -> dict[str, Finding]:
        return {one.title: one for one in examine_whatsapp(meta.settings(**changed))}

    return look
