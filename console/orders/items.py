"""Reads the items of an order, also of orders entered by SQL."""

from collections.abc import Mapping
from typing import Any


def product_names(items: object, known: Mapping[str, str]) -> dict[str, str]:
    """The name of each product by sku: the order's own, else the one that is `known`."""
    return {
        (sku := str(item.get("product", "?"))): item.get("product_name") or known.get(sku) or sku
        for item in readable_items(items)
    }


def item_lines(items: object, named: Mapping[str, str]) -> list[str]:
    """`2 × Coffee`, whoever wrote the order and however carelessly."""
    said = []
    for item in readable_items(items):
        sku = str(item.get("product", "?"))
        name = item.get("product_name") or named.get(sku) or sku
        said.append(f"{item.get('quantity', 1)} × {name}")
    return said


def readable_items(items: object) -> list[dict[str, Any]]:
    """The items that can be read."""
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
