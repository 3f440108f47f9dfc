"""Reads data/responses: for texts that are sent without Rasa, and for each model that is loaded.

The owner's texts replace those of the files (own_words.py). A language may have a file of its own,
data/languages/<code>.yml, with some of the texts: the others are sent in English.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from settings import ROOT
from shop.language.filling import fill_text
from shop.language.languages import DEFAULT
from shop.language.own_words import own_text

Variation = dict[str, Any]

_PARTIAL = ROOT / "data" / "languages"


def format_response(response: str, language: str | None = None, **values: str) -> str:
    """The response's text in a language, its values filled in.

    Raises:
        KeyError: there is no such response, or a value is missing.
    """
    return fill_text(str(find_variation(response, language)["text"]), values)


def response_exists(response: str) -> bool:
    """Whether there is such a response."""
    return response in read_responses()


def find_variation(response: str, language: str | None = None) -> Variation:
    """The variation for a language; without one, that without a condition."""
    variations = read_responses()[response]
    found = next(
        (each for each in variations if language in _languages(each)),
        next(each for each in variations if not each.get("condition")),
    )
    return in_own_words(response, found)


def in_own_words(response: str, variation: Variation) -> Variation:
    """The variation with the owner's text, if there is one in its language."""
    said = own_text(response, language_of(variation))
    return variation if said is None else {**variation, "text": said}


def language_of(variation: Variation) -> str:
    """The language that a variation is in."""
    return next(iter(_languages(variation)), DEFAULT)


def response_buttons() -> Iterator[dict[str, str]]:
    """The payloads by title of each response that has buttons, in each language."""
    for variations in read_responses().values():
        for each in variations:
            yield {button["title"]: button["payload"] for button in each.get("buttons", [])}


def _languages(variation: Variation) -> list[str]:
    conditions = variation.get("condition", [])
    return [each["value"] for each in conditions if each.get("name") == "language"]


@cache
def read_responses() -> dict[str, list[Variation]]:
    """The variations of each response, as the files had them at the first call."""
    return {name: each for one in responses_by_file().values() for name, each in one.items()}


@cache
def responses_by_file() -> dict[str, dict[str, list[Variation]]]:
    """The responses by the name of their file, which is the journey's."""
    journeys = {
        path.stem: _read_responses(path)["responses"]
        for path in sorted((ROOT / "data" / "responses").glob("*.yml"))
    }
    for code in partial_languages():
        said = _read_responses(_PARTIAL / f"{code}.yml")
        for responses in journeys.values():
            for name in responses.keys() & said.keys():
                original = next(each for each in responses[name] if not each.get("condition"))
                responses[name] = [*responses[name], _in_language(code, original, said[name])]
    return journeys


def partial_languages() -> list[str]:
    """The languages that have a file of their own, and may lack responses."""
    return sorted(path.stem for path in _PARTIAL.glob("*.yml"))


def missing_responses(code: str) -> list[str]:
    """The responses that a language lacks, which are sent in English."""
    return [
        name
        for name, variations in read_responses().items()
        if code not in map(language_of, variations)
    ]


def _in_language(code: str, original: Variation, said: str | dict[str, Any]) -> Variation:
    """A variation from a language's own file: a text, or a text with the titles of its buttons.

    The buttons have the payloads of the original's buttons, in the same order.
    """
    words = {"text": said} if isinstance(said, str) else said
    titles = words.get("buttons", [each["title"] for each in original.get("buttons", [])])
    buttons = [
        {**button, "title": title}
        for button, title in zip(original.get("buttons", []), titles, strict=True)
    ]
    chosen_by = [{"type": "slot", "name": "language", "value": code}]
    return {
        "condition": chosen_by,
        "text": words["text"],
        **({"buttons": buttons} if buttons else {}),
    }


def _read_responses(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
