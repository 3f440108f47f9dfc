"""Finds customers by a part of their name or number, with an index of three-letter parts."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, text

from storage.models import UserProfile

FEWEST_LETTERS = 3
# The most hits: with more of them the user has to type another letter.
MOST = 2_000


def customers_named(words: Iterable[str]) -> Select[tuple[UUID]]:
    """The ids of customers in whose name or number one of these words may stand."""
    said = func.coalesce(UserProfile.display_name, text("''")).op("||")(text("' '"))
    said = said.op("||")(func.coalesce(UserProfile.whatsapp_phone, text("''")))
    parts = func.search_parts(said)
    holds = or_(*(parts.op("@>")(func.search_parts(word)) for word in words))
    return select(UserProfile.id).where(holds).limit(MOST)


def matches_customer(wanted: str) -> ColumnElement[bool]:
    """The SQL condition that a customer's name or number contains the search words."""
    found = [UserProfile.display_name.icontains(wanted, autoescape=True)]
    if digits := digits_in(wanted):
        found.append(UserProfile.whatsapp_phone.contains(digits))
    return or_(*found)


def digits_in(wanted: str) -> str:
    """The digits, if there are enough to search for a number."""
    digits = "".join(sign for sign in wanted if sign.isdigit())
    return digits if len(digits) >= FEWEST_LETTERS else ""


def words_in(wanted: str) -> list[str]:
    """The search words for the index: the whole text, and its digits."""
    return [word for word in (wanted, digits_in(wanted)) if len(word) >= FEWEST_LETTERS]
