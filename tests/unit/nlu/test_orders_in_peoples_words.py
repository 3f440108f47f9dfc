"""Orders in the words of real people (tests/nlu): lists, shares, second thoughts, similar names."""

from typing import Any

import pytest
import yaml

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.evaluation.messages import product_totals, read_order_lines
from nlu.message_reading import read_message
from nlu.said.said import find_signs
from settings import ROOT
from shop.carts.cart_changes import lines_after
from shop.carts.change_phrases import read_changes
from shop.carts.lines import RequestedLine
from shop.carts.mentions import Mention
from shop.carts.notes import WHOLE, Named, find_notes
from shop.language.signs import Signs

FILE = ROOT / "tests" / "nlu" / "orders_in_peoples_words.yml"
CASES: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SHOP = Catalogue(
    tuple(Product(each["sku"], each["name"], tuple(each["aliases"])) for each in CASES["shop"])
)
SPOKEN = [order for order in CASES["orders"] if "before" not in order]


@pytest.mark.parametrize("order", SPOKEN, ids=lambda order: order["text"][:40])
def test_what_is_ordered_and_what_is_not_sold(order: dict[str, Any]) -> None:
    entities = read_message(order["text"], SHOP if "menu" in order else seed_catalogue()).entities
    named = {kind: values_of(entities, kind) for kind in ("not_sold", "other_kind")}
    assert product_totals(read_order_lines(entities)) == order["lines"]
    assert named == {kind: order.get(kind, []) for kind in named}


def values_of(entities: list[dict[str, Any]], kind: str) -> list[str]:
    return [entity["value"] for entity in entities if entity["entity"] == kind]


@pytest.mark.parametrize(
    "order",
    [order for order in CASES["orders"] if "before" in order],
    ids=lambda order: order["text"],
)
def test_what_becomes_of_a_part_of_what_is_there(order: dict[str, Any]) -> None:
    text, there = order["text"], order["before"]
    entities = read_message(text, seed_catalogue()).entities
    before = [RequestedLine(sku, many) for sku, many in there.items()]
    signs = Signs(tuple(find_signs(text, entities, {})))
    left = lines_after(before, read_changes(signs, before, mentions(entities)))
    only = next(iter(there)) if len(there) == 1 else WHOLE
    named = [Named(e["value"], e["start"], e["end"], "") for e in entities if _is_product(e)]
    assert {requested.product: requested.quantity for requested in left} == order["lines"]
    noted = find_notes(text, signs, named, only, there)
    said = {one.product: f"{one.many} × {one.words}" if one.many else one.words for one in noted}
    assert said == order.get("notes", {})


def mentions(entities: list[dict[str, Any]]) -> list[Mention]:
    """The products as the actions see them."""
    many = {e["group"]: e["value"] for e in entities if e["entity"] == "quantity" and "group" in e}
    return [
        Mention(e["value"], e["start"], e["end"], many.get(e["group"]))
        for e in entities
        if _is_product(e)
    ]


def _is_product(entity: dict[str, Any]) -> bool:
    return bool(entity["entity"] == "product")
