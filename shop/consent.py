"""The words that end and begin a subscription, in the languages served (shop/consent.yml)."""

from functools import cache
from pathlib import Path

import yaml

from shop.keywords import normal
from shop.reply_ids import Meaning


def meaning(text: str) -> Meaning | None:
    """STOP or START, where the whole message is one of their words."""
    intent = _intents().get(normal(text))
    return Meaning(intent) if intent else None


@cache
def _intents() -> dict[str, str]:
    listed = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return {normal(word): intent for intent, words in listed.items() for word in words}
