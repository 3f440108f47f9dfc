"""The page with the phones: one HTML file, its style and its scripts, all served from here."""

from pathlib import Path

import psycopg
from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from emulator.bench.database import Shop
from emulator.config import SHOP_NAME
from emulator.control.reading import emulator_of

PAGE = Path(__file__).parent / "page"
# Images may come from any host, since the shop links to them; everything else is from here.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob: http: https:; media-src 'self' blob: http: "
    "https:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


SAMPLE_ORDER = "2 coffees and 3 samosas"


async def read_shop_to_show(database: str) -> dict[str, str]:
    """The shop's name and an order of its first products; the sample's without its database."""
    sample = {"shop": SHOP_NAME, "order": SAMPLE_ORDER}
    if not database:
        return sample
    try:
        name, products = await Shop(database).name_and_first_products()
    except (OSError, psycopg.Error):
        return sample
    amounts = [f"{amount} {product}" for amount, product in zip((2, 1), products, strict=False)]
    return {"shop": name, "order": " and ".join(amounts) or SAMPLE_ORDER}


def phone_routes() -> list[BaseRoute]:
    environment = Environment(loader=FileSystemLoader(PAGE), autoescape=True)
    templates = Jinja2Templates(env=environment)

    async def page(request: Request) -> Response:
        return templates.TemplateResponse(
            request,
            "phone.html",
            await read_shop_to_show(emulator_of(request).config.database),
            headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"},
        )

    return [
        Route("/", page, methods=["GET"]),
        Mount("/page", StaticFiles(directory=PAGE)),
    ]
