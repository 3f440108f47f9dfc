"""Answers keep their lay-out: a line break that is written is one that the customer sees."""

import re
from pathlib import Path

import pytest
import yaml

from settings import ROOT
from shop.language.responses import find_variation

FILES = sorted((ROOT / "data/responses").glob("*.yml"))
RESPONSES = {
    name: variations
    for path in FILES
    for name, variations in yaml.safe_load(path.read_text())["responses"].items()
}
# What a new shop says by its menus and answers.
SEEDS = sorted((ROOT / "storage/seeds").glob("*.yml"))
# Said by a program inside a sentence or a button, never as a message of its own.
WORDS = {name for name in RESPONSES if name.startswith(("utter_word_", "utter_meant_"))}
LANGUAGES = ["en", "hi"]


def scalars(node: yaml.Node) -> list[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        return [one for key, value in node.value for part in (key, value) for one in scalars(part)]
    if isinstance(node, yaml.SequenceNode):
        return [one for part in node.value for one in scalars(part)]
    return [node] if isinstance(node, yaml.ScalarNode) else []


def test_no_two_responses_have_one_name() -> None:
    """Rasa and YAML both keep the last one without a word."""
    tops = [top for path in FILES if (top := yaml.compose(path.read_text()))]
    names = [
        key.value
        for top in tops
        for section, responses in top.value
        if section.value == "responses"
        for key, _ in responses.value
    ]
    assert sorted(names) == sorted(RESPONSES)


@pytest.mark.parametrize("path", [*FILES, *SEEDS], ids=lambda path: path.name)
def test_no_text_is_written_so_that_yaml_joins_its_lines(path: Path) -> None:
    """`>` folds lines into one, and so does a plain or quoted text that goes over several."""
    tree = yaml.compose(path.read_text())
    assert tree is not None
    for scalar in scalars(tree):
        assert scalar.style != ">", scalar.start_mark
        assert scalar.style == "|" or scalar.start_mark.line == scalar.end_mark.line, (
            scalar.start_mark
        )


def texts(name: str) -> list[str]:
    return [str(variation["text"]) for variation in RESPONSES[name]]


@pytest.mark.parametrize("name", RESPONSES)
def test_no_blank_hides_at_the_edge_of_a_line(name: str) -> None:
    for text in texts(name):
        assert [line.strip() for line in text.split("\n")] == text.split("\n")
        assert text.strip() == text
        assert "\n\n\n" not in text
        assert "  " not in text


@pytest.mark.parametrize("name", RESPONSES)
def test_what_is_several_lines_stands_on_lines_of_its_own(name: str) -> None:
    for text in texts(name):
        if "{lines}" in text:
            assert "{lines}" in text.split("\n")


@pytest.mark.parametrize("name", RESPONSES)
def test_all_languages_have_the_same_lines(name: str) -> None:
    english, *others = (
        [bool(line) for line in find_variation(name, language)["text"].split("\n")]
        for language in LANGUAGES
    )
    assert all(other == english for other in others)


@pytest.mark.parametrize("name", sorted(set(RESPONSES) - WORDS))
def test_the_same_things_have_the_same_names(name: str) -> None:
    english = find_variation(name)["text"]
    assert not re.search(r"\border (number|no\.)", english, re.I)
    assert not re.search(r"\be\.g\.(?!,)", english)
    assert not re.search(r"\bticket id\b", english, re.I)


def test_the_seeds_words() -> None:
    """The layout of the seed journeys, as far as it is in one response."""
    said = {name: find_variation(name)["text"] for name in RESPONSES}
    assert said["utter_great_choice"] == "Great choice! {emoji} {product} - {price}"
    assert said["utter_ask_quantity"] == (
        "How many would you like to order?\n(Reply with a number, e.g., 1, 2, 3)"
    )
    assert said["utter_order_summary"] == "📋 Order Summary:\n{lines}\n\nIs this correct?"
    assert said["utter_order_confirmed"] == (
        "✅ Order Confirmed!\n\nOrder ID: {order_number}\n{lines}\n\n"
        "Your order will be ready in 15 minutes.\n"
        'Track status anytime by replying "track {order_number}"\n\n'
        'Need anything else? Reply "menu"'
    )
    assert said["utter_ask_order_id"] == "📦 Please provide your order ID (e.g., ORD-12345)"
    assert said["utter_which_issue"] == "🆘 How can we support you?"
