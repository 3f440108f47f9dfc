"""No pattern decides a training line against its own intent."""

from collections import defaultdict

import pytest

from nlu.checks.lines import training_lines
from nlu.checks.taken import Taken, find_taken

# Intents that only patterns find: what they are called in the training data, which has no examples
# of their own, since the classifier need not tell "not now" from "no".
REFINED = {
    "ask_total": {"faq_price", "support_payment", "track_order"},
    "complain": {"out_of_scope", "support_other", "talk_to_human"},
    "faq_shop": {"faq_location", "faq_offers", "support_other"},
    "later": {"deny", "goodbye"},
    "none_of_these": {"deny", "show_menu", "support_other"},
    "that_is_all": {"affirm", "confirm_order", "deny", "goodbye"},
}
# A message that is one thing alone orders it, searches for it or answers with it; how it is asked
# for does not change what is done.
ALONE = {
    "product": {"edit_order", "faq_price"},
    "search": {"faq_ingredients", "faq_price", "out_of_scope", "show_menu"},
    "way": {"choose_time", "edit_order", "goodbye"},
    "time": {"faq_hours"},
    "number": {"affirm", "faq_price", "talk_to_human"},
}


@pytest.fixture(scope="module")
def taken() -> list[Taken]:
    return list(find_taken(training_lines()))


def test_no_pattern_decides_a_line_against_its_intent(taken: list[Taken]) -> None:
    """A pattern may only tell more exactly what is meant."""
    wrong = [
        str(one)
        for one in taken
        if not _is_alone(one) and one.line.intent not in REFINED.get(one.decided.intent, ())
    ]
    assert not wrong, "\n".join(wrong)


def test_what_only_patterns_find_has_no_lines() -> None:
    assert not {line.intent for line in training_lines()} & REFINED.keys()


def test_one_thing_alone_decides_only_lines_that_mean_it(taken: list[Taken]) -> None:
    by_kind = defaultdict(set)
    for one in filter(_is_alone, taken):
        by_kind[one.decided.by.rsplit(maxsplit=1)[-1]].add(one.line.intent)
    assert all(intents <= ALONE[kind] for kind, intents in by_kind.items()), by_kind


def _is_alone(one: Taken) -> bool:
    return one.decided.by.startswith("the message is one thing alone")
