"""The page of all bubbles holds every response, filled in, in every language."""

import re
from pathlib import Path

import pytest

from console.answers.bubbles import render_bubbles, show_responses, write_bubbles
from console.answers.samples import fill_samples
from shop.language.languages import served_languages
from shop.language.responses import read_responses

SHOWN = {shown.name: shown for journey in show_responses().values() for shown in journey}


def test_every_response_is_on_the_page() -> None:
    page = render_bubbles()
    assert set(SHOWN) == set(read_responses())
    for shown in SHOWN.values():
        assert f">{shown.name}<" in page
        assert {"en", "hi"} <= set(shown.texts) <= set(served_languages())


@pytest.mark.parametrize("name", SHOWN)
def test_every_value_has_a_sample(name: str) -> None:
    for text in SHOWN[name].texts.values():
        assert not re.search(r"\{\w+\}", text)


def test_buttons_and_notices_are_shown_as_customers_see_them() -> None:
    assert SHOWN["utter_order_summary"].buttons["en"] == [
        "✅ Confirm Order",
        "❌ Cancel",
        "🔄 Edit",
    ]
    assert SHOWN["utter_ask_fulfilment"].buttons["hi"] == ["🛍️ ख़ुद लेने आएँगे", "🛵 डिलीवरी"]
    ready = SHOWN["utter_notice_ready"].texts["en"]
    assert ready == "🔔 Asha, your order is ready to collect!\nOrder ID: ORD-48213"


def test_a_language_without_samples_is_shown_with_the_english_ones() -> None:
    said = fill_samples("utter_great_choice", "es", "¡Buena elección! {emoji} {product} - {price}")
    assert said == "¡Buena elección! ☕ Coffee - ₹120"
    assert fill_samples("utter_week_hours", "es", "Horario:\n{lines}").startswith("Horario:\nMon")


def test_a_value_without_a_sample_stays_as_it_is() -> None:
    assert fill_samples("utter_own", "en", "Hello {stranger}") == "Hello {stranger}"


def test_the_page_is_one_file(tmp_path: Path) -> None:
    page = write_bubbles(tmp_path / "results" / "bubbles.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "src=" not in page
    assert ".shop-said .bubble" in page, "the looks of the emulator's phone"
