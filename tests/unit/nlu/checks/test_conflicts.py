"""New lines that mean what another intent has are shown, the worst first."""

from nlu.checks.conflicts import find_conflicting_lines
from nlu.checks.lines import Line
from nlu.sentence.sentence_model import sentence_model

KNOWN = [
    Line("when do you open", "faq_hours", "faq.yml"),
    Line("what time do you close", "faq_hours", "faq.yml"),
    Line("can i pay by card", "faq_payment", "faq.yml"),
    Line("where is my order", "track_order", "order_tracking.yml"),
]


def test_a_line_that_another_intent_has_is_shown_and_the_worst_comes_first() -> None:
    new = [
        Line("do you have parking", "faq_parking", "new.yml"),
        Line("when do you close", "faq_parking", "new.yml"),
        Line("can i pay by card", "faq_parking", "new.yml"),
    ]
    found = find_conflicting_lines(new, KNOWN, sentence_model().vectors)
    assert [(each.new.text, each.other.intent) for each in found] == [
        ("can i pay by card", "faq_payment"),
        ("when do you close", "faq_hours"),
    ]
    assert "'can i pay by card' is faq_payment in faq.yml" in str(found[0])


def test_a_line_that_its_own_intent_is_nearest_to_is_not() -> None:
    new = [Line("what time do you open", "faq_hours", "new.yml")]
    assert find_conflicting_lines(new, KNOWN, sentence_model().vectors) == []
    assert find_conflicting_lines([], KNOWN, sentence_model().vectors) == []
