"""The words by which customers decide about our messages and their data (shop/consent.yml)."""

from functools import cache
from pathlib import Path

import yaml

from shop.keywords import normal


def intent(text: str) -> str | None:
    """`stop`, `start` or `delete_data`, where the whole message is one of their words."""
    return _intents().get(normal(text))


@cache
def _intents() -> dict[str, str]:
    listed = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return {normal(word): intent for intent, words in listed.items() for word in words}
