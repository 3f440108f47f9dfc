"""Which language a customer writes, and which one they ask for."""

import pytest

from shop.language import languages
from shop.menus import keywords
from shop.taps.meanings import ENTITY_OF, Meaning


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("नमस्ते", "hi"),
        ("मुझे दो कॉफी चाहिए", "hi"),
        ("2 समोसे please", "hi"),
        ("ट्रैक ORD-12345", "hi"),
        ("where is my order please, I want it", "en"),
        ("I want to cancel my order", "en"),
        ("what’s the price of this?", "en"),
        ("yes please", "en"),
        ("how much is coffee", "en"),
        ("what is the price", "en"),
        # Not clear enough to change anything.
        ("hi", None),
        ("2 coffees", None),
        ("track ORD-12345", None),
        ("thank you", None),
        ("thank you bhai", None),
        ("menu dikhao please", None),
        ("coffee please", None),
        ("mujhe do coffee chahiye", None),
        ("mera order kahan hai", None),
        ("I want chai but mera order kahan hai", None),
        ("₹120 👍", None),
        ("", None),
    ],
)
def test_what_is_written(text: str, language: str | None) -> None:
    assert languages.written_in(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("English please", "en"),
        ("अंग्रेज़ी में बात करो", "en"),
        ("अंग्रेज़ी", "en"),  # its letters composed in another way
        ("hindi mein baat karo", "hi"),
        ("हिन्दी में बोलिए", "hi"),
        ("change the language", None),
        ("i don't understand hindi", None),
        ("मुझे हिंदी नहीं आती", None),
        ("hindi or english?", None),
    ],
)
def test_what_is_asked_for(text: str, language: str | None) -> None:
    assert languages.named_in(text) == language


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("हिंदी", Meaning("change_language", {"language": "hi"})),
        ("english", Meaning("change_language", {"language": "en"})),
        ("person", Meaning("talk_to_human")),
        ("व्यक्ति", Meaning("talk_to_human")),
        ("रद्द करें", Meaning("cancel_order")),
        ("❌ cancel", Meaning("cancel_order")),
        ("place order", Meaning("new_order")),
    ],
)
def test_words_that_are_enough(word: str, meaning: Meaning) -> None:
    assert keywords.fixed_keywords()[word] == meaning


def test_a_language_can_be_tapped() -> None:
    assert ENTITY_OF["change_language"] == "language"


def test_the_default_is_served() -> None:
    assert next(iter(languages.served_languages())) == languages.DEFAULT
