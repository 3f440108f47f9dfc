"""The page's files: all served from here, and live."""

import asyncio
import re
from pathlib import Path

import pytest
import requests
from sqlalchemy import Engine, update

import storage.engine
from emulator.phone import SAMPLE_ORDER, read_shop_to_show
from storage.models import Product, ShopSettings
from tests.integration.emulator.world import ASHA

PAGE = Path(__file__).parents[3] / "emulator" / "page"
FILES = sorted(path.relative_to(PAGE) for path in PAGE.rglob("*") if path.is_file())
# A namespace is a name, not an address.
ELSEWHERE = re.compile(
    r"https?://(?!www\.w3\.org/(?:2000/svg|1999/xlink))|[\"'(]//\w", re.IGNORECASE
)


def test_the_page_is_served_with_a_strict_policy(phone):
    answer = requests.get(phone.url + "/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not ELSEWHERE.search(answer.text)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_file_is_served_and_names_no_other_place(phone, path):
    answer = requests.get(f"{phone.url}/page/{path}")
    assert answer.status_code == 200
    assert not ELSEWHERE.search(answer.text)


def test_every_file_that_the_page_names_is_there(phone):
    text = requests.get(phone.url + "/").text
    named = re.findall(r'(?:src|href)="(page/[^"]+)"', text)
    assert len(named) > 5
    for name in named:
        assert requests.get(f"{phone.url}/{name}").status_code == 200


def test_no_style_or_script_stands_inline(phone):
    text = requests.get(phone.url + "/").text
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r'\s(style|on\w+)="', text)


def test_every_icon_that_is_used_is_drawn():
    drawn = set(re.findall(r'id="i-([\w-]+)"', (PAGE / "icons.html").read_text()))
    used = set(re.findall(r'href="#i-([\w-]+)"', (PAGE / "phone.html").read_text()))
    for script in (PAGE / "script").glob("*.js"):
        used |= set(re.findall(r'icon\("([\w-]+)"', script.read_text()))
    assert used <= drawn


def test_the_page_names_the_shop_and_what_it_sells(engine: Engine):
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with storage.engine.session() as opened:
        opened.execute(update(ShopSettings).values(shop_name="Amma's Oven"))
        opened.execute(update(Product).values(is_available=False))
        opened.add_all(Product(sku=name.lower(), name=name, price=40) for name in ("Puff", "Bread"))
    shown = asyncio.run(read_shop_to_show(url))
    assert shown["shop"] == "Amma's Oven"
    assert set(re.findall(r"\w+", shown["order"])) == {"2", "Puff", "and", "1", "Bread"}


@pytest.mark.parametrize("database", ["", "/nowhere", "postgresql://shop@127.0.0.1:1/none"])
def test_the_page_stands_without_the_shops_database(database):
    assert asyncio.run(read_shop_to_show(database)) == {
        "shop": "Chai Corner",
        "order": SAMPLE_ORDER,
    }


def test_the_stream_begins_with_everything_and_goes_on(phone):
    with requests.get(phone.url + "/emulator/events", stream=True, timeout=60) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines) == "event: snapshot"
        assert '"name":"Asha"' in next(lines)
        phone.says({"text": "hi"})
        found = next(line for line in lines if line.startswith("data:") and '"text":"hi"' in line)
        assert ASHA in found


def test_another_host_name_is_refused(phone):
    answer = requests.get(phone.url + "/emulator/state", headers={"Host": "evil.example"})
    assert answer.status_code == 400
