"""WhatsApp's prices of messages, from shop/tariffs.yml, each valid from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_suffix(".yml")


@dataclass(frozen=True)
class Tariff:
    """The prices from a day on, in rupees by category."""

    since: date
    rupees: dict[str, Decimal]


@cache
def read_tariffs() -> Sequence[Tariff]:
    """All tariffs, the oldest first."""
    written = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    tariffs = [
        Tariff(each["from"], {name: Decimal(str(one)) for name, one in each["rupees"].items()})
        for each in written
    ]
    return sorted(tariffs, key=lambda tariff: tariff.since)


def price_message(category: str, day: date) -> Decimal | None:
    """The price of one message of a category on a day; None if no tariff has it."""
    valid = [tariff for tariff in read_tariffs() if tariff.since <= day]
    return valid[-1].rupees.get(category) if valid else None
