"""Reads data/responses: for texts that are sent without Rasa, and for each model that is loaded."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from settings import ROOT
from shop.language.filling import fill_text

Variation = dict[str, Any]


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
    """The variation for a language; the one without a condition where there is none."""
    variations = read_responses()[response]
    return next(
        (each for each in variations if language in _languages(each)),
        next(each for each in variations if not each.get("condition")),
    )


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
    """The variations of each response, as the files had them when they were first asked for."""
    files = sorted((ROOT / "data" / "responses").glob("*.yml"))
    loaded = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in files)
    return {name: variations for one in loaded for name, variations in one["responses"].items()}
