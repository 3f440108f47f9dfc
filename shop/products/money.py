"""Rupees: exact decimals internally, JSON numbers and short texts outside."""

from decimal import Decimal


def format_rupees(amount: Decimal | float | str) -> str:
    """`Decimal("240.00")` → `₹240`, `Decimal("49.5")` → `₹49.50`, thousands with a comma."""
    amount = Decimal(str(amount))
    return f"₹{amount:,.0f}" if amount == amount.to_integral_value() else f"₹{amount:,.2f}"


def as_json_number(amount: Decimal) -> int | float:
    """A JSON number that reads back exactly: prices have two decimals at most."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
