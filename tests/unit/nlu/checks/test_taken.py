"""Training lines that a pattern gives another intent are named, with the pattern's file."""

from pathlib import Path

from nlu.checks.lines import Line
from nlu.checks.taken import find_taken
from nlu.words import FOLDER


def test_lines_that_a_pattern_takes_away() -> None:
    lines = [
        Line(text, "book_table", "table_booking.yml")
        for text in ("do you have a table?", "table book karna hai", "reserve us something nice")
    ]
    taken = [str(each) for each in find_taken(lines)]
    assert taken == [
        f"'{text}' as book_table is always faq_shop, by facility in nlu/words/*/talk.yml"
        for text in ("do you have a table?", "table book karna hai")
    ]
    assert "facility:" in (FOLDER / "en" / "talk.yml").read_text()


def test_a_line_of_the_patterns_own_intent_or_of_an_added_faq_is_not_taken() -> None:
    for intent in ("faq_shop", "faq_wifi"):
        assert list(find_taken([Line("wifi hai kya", intent, "faq.yml")])) == []


def test_what_decides_without_a_pattern_is_said_in_words() -> None:
    [taken] = find_taken([Line("2", "deny", "main_menu.yml")])
    assert str(taken) == (
        "'2' as deny is always inform_quantity, by the message is one thing alone, number"
    )


def test_the_place_of_this_check_is_in_the_docs() -> None:
    """`make check-data NEW=` names a chapter."""
    page = Path(__file__).parents[4] / "docs" / "adding-a-journey.md"
    assert "## A pattern that takes a line away" in page.read_text()
