"""Reads the items of an order, also of orders entered by SQL."""

from collections.abc import Mapping
from typing import Any

from shop.carts.lines import name_line, options_of_item, told_apart


def product_names(items: object, known: Mapping[str, str]) -> dict[str, str]:
    """The name of each product by sku: the order's own, or else the `known` one."""
    return {
        (sku := str(item.get("product", "?"))): item.get("product_name") or known.get(sku) or sku
        for item in readable_items(items)
    }


def item_lines(
    items: object,
    named: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
    *,
    with_options: bool = True,
) -> list[str]:
    """The lines as text: `2 × Coffee (Large)`, or `1 × Coffee (cold)` if a note tells it apart.

    items: the stored value, which may be malformed. with_options: False if the page shows the
    options below the line."""
    said, found = [], readable_items(items)
    apart, _ = told_apart([str(item.get("product", "?")) for item in found], notes)
    for item, note in zip(found, apart, strict=True):
        sku = str(item.get("product", "?"))
        options = options_of_item(item) if with_options else ()
        name = name_line(item.get("product_name") or named.get(sku) or sku, note, options)
        said.append(f"{item.get('quantity', 1)} × {name}")
    return said


def option_names(item: Mapping[str, Any]) -> list[str]:
    """The names of a line's options that can be read: `Large`, `Oat milk`."""
    options = item.get("options")
    found = [one for one in options if isinstance(one, dict)] if isinstance(options, list) else []
    return [str(one["name"]) for one in found if one.get("name")]


def readable_items(items: object) -> list[dict[str, Any]]:
    """The well-formed items among the stored ones."""
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
