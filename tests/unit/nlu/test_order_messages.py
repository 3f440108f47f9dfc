"""Orders of a fresh mind, read line by line (tests/nlu/orders.yml)."""

from typing import Any

import pytest
import yaml

from nlu.evaluation.messages import lines_of, totals
from nlu.live_catalogue import seed_catalogue
from nlu.reading import read
from settings import ROOT

ORDERS = yaml.safe_load((ROOT / "tests" / "nlu" / "orders.yml").read_text(encoding="utf-8"))


def ordered(text: str) -> dict[str, int | None]:
    return totals(lines_of(read(text, seed_catalogue()).entities))


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order["text"][:40])
def test_what_is_ordered(order: dict[str, Any]) -> None:
    is_right = ordered(order["text"]) == order["lines"]
    assert is_right != order.get("not_yet", False)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2 coffees no sugar and 1 coffee with sugar", {"coffee": 3}),
        ("1 tea for me and 1 tea for my wife", {"tea": 2}),
        ("sorry for the trouble, 2 teas and 1 juice", {"tea": 2, "juice": 1}),
        ("3 samosas and a tea, remove 1 samosa", {"samosa": 2, "tea": 1}),
        ("2 teas please, make it quick", {"tea": 2}),
        ("coffee nahi hai kya", {"coffee": None}),
    ],
)
def test_second_thoughts_and_what_only_looks_like_them(
    text: str, lines: dict[str, int | None]
) -> None:
    assert ordered(text) == lines
