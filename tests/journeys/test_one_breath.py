"""Whole orders in one message, each in words of its own, lead to their summary; times are answered.

In a shop that takes no orders ahead, so that nothing here depends on what time it is.
"""

from typing import Any

import pytest
import yaml

from settings import ROOT
from tests.journeys.one_process import OneProcess, Person

ORDERS = yaml.safe_load((ROOT / "tests/nlu/fresh_in_one_breath.yml").read_text("utf-8"))["orders"]
FOR_NOW_ONLY = ("advance orders", "सिर्फ़ अभी के लिए")


@pytest.fixture(scope="module")
def every_way(one_process: OneProcess) -> OneProcess:
    one_process.rows("UPDATE shop_settings SET fulfilment = '{pickup,delivery,dine_in}'")
    return one_process


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order["text"][:30])
def test_an_order_in_one_breath_leads_to_its_summary(
    every_way: OneProcess, order: dict[str, Any]
) -> None:
    asha = Person(every_way)
    asha.types("hi")
    asha.types(order["text"])
    state = asha.state()
    context = state["context"]
    items = context.get("items") or [context]
    assert state["current_step"] == "confirmation", asha.text
    assert {item["product"]: item["quantity"] for item in items} == order["items"]
    assert context["fulfilment"] == order["way"]
    if order["way"] == "delivery":
        # Once: as the address, and not as a note beside it.
        assert asha.text.count(context["address"]["text"]) == 1
        assert context["address"].get("postcode") == order.get("postcode")
    assert any(words in asha.text for words in FOR_NOW_ONLY) == ("due" in order)
