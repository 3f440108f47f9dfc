"""What the doctor says is for owners: in their language, without names of settings and commands."""

import re

import pytest

from console import translation
from tests.unit.doctor.sentences import read_sentences

SENTENCES = read_sentences()
TECHNICAL = re.compile(r"\b[A-Z]+_[A-Z_]+\b|\b(?:make|systemctl|journalctl|chmod|python) [a-z-]+\b")
# Not commands: English.
PLAIN = ("make it", "make one", "make our", "make room")


@pytest.fixture(autouse=True)
def english_again():
    yield
    translation.use_language(translation.ENGLISH)


def test_the_source_was_read():
    assert "The app is not subscribed to the account: no message arrives." in SENTENCES
    assert "It expires on 12." in SENTENCES
    assert len(SENTENCES) > 150


def test_no_setting_and_no_command_is_named():
    """They stand in `server`, for whoever runs it."""
    assert {
        sentence: found[0]
        for sentence in SENTENCES
        if (found := TECHNICAL.search(sentence)) and found[0] not in PLAIN
    } == {}


@pytest.mark.parametrize("code", [c for c in translation.known_languages() if c != "en"])
def test_every_sentence_is_in_the_words_file(code):
    translation.use_language(code)
    assert {sentence for sentence in SENTENCES if translation.say(sentence) == sentence} == set()
