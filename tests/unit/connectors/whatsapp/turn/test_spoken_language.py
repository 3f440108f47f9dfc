"""What Rasa is told about the language of a message."""

from connectors.whatsapp.api.contents import Choice, Edit, Text
from connectors.whatsapp.turn import spoken_language
from connectors.whatsapp.turn.turn import Turn

HEARD = {"intent": {"name": "greet"}, "entities": []}
SPOKEN = {"entity": "spoken", "value": "hi", "start": 0, "end": 0, "extractor": "whatsapp"}


def turn(language: str | None = None, written: str | None = None) -> Turn:
    return Turn(None, None, None, language=language, written=written)


def test_who_spoke_nothing_else_is_told_nothing() -> None:
    assert spoken_language.add_language(turn(), HEARD) == HEARD


def test_what_is_written_counts_more_than_what_was_spoken() -> None:
    now = turn("en", "hi")
    assert spoken_language.add_language(now, HEARD)["entities"] == [SPOKEN]
    assert now.language == "hi"


def test_what_was_understood_is_left_alone() -> None:
    heard = {**HEARD, "entities": []}
    spoken_language.add_language(turn("hi"), heard)
    assert heard["entities"] == []


def test_asking_for_another_language_is_not_writing_this_one() -> None:
    now = turn(None, "hi")
    asked = {"intent": {"name": "change_language"}, "entities": []}
    assert spoken_language.add_language(now, asked) == asked
    assert (now.language, now.written) == (None, None)


def test_a_tap_is_not_written() -> None:
    assert spoken_language.typed_words(Choice(id="new_order", title="ऑर्डर करें")) == ""
    assert spoken_language.typed_words(Edit("wamid.1", Text("हाँ"))) == "हाँ"
