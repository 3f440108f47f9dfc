"""Promises that no single part can keep: what stands in one file must match another."""

import importlib
import json
import re
from pathlib import Path

import pytest
import yaml

import settings
from actions.turn import ShopAction
from nlu.checks.validation import never_typed
from settings import ROOT
from shop.language import languages
from shop.language.responses import find_variation, missing_responses, partial_languages
from shop.orders.placing import find_order  # noqa: F401 (shop imports without a database)

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
RESPONSES = {
    name: variations
    for path in sorted((ROOT / "data/responses").glob("*.yml"))
    for name, variations in yaml.safe_load(path.read_text())["responses"].items()
}
NEVER_TYPED = set(never_typed())
# Typed, but nothing to choose from in "Did you mean": an answer to a question, or a courtesy.
NEVER_MEANT = {
    "affirm",
    "deny",
    "inform_quantity",
    "confirm_order",
    "start",
    "thank",
    "goodbye",
    "wait",
}


WHOLE_LANGUAGES = set(languages.served_languages()) - set(partial_languages())


def registered_actions() -> set[str]:
    for path in (ROOT / "actions").glob("*.py"):
        importlib.import_module(f"actions.{path.stem}" if path.stem != "__init__" else "actions")
    forms = {f"validate_{form}" for form in DOMAIN["forms"]}
    return {action.called for action in ShopAction.__subclasses__()} | forms


def test_every_action_is_in_the_domain_and_the_other_way_round() -> None:
    assert registered_actions() == set(DOMAIN["actions"])


def test_every_response_has_plain_text() -> None:
    for name, variations in RESPONSES.items():
        assert all(variation.get("text") for variation in variations), name


def test_every_response_that_an_action_says_exists() -> None:
    code = "".join(path.read_text() for path in (ROOT / "actions").glob("*.py"))
    said = set(re.findall(r'"(utter_\w+)"', code))
    # Rasa's own name for what an event says is no response.
    assert said - {"utter_action"} <= set(RESPONSES)


def test_buttons_fit_into_one_message_of_whatsapp() -> None:
    for name, variations in RESPONSES.items():
        for variation in variations:
            titles = [button["title"] for button in variation.get("buttons", [])]
            assert len(titles) <= 3, name
            assert all(longest_count(title) <= 20 for title in titles), name
            assert longest_count(variation["text"]) <= 1024, name


def longest_count(text: str) -> int:
    """Characters as whoever counts most has them: in UTF-16, or as code points."""
    return max(len(text), len(text.encode("utf-16-le")) // 2)


def by_language(name: str) -> dict[str, dict]:
    """The variations of a response; the one without a condition is the default language's."""
    return {
        next(
            (each["value"] for each in variation.get("condition", [])), languages.DEFAULT
        ): variation
        for variation in RESPONSES[name]
    }


@pytest.mark.parametrize("name", RESPONSES)
def test_every_response_is_said_in_every_language(name: str) -> None:
    said = by_language(name)
    assert set(said) == WHOLE_LANGUAGES
    assert len(said) == len(RESPONSES[name])


@pytest.mark.parametrize("name", RESPONSES)
def test_all_languages_say_the_same(name: str) -> None:
    """The same values are filled in, and the same can be tapped."""
    values, taps = [], []
    for variation in by_language(name).values():
        buttons = variation.get("buttons", [])
        words = [variation["text"], *(button["title"] for button in buttons)]
        values.append(sorted(re.findall(r"\{\w+\}", " ".join(words))))
        taps.append(sorted(button["payload"] for button in buttons))
    assert all(each == values[0] for each in values)
    assert all(each == taps[0] for each in taps)
    assert len({variation["text"] for variation in by_language(name).values()}) == len(values)


@pytest.mark.parametrize("code", partial_languages())
def test_what_a_partial_language_says_fits_the_original(code: str) -> None:
    """The same values, lines and taps, in titles and texts that WhatsApp takes."""
    assert code in languages.served_languages()
    said = set(RESPONSES) - set(missing_responses(code))
    assert said
    for name in said:
        english, other = find_variation(name), find_variation(name, code)
        for variation in (english, other):
            variation["words"] = [
                variation["text"],
                *(button["title"] for button in variation.get("buttons", [])),
            ]
        assert values_in(other) == values_in(english), name
        assert [bool(line) for line in other["text"].split("\n")] == [
            bool(line) for line in english["text"].split("\n")
        ], name
        assert all(longest_count(title) <= 20 for title in other["words"][1:]), name
        assert longest_count(other["text"]) <= 1024, name


def values_in(variation: dict) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", " ".join(variation["words"])))


def test_every_payload_is_an_intent_of_the_domain() -> None:
    intents = {next(iter(one)) if isinstance(one, dict) else one for one in DOMAIN["intents"]}
    for variations in RESPONSES.values():
        for button in (button for each in variations for button in each.get("buttons", [])):
            assert re.match(r"/(\w+)", button["payload"]).group(1) in intents


def test_no_title_means_two_things() -> None:
    """What can be tapped can be typed (shop/menus/keywords.py)."""
    meant: dict[str, set[str]] = {}
    for variations in RESPONSES.values():
        for button in (button for each in variations for button in each.get("buttons", [])):
            if "{" not in button["payload"]:
                meant.setdefault(button["title"], set()).add(button["payload"])
    assert {title: taps for title, taps in meant.items() if len(taps) > 1} == {}


def typed_intents() -> set[str]:
    return {
        entry["intent"]
        for path in (ROOT / "data/nlu").glob("*.yml")
        for entry in yaml.safe_load(path.read_text())["nlu"]
        if "intent" in entry
    }


def test_every_intent_has_examples_or_a_tap() -> None:
    intents = {next(iter(one)) if isinstance(one, dict) else one for one in DOMAIN["intents"]}
    assert intents - NEVER_TYPED == typed_intents()


def test_every_intent_that_is_typed_has_a_name_on_a_button() -> None:
    """The titles of "Did you mean" fit, and two intents share one only where they lead alike."""
    prefix = "utter_meant_"
    names = {name.removeprefix(prefix): by_language(name) for name in RESPONSES if prefix in name}
    assert set(names) == typed_intents() - NEVER_MEANT
    for language in WHOLE_LANGUAGES:
        titles = {intent: said[language]["text"] for intent, said in names.items()}
        assert all(longest_count(title) <= 20 for title in titles.values())
        assert titles.pop("greet") == titles["show_menu"]
        assert len(set(titles.values())) == len(titles)


@pytest.mark.parametrize("name", settings.Settings.model_fields)
def test_every_setting_is_in_the_readme(name: str) -> None:
    if name != "emulated":
        assert f"`{name.upper()}`" in (ROOT / "README.md").read_text()


def test_no_committed_file_names_a_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert json.dumps(str(Path.home())) not in lock
