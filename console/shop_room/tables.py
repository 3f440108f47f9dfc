"""A page to print: a QR code for each table, which sends the table's number to the bot."""

import re
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_page
from console.qr_codes import draw_qr
from console.request_context import RequestContext
from console.shop_room.whatsapp_link import link_to_shop, read_shop_phone
from shop.opening.reading import read_settings

MOST_TABLES = 100
_PHONE = re.compile(r"[1-9][0-9]{7,14}")


@dataclass(frozen=True)
class TableCode:
    """The number and the QR code to print for one table."""

    name: str
    picture: Markup


def show_tables(desk: RequestContext) -> Response:
    """The page that asks for the number of tables and draws a code for each."""
    settings = read_settings(desk.session)
    phone = _digits(desk.query("phone")) or read_shop_phone(desk.session) or ""
    many = desk.query_number("tables")
    problems = _problems(desk, many, phone) if desk.query("tables") else {}
    numbers = range(1, many + 1) if many and not problems else ()
    values = {
        "shop_name": settings.shop_name,
        "has_tables": "dine_in" in settings.fulfilment,
        "phone": desk.query("phone") or (f"+{phone}" if phone else ""),
        "many": desk.query("tables"),
        "most": MOST_TABLES,
        "problems": problems,
        "codes": [_code(phone, number) for number in numbers],
    }
    return desk.page("shop_room/tables.html", 422 if problems else 200, **values)


def _problems(desk: RequestContext, many: int | None, phone: str) -> dict[str, str]:
    problems = {}
    if many is None or not 1 <= many <= MOST_TABLES:
        problems["tables"] = f"A whole number from 1 to {MOST_TABLES}."
    if not _PHONE.fullmatch(phone):
        problems["phone"] = "The shop's number on WhatsApp, with +91 or another country's."
    return problems


def _code(phone: str, number: int) -> TableCode:
    name = f"Table {number}"
    return TableCode(name, draw_qr(link_to_shop(phone, name)))


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isdigit())


ROUTES = [Route("/shop/tables", staff_page(show_tables, "owner"), methods=["GET"])]
