"""Every text of the bot that owners can change has a title of its own in their language."""

import pytest

from console import translation
from console.answers.titles import title_of_journey, title_of_text
from shop.faq.response_editing import is_editable, title_of
from shop.language.responses import responses_by_file

OTHERS = [code for code in translation.known_languages() if code != translation.ENGLISH]
TEXTS = {
    journey: [name for name in responses if is_editable(name)]
    for journey, responses in responses_by_file().items()
}
NAMES = [name for names in TEXTS.values() for name in names]


@pytest.fixture(params=OTHERS)
def phrases(request):
    translation.use_language(request.param)
    yield translation.known_languages()[request.param].phrases
    translation.use_language(translation.ENGLISH)


def test_every_text_and_journey_has_a_title(phrases):
    """A new response needs a line in console/words/, under "The bot's texts"."""
    assert [name for name in NAMES if name not in phrases] == []
    shown = {title_of(journey) for journey, names in TEXTS.items() if names}
    assert sorted(shown - phrases.keys()) == []


def test_no_title_is_left_of_a_text_that_is_gone(phrases):
    assert [name for name in phrases if name.startswith("utter_") and name not in NAMES] == []


def test_texts_are_told_apart_by_their_titles(phrases):
    titles = [title_of_text(name) for name in NAMES]
    assert [title for title in titles if titles.count(title) > 1] == []


def test_a_title_is_not_another_phrase_of_the_same_english(phrases):
    assert title_of_text("utter_left") == phrases["utter_left"] != phrases["Left"]
    assert title_of_journey("cancel_order") == phrases["Cancel order"]


def test_english_titles_are_made_of_the_names():
    assert title_of_text("utter_ask_quantity") == "Ask quantity"
    assert title_of_journey("cancel_order") == "Cancel order"
