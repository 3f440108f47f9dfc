"""What every answer carries, and what no page may hold."""

import re

import pytest
import requests
from sqlalchemy.exc import OperationalError

from console import assets, pages
from console.headers import HEADERS
from shop.staff import logins


@pytest.mark.parametrize(
    "path", ["/login", "/orders", "/nowhere", "/static/console.js", "/static/"]
)
def test_every_answer_has_the_security_headers(console, path):
    answer = requests.get(console + path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, (path, name)
    assert "server" not in answer.headers


def test_pages_are_not_kept_and_assets_are(console, asha):
    assert asha.gets("/orders").headers["Cache-Control"] == "no-store"
    for name in ("console.js", assets.STYLE_SHEET):
        asset = requests.get(console + assets.asset_url(name))
        assert "immutable" in asset.headers["Cache-Control"]


def test_every_style_sheet_is_in_the_one_that_pages_load(console):
    joined = requests.get(console + assets.asset_url(assets.STYLE_SHEET))
    assert joined.headers["Content-Type"].startswith("text/css")
    for sheet in (assets.STATIC / "css").glob("*.css"):
        assert sheet.read_text("utf-8") in joined.text, sheet


def test_what_is_too_large_is_refused(console):
    answer = requests.post(console + "/login", data=b"a" * 300_000)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path", ["/orders/%00", "/orders?q=%00", "/orders/\ud83d\ude00", "/log?before=x"]
)
def test_odd_addresses_are_no_errors(asha, path):
    assert asha.gets(path).status_code in (200, 400, 404)


def test_no_template_holds_what_the_policy_forbids():
    forbidden = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\|\s*safe\b|hx-on|javascript:"
    )
    a_file = pages.HERE / "answers/bubbles.html"  # `make bubbles` writes it; nobody is served it
    for template in {*pages.HERE.rglob("*.html")} - {a_file}:
        found = forbidden.search(template.read_text("utf-8"))
        assert found is None, (template, found)


def test_without_the_database_a_page_says_so(console, asha, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("gone"))

    monkeypatch.setattr(logins, "find_session", broken)
    answer = asha.gets("/orders")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_a_field_that_somebody_made_larger_keeps_to_the_policy(page):
    page.goto("/menus/main_menu")
    page.get_by_role("button", name="Edit").click()
    page.locator("#editor").wait_for()
    field = page.locator("#editor textarea").first
    box = field.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] + 60)
    page.mouse.up()
    assert "height" in field.get_attribute("style")
    with page.expect_response("**/menus/drafts/**"):
        page.locator("[name=header_kind]").select_option(index=1)
    page.wait_for_timeout(300)
