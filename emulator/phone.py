"""The page with the phones: one HTML file, its style and its scripts, all served from here."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from emulator.config import SHOP_NAME

PAGE = Path(__file__).parent / "page"
# Images may come from any host, since the shop links to them; everything else is from here.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob: http: https:; media-src 'self' blob: http: "
    "https:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def phone_routes() -> list[BaseRoute]:
    environment = Environment(loader=FileSystemLoader(PAGE), autoescape=True)
    templates = Jinja2Templates(env=environment)

    async def page(request: Request) -> Response:
        return templates.TemplateResponse(
            request,
            "phone.html",
            {"shop": SHOP_NAME},
            headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"},
        )

    return [
        Route("/", page, methods=["GET"]),
        Mount("/page", StaticFiles(directory=PAGE)),
    ]
