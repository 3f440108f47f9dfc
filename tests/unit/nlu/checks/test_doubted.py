"""Lines that contradict the others are shown before anything is trained, by two measures."""

import pytest

from nlu.checks.all_lines import check_all_lines
from nlu.checks.doubted import find_doubted
from nlu.checks.lines import Line
from nlu.sentence.sentence_model import sentence_model

INTENTS = {
    "greet": ["hello", "hi there", "good morning", "good evening", "hey friend", "namaste"],
    "thank": ["thank you", "thanks a lot", "many thanks", "shukriya", "thank you so much", "ty"],
    "track_order": [
        "where is my order",
        "track my order",
        "what is the status of my order",
        "has my order left yet",
        "my order is late, where is it",
        "order status please",
    ],
}
# It means what the lines of track_order do.
WRONG = Line("where is my order now", "greet", "main_menu.yml")
LINES = [Line(text, intent, "x.yml") for intent, texts in INTENTS.items() for text in texts]


def test_the_line_that_a_model_without_it_takes_for_another_intent_is_the_worst() -> None:
    found = find_doubted([*LINES, WRONG], sentence_model().vectors)
    assert (found[0].line, found[0].taken_for) == (WRONG, "track_order")
    assert found[0].sure > found[0].own
    assert [each.margin for each in found] == sorted((each.margin for each in found), reverse=True)


def test_both_measures_name_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_all_lines([*LINES, WRONG], shown=1) == 0
    said = capsys.readouterr().out
    by_vector, by_model = said.split("are taken for another intent by a model")
    assert "'where is my order now' as greet  -  'where is my order' is track_order" in by_vector
    assert "track_order (own intent 0." in by_model
    assert "'where is my order now' as greet in main_menu.yml" in by_model
