"""What was ordered, whoever wrote it down."""

from typing import Any


def lines(items: object, names: dict[str, str]) -> list[str]:
    """`2 × Coffee`, whoever wrote the order and however carelessly."""
    said = []
    for item in listed(items):
        sku = str(item.get("product", "?"))
        name = item.get("product_name") or names.get(sku) or sku
        said.append(f"{item.get('quantity', 1)} × {name}")
    return said


def listed(items: object) -> list[dict[str, Any]]:
    """The items that can be read."""
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
