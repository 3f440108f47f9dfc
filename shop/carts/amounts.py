"""Numbers that are relative: "add 2", "one less", "double it"."""

from shop.language.signs import Signs


def amount_after(signs: Signs, before: int) -> int | None:
    """The amount after these words, given the amount `before`; it never falls below 0.

    None if the words name no relative number.
    """
    if signs.has("written_note"):
        return None
    if signs.has("twice"):
        return before * 2
    if signs.has("half") and before % 2 == 0:
        return before // 2
    if fewer := signs.first("fewer"):
        return max(0, before - (fewer.number or 0))
    more = signs.first("more")
    return before + (more.number or 0) if more else None


def is_relative(signs: Signs) -> bool:
    """Whether a message changes an amount relative to the cart: "2 more"."""
    return amount_after(signs, 2) is not None
