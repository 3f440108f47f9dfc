"""Rupees: exact decimals internally, JSON numbers and short texts outside."""

from decimal import Decimal


def format_rupees(amount: Decimal | float | str) -> str:
    """`Decimal("240.00")` → `₹240`, `Decimal("49.5")` → `₹49.50`, grouped as in India."""
    amount = Decimal(str(amount))
    whole, point, rest = f"{abs(amount):.2f}".partition(".")
    paise = "" if amount == amount.to_integral_value() else point + rest
    return f"{'-' if amount < 0 else ''}₹{group_digits(int(whole))}{paise}"


def group_digits(number: int) -> str:
    """`910860` → `9,10,860`: a comma before the last three digits, then after every two."""
    digits = str(abs(number))
    groups = [digits[-3:]]
    for end in range(len(digits) - 3, 0, -2):
        groups.insert(0, digits[max(0, end - 2) : end])
    return ("-" if number < 0 else "") + ",".join(groups)


def as_json_number(amount: Decimal) -> int | float:
    """A JSON number that reads back exactly: prices have two decimals at most."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
