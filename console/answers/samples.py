"""Fills sample values (samples.yml) into responses."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shop.language.filling import fill_text

_ENGLISH = "en"
_FILE = Path(__file__).with_name("samples.yml")


def fill_samples(response: str, language: str, text: str, shop_name: str = "") -> str:
    """The text with the shop's name and sample values; unchanged if a placeholder has no sample.

    A language without samples gets the English ones.
    """
    values = {**_values_of(language), **samples_of(response, language)}
    if shop_name:
        values["shop_name"] = shop_name
    try:
        return fill_text(text, values)
    except KeyError:
        return text


def samples_of(response: str, language: str) -> dict[str, Any]:
    """The samples of one response; `buttons` are the titles that code adds to it."""
    samples = _read_samples()["responses"].get(response, {})
    return dict(samples.get(language, samples.get(_ENGLISH, {})))


def _values_of(language: str) -> dict[str, Any]:
    values = _read_samples()["values"]
    return dict(values.get(language, values[_ENGLISH]))


@cache
def _read_samples() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded
