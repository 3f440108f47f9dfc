"""Static files: their addresses contain a hash of their content, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
# All style sheets as one file, in this order: over a slow line a dozen files take much longer.
STYLE_SHEET = "console.css"
_SHEETS = (
    "base", "frame", "parts", "orders", "shortages", "products", "menus", "inbox", "numbers",
    "shop", "going_live", "alerts", "answers",
)  # fmt: skip


class Assets(StaticFiles):
    """Serves static/ and the joined style sheet; what is asked for with its hash is kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path == STYLE_SHEET and scope["method"] in ("GET", "HEAD"):
            response = Response(_read_asset(path), media_type="text/css")
        else:
            response = await super().get_response(path, scope)
        if b"v=" in scope["query_string"]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


@cache
def asset_url(name: str) -> str:
    """The address of a file in static/ or of the joined style sheet, with its content's hash."""
    digest = hashlib.sha256(_read_asset(name)).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def _read_asset(name: str) -> bytes:
    if name != STYLE_SHEET:
        return (STATIC / name).read_bytes()
    return b"\n".join((STATIC / "css" / f"{sheet}.css").read_bytes() for sheet in _SHEETS)
