"""Reads and stores delivery zones from the owner's form."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from shop.opening.editing import Unfit, read_rupees
from shop.products.editing.positions import last_position
from storage.models import DeliveryZone

LONGEST_NAME = 40
MOST_MINUTES = 1440
_POSTCODE = re.compile(r"(?!\d{10})[A-Z0-9]{1,12}\*?|\*")
# `560038 560008`, `5600* 560034`: blanks separate these, since no postcode is that long.
_PIN_BESIDE_PIN = re.compile(r"(?<=\d{6})\s+(?=\d)|(?<=\*)\s+(?=\w)")
# Of digits alone only this is one: customers' PIN codes have six (shop/fulfilment/postcodes.py).
_DIGITS = re.compile(r"[1-9]\d{5}|\d{1,5}\*")
_WHERE = {"latitude": 90, "longitude": 180, "radius_km": 500}


def save_zone(session: Session, zone: DeliveryZone | None, form: Mapping[str, str]) -> DeliveryZone:
    """Makes a zone, or changes this one; every value of the form is text.

    Raises:
        Unfit
    """
    problems: dict[str, str] = {}
    wanted = _read_values(form, problems)
    if not problems and not wanted["postcodes"] and wanted["radius_km"] is None:
        problems["postcodes"] = "Name PIN codes, or a point with a radius."
    if problems:
        raise Unfit(problems)
    if zone is None:
        zone = DeliveryZone(position=last_position(session, DeliveryZone.position) + 1)
        session.add(zone)
    for column, value in wanted.items():
        setattr(zone, column, value)
    session.flush()
    return zone


def _read_values(form: Mapping[str, str], problems: dict[str, str]) -> dict[str, Any]:
    name = " ".join(form["name"].split())
    if not 0 < len(name) <= LONGEST_NAME:
        problems["name"] = f"1 to {LONGEST_NAME} characters."
    where = {column: _read_number(form[column], column, problems) for column in _WHERE}
    if 0 < sum(value is not None for value in where.values()) < len(where):
        problems["radius_km"] = "A point needs its latitude, its longitude and a radius."
    free_from = form["free_from"]
    return {
        "name": name,
        "postcodes": read_postcodes(form["postcodes"], problems),
        **where,
        "fee": read_rupees(form["fee"] or "0", "fee", problems),
        "minimum": read_rupees(form["minimum"] or "0", "minimum", problems),
        "free_from": read_rupees(free_from, "free_from", problems) if free_from else None,
        "minutes": _minutes(form["minutes"], problems),
        "is_active": bool(form["is_active"]),
    }


def read_postcodes(written: str, problems: dict[str, str]) -> list[str]:
    """`560001, 560 002, 5600*`: PIN codes or their beginnings; blanks separate whole codes, too."""
    apart = _PIN_BESIDE_PIN.sub(",", written)
    parts = [re.sub(r"[\s-]", "", part).upper() for part in re.split(r"[,;\n]", apart)]
    found = list(dict.fromkeys(part for part in parts if part))
    if wrong := [part for part in found if not _POSTCODE.fullmatch(part)]:
        problems["postcodes"] = f"This is no PIN code: {wrong[0]}. Write 560001, or 5600* for all."
    elif short := [part for part in found if _is_wrong_number(part)]:
        digits, begin = short[0].removesuffix("*"), short[0][:3]
        problems["postcodes"] = (
            f"A PIN code has 6 digits, and {digits} has {len(digits)}. "
            f"For all that begin so, write a star after it, such as {begin}*."
        )
    return found


def _is_wrong_number(part: str) -> bool:
    """Whether it is a number that no customer's PIN code can be, or begin with."""
    return part.removesuffix("*").isdecimal() and not _DIGITS.fullmatch(part)


def _read_number(written: str, column: str, problems: dict[str, str]) -> float | None:
    if not written:
        return None
    most = _WHERE[column]
    if not re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", written) or abs(float(written)) > most:
        problems[column] = f"A number up to {most}, such as 12.9716."
        return None
    return float(written)


def _minutes(written: str, problems: dict[str, str]) -> int | None:
    if not re.fullmatch(r"\d{1,4}", written) or int(written) > MOST_MINUTES:
        problems["minutes"] = "How many minutes it takes to be there, such as 45."
        return None
    return int(written)
