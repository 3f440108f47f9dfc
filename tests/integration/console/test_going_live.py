"""The room Going live: the same points as `make doctor`, one tap, and the templates of notices."""

import re

import pytest
from playwright.sync_api import expect

import settings
import storage.engine
from shop.whatsapp import notice_templates
from shop.whatsapp.notice_templates import choose_template
from storage.models import AuditEntry
from tests.integration.doctor.conftest import OURS, meta, running_meta

__all__ = ["meta", "running_meta"]


@pytest.fixture(autouse=True)
def shop_at_meta(meta, engine, monkeypatch):
    """The console's own settings are those of a shop at this Meta."""
    monkeypatch.setenv("WHATSAPP_API_URL", meta.url)
    for name, value in OURS.items():
        monkeypatch.setenv(name.upper(), value)
    settings.load_settings.cache_clear()


def test_points_are_shown_with_what_to_do(asha, meta):
    meta.has(is_subscribed=False, quality_rating="RED")
    said = asha.sees("/going-live/findings")
    for words in ("no message arrives", "customers block or report", "Do it now", "points fine"):
        assert words in said


def test_what_to_set_is_folded_away_for_whoever_runs_the_server(page, meta, monkeypatch):
    monkeypatch.setenv("MESSAGES_PER_SECOND", "500")
    settings.load_settings.cache_clear()
    page.goto("/going-live")
    point = page.locator(".point", has_text="Have us send 80 at most.")
    expect(point.get_by_text("MESSAGES_PER_SECOND=80")).to_be_hidden()
    point.get_by_text("For whoever runs the server").click()
    expect(point.get_by_text("MESSAGES_PER_SECOND=80")).to_be_visible()


def test_points_are_said_in_hindi(asha, meta):
    meta.has(is_subscribed=False, quality_rating="RED")
    asha.sends("/account/language", language="hi")
    said = asha.sees("/going-live/findings")
    words = re.sub(r"(?s)<details.*?</details>|<[^>]+>", " ", said)
    # What is left in English: names, and how Meta's own pages are called.
    assert re.findall(r"\b(?:the|is|are|it|not|and|your)\b", words) == []
    assert "कोई मैसेज नहीं आएगा" in words


def test_one_tap_subscribes_the_app(asha, meta):
    meta.has(is_subscribed=False)
    answer = asha.sends("/going-live/mend", what="subscribe_app")
    assert answer.headers["Location"] == "/going-live"
    assert "no message arrives" not in asha.sees("/going-live/findings")
    with storage.engine.session() as session:
        assert session.query(AuditEntry).filter_by(action="put right at Meta").count() == 1


def test_what_meta_refuses_is_said(asha, meta):
    meta.has(fields=["messages"], callback_url="https://elsewhere.example/hook")
    answer = asha.sends("/going-live/mend", what="subscribe_fields")
    assert answer.status_code == 409
    assert "Callback verification failed" in answer.text
    assert asha.sends("/going-live/mend", what="everything").status_code == 400


def test_our_template_is_made_at_meta_and_chosen(asha, meta):
    assert asha.sends("/going-live/templates/create", notice="acceptance").status_code == 303
    with storage.engine.session() as session:
        languages = [t.language for t in notice_templates.read_templates(session)
                     if t.name == "order_accepted"]  # fmt: skip
        assert languages == ["en", "hi"]
        assert notice_templates.read_chosen_templates(session) == {"acceptance": "order_accepted"}
        assert "pending" in choose_template(session, "acceptance", None).problem
    said = asha.sees("/going-live")
    assert "order_accepted" in said
    assert "at Meta" in said


def test_a_template_is_chosen_for_a_notice(asha, meta):
    asha.sends("/going-live/templates/list")
    chosen = asha.sends("/going-live/templates/choose", order_news="order_news")
    assert chosen.status_code == 303
    with storage.engine.session() as session:
        assert choose_template(session, "order_news", None).template.name == "order_news"
    assert asha.sends("/going-live/templates/choose", order_news="nothing").status_code == 400
    asha.sends("/going-live/templates/choose", order_news="")
    with storage.engine.session() as session:
        assert notice_templates.read_chosen_templates(session) == {}


def test_without_the_right_to_manage_it_is_said(asha, meta):
    meta.has(rights=["whatsapp_business_messaging"])
    answer = asha.sends("/going-live/templates/list")
    assert answer.status_code == 409
    assert "Permissions error" in answer.text


def test_staff_do_not_see_it(ravi):
    assert ravi.gets("/going-live").status_code == 403


def test_the_points_come_by_themselves(page, meta):
    meta.has(is_subscribed=False)
    page.goto("/going-live")
    page.get_by_role("button", name="Do it now").click()
    page.get_by_text("The app is subscribed to the account").wait_for()
    page.get_by_text("points fine").first.wait_for()
    assert page.get_by_role("button", name="Do it now").count() == 0
