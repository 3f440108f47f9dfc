"""Typed words that answer the question about what ran out, and words that do not."""

import pytest
from shop.language.phrases import is_phrase

from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword


def says(name: str, words: str) -> bool:
    return is_phrase(name, without_courtesies(normalise_keyword(words)))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("goes_without", "Without it"),
        ("goes_without", "ok send the rest without it please"),
        ("goes_without", "just go without"),
        ("goes_without", "leave it out"),
        ("goes_without", "skip it"),
        ("goes_without", "uske bina bhej do"),
        ("goes_without", "उसके बिना"),
        ("calls_off", "Cancel order"),
        ("calls_off", "cancel it"),
        ("calls_off", "please cancel my order"),
        ("calls_off", "order cancel kar do"),
        ("calls_off", "ऑर्डर रद्द करें"),
        ("swaps_it", "swap"),
        ("swaps_it", "ok swap it"),
        ("swaps_it", "give me something else"),
        ("swaps_it", "badal do"),
        ("swaps_it", "बदल दो"),
        ("takes_it", "swap for it"),
        ("takes_it", "it instead"),
        ("takes_it", "i will have it then"),
        ("takes_it", "iski jagah it de do"),
    ],
)
def test_answers(name: str, words: str) -> None:
    assert says(name, words)


@pytest.mark.parametrize(
    "words",
    [
        "yes", "no", "ok", "do not cancel", "don't swap it", "no swap", "why", "where is my order",
        "cancel my other order and bring tea", "without it i will complain",
        "what else do you have",
    ],
)  # fmt: skip
def test_no_answers(words: str) -> None:
    assert not any(says(name, words) for name in ("goes_without", "calls_off", "swaps_it"))
