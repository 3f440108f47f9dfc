"""The figures of `make evaluate`, on answers made up for them."""

from pathlib import Path

import pytest

from nlu.evaluation.comparison import Comparison
from nlu.evaluation.figures import is_answer_right, split_figures
from nlu.evaluation.messages import Expected, read_messages
from nlu.evaluation.model import Answer, Asked
from nlu.evaluation.page import write_figures
from nlu.evaluation.shop_orders import measure_shops
from nlu.evaluation.trial import Trial
from nlu.evaluation.unseen import unseen_rows, wilson_interval

MESSAGES = """
messages:
  - {text: 2 chai and a samosa, intent: new_order, kind: orders, lines: {tea: 2, samosa: 1}}
  - {text: hungry, intent: new_order, kind: orders, also: [show_menu]}
  - {text: who won, intent: out_of_scope, kind: out_of_scope}
  - {text: sing, intent: out_of_scope, kind: out_of_scope}
"""


def answer(best: str, confidence: float, acts: bool = True, **more: object) -> Answer:
    defaults = {"likely": (), "lines": (), "loose": (), "milliseconds": 5.0}
    return Answer(best if acts else None, best, confidence, **(defaults | more))


@pytest.fixture
def messages(tmp_path: Path) -> list[Expected]:
    (tmp_path / "messages.yml").write_text(MESSAGES)
    return read_messages(tmp_path / "messages.yml")


ANSWERS = [
    answer("new_order", 0.9, lines=(("samosa", 1), ("tea", 2))),
    answer("show_menu", 0.4, acts=False, likely=("show_menu", "thank")),
    answer("greet", 0.1, acts=False),
    answer("thank", 0.8),
]


def test_messages(messages: list[Expected]) -> None:
    assert messages[0].lines == (("tea", 2), ("samosa", 1))
    assert messages[1].accepts("show_menu")
    assert messages[2] == Expected("who won", "out_of_scope", "out_of_scope")


def test_an_intent_that_was_split_off_is_as_good_where_the_split_does_not_know_it(
    tmp_path: Path,
) -> None:
    entries = "messages:\n  - {text: not now, intent: deny}\n  - {text: ruko, intent: wait}\n"
    (tmp_path / "messages.yml").write_text(entries)
    found = read_messages(tmp_path / "messages.yml")
    assert found[0].accepts("later")
    assert not found[0].accepts("wait")  # this split tells the two apart
    figures = split_figures(found, [answer("later", 0.9), answer("wait", 0.9)])
    assert (figures.accuracy, figures.accuracy_lenient) == (0.5, 1.0)


def test_a_split_in_two_files_is_one_split(tmp_path: Path) -> None:
    (tmp_path / "test.yml").write_text("messages:\n  - {text: not now, intent: deny}\n")
    (tmp_path / "seen.yml").write_text("messages:\n  - {text: later, intent: later}\n")
    both = read_messages(tmp_path / "test.yml", tmp_path / "seen.yml")
    assert [message.text for message in both] == ["not now", "later"]
    assert not both[0].accepts("later")  # the other file tells the two apart


def test_figures(messages: list[Expected]) -> None:
    found = split_figures(messages, ANSWERS)
    assert (found.accuracy, found.accuracy_lenient) == (0.5, 1.0)
    assert (found.lines_exact, found.entity_f1) == (1.0, 1.0)
    assert (found.rejected, found.lost, found.lost_beyond_asking) == (0.5, 0.5, 0.0)
    assert found.auroc == 0.75


def test_what_is_right(messages: list[Expected]) -> None:
    assert [is_answer_right(m, a) for m, a in zip(messages, ANSWERS, strict=True)] == [
        True, True, True, False,
    ]  # fmt: skip


def test_the_page_names_the_worst_mistake_first(messages: list[Expected]) -> None:
    now = Asked(ANSWERS, 1.0, (0.25, 0.5))
    before = Asked([answer("greet", 0.9)] * len(messages), 2.0, (0.0, 0.0))
    trial = Trial(messages, now, before, frozenset({"hungry"}))
    page = write_figures(trial, "understanding.png", list(measure_shops()))
    assert "on the 3 that the training data does not hold" in page
    assert "| accuracy | 50.0 % | 100.0 % | 0.0 % |" in page
    assert "only the newer model 3, only the older 0" in page
    assert "| sing | out_of_scope | thank | 0.80 |" in page
    assert "understanding.png" in page


def test_what_was_never_seen_has_its_own_figures(messages: list[Expected]) -> None:
    rows = {name: row for name, *row in unseen_rows(messages, ANSWERS, {"hungry"})}
    # "hungry" is likeliest a question for the menu, which the model asks about.
    assert rows["in scope"] == ["2", "100.0 % (34.2 to 100.0)", "50.0 % (9.5 to 90.5)"]
    assert rows["of them never seen"] == ["1", *["100.0 % (20.7 to 100.0)"] * 2]
    assert rows["of them in the training data"][2] == "0.0 % (0.0 to 79.3)"


def test_intervals_are_wilsons() -> None:
    low, high = wilson_interval(90, 100)
    assert (round(low, 4), round(high, 4)) == (0.8256, 0.9448)
    assert wilson_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("only_new", "only_old", "worse"), [(0, 0, False), (5, 9, False), (2, 20, True), (9, 1, False)]
)
def test_worse_is_worse_beyond_noise(only_new: int, only_old: int, worse: bool) -> None:
    new = [True] * only_new + [False] * only_old
    old = [False] * only_new + [True] * only_old
    assert Comparison.compare_answers(new, old).worse is worse
