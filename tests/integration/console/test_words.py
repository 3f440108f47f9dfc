"""Everything the bot says can be said in the owner's words, at once."""

from html import unescape
from urllib.parse import quote

import pytest
from sqlalchemy import select

from console import translation
from shop.faq import response_editing
from shop.language import own_words
from shop.language.responses import find_variation, format_response
from storage.engine import engine, session
from storage.models import AuditEntry, ResponseText

PAGE = "/answers/words/utter_order_summary"
ENGLISH = "📋 Here is your order:\n{lines}\n\nAll right?"
HINDI = "📋 आपका ऑर्डर:\n{lines}\n\nठीक है?"


@pytest.fixture
def said(asha, monkeypatch):
    """What this process says, as one that answers customers does: reads anew each time."""
    monkeypatch.setattr(own_words, "_FRESH_FOR", -1.0)
    monkeypatch.setattr(own_words, "_used", [])
    own_words.use_own_words(engine())
    return lambda language=None: format_response(
        "utter_order_summary", language, lines="Coffee × 2 = ₹240"
    )


def saves(asha, english=ENGLISH, hindi=HINDI, **more):
    return asha.sends(PAGE, **{"in.en": english, "in.hi": hindi}, **more)


def test_own_words_are_said_and_shown(asha, said):
    assert saves(asha).status_code == 303
    assert said() == "📋 Here is your order:\nCoffee × 2 = ₹240\n\nAll right?"
    assert said("hi").startswith("📋 आपका ऑर्डर:")
    page = asha.sees(PAGE)
    assert "Here is your order:" in page
    assert "The original words" in page
    assert "your words" in asha.sees("/answers/words?q=order+summary")
    with session() as opened:
        entries = opened.scalars(
            select(AuditEntry).where(AuditEntry.subject == "utter_order_summary")
        ).all()
        assert {each.details["language"] for each in entries} == {"English", "Hindi"}


def test_the_original_words_come_back(asha, said):
    before = said()
    saves(asha)
    assert saves(asha, back="en").status_code == 303
    assert said() == before
    assert said("hi").startswith("📋 आपका ऑर्डर:")
    with session() as opened:
        kept = opened.scalars(select(ResponseText.language)).all()
        assert kept == ["hi"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Here is your order.", "{lines} is missing."),
        ("{lines}\n{price}", "{price} is not known here."),
        ("Order: {lines}", "{lines} needs a line of its own."),
        ("{lines}\n{", "Braces"),
        ("{lines}\n" + "x" * response_editing.LONGEST, "At most"),
        (" ", "Some words are needed."),
    ],
)
def test_words_that_cannot_be_said_are_not_saved_and_not_lost(asha, said, words, reason):
    before = said()
    answer = saves(asha, english=words)
    assert answer.status_code == 422
    assert reason in answer.text
    assert words.strip() in answer.text
    assert said() == before


def test_the_preview_shows_what_is_typed_and_saves_nothing(asha, said):
    before = said()
    answer = asha.sends(f"{PAGE}/preview", **{"in.en": ENGLISH, "in.hi": "यह"})
    assert answer.status_code == 200
    assert "Here is your order:" in answer.text
    assert "Coffee × 2 = ₹240" in answer.text
    assert "{lines} is missing." in answer.text
    assert said() == before


def test_every_response_opens_and_words_inside_others_are_not_listed(asha):
    with session() as opened:
        names = [each.name for each in response_editing.list_wordings(opened)]
    assert "utter_ask_quantity" in names
    assert not [name for name in names if name.startswith(("utter_word_", "utter_meant_"))]
    assert asha.gets("/answers/words/utter_word_total").status_code == 404
    for name in names[::10]:
        page = unescape(asha.sees(f"/answers/words/{name}"))
        assert find_variation(name)["text"].split("\n")[0][:3] in page


def test_they_are_for_owners(ravi):
    assert ravi.gets("/answers/words").status_code == 403
    assert saves(ravi).status_code == 403


def test_words_of_one_language_alone_leave_the_other_older(asha, said):
    saves(asha, hindi=said("hi").replace("Coffee × 2 = ₹240", "{lines}"))
    assert "Hindi is older" in asha.sees("/answers/words?q=order+summary")
    assert "Older than the English" in asha.sees(PAGE)
    saves(asha)
    assert "is older" not in asha.sees("/answers/words?q=order+summary")
    saves(asha, english=ENGLISH + " Yes?")
    assert saves(asha, english=ENGLISH + " Yes?", fits="hi").status_code == 303
    assert "is older" not in asha.sees("/answers/words?q=order+summary")
    saves(asha, back="en")
    assert "Hindi is older" in asha.sees("/answers/words?q=order+summary")


@pytest.fixture
def in_hindi(asha):
    assert asha.sends("/account/language", language="hi").status_code == 303
    return asha


def test_titles_are_in_the_owners_language_and_found_by_both(in_hindi):
    phrases = translation.known_languages()["hi"].phrases
    title = phrases["utter_order_summary"]
    for asked in ("order summary", title):
        page = in_hindi.sees(f"/answers/words?q={quote(asked)}")
        assert f"<b>{title}</b>" in page
        assert phrases["New order"] in page
        assert "Order summary" not in page
    assert f"<h1>{title}</h1>" in in_hindi.sees(PAGE)


def test_the_log_calls_a_text_as_its_page_does(in_hindi, said):
    saves(in_hindi)
    phrases = translation.known_languages()["hi"].phrases
    log = in_hindi.sees("/log")
    assert f"<b>{phrases['utter_order_summary']}</b>" in log
    assert f"{phrases['in']} {phrases['Hindi']}" in log
    in_hindi.sends("/account/language", language="en")
    assert "<b>Order summary</b>" in in_hindi.sees("/log")
