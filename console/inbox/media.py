"""Serves media of customers safely."""

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_page
from console.refusals import NotFound
from console.request_context import RequestContext
from storage.models import MediaFile

# Types that a browser shows without running code in them.
SHOWN = (
    "image/jpeg", "image/png", "image/webp", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac",
    "video/mp4", "video/3gpp",
)  # fmt: skip


def show_media(desk: RequestContext) -> Response:
    """The file: displayed if its type is harmless, else offered for saving."""
    kept = desk.session.get(MediaFile, desk.path("message_id"))
    if kept is None or kept.content is None:
        raise NotFound("file")
    kind = (kept.media_type or "").partition(";")[0].strip()
    if kind in SHOWN:
        return Response(kept.content, media_type=kind)
    headers = {"Content-Disposition": "attachment; filename=from-customer"}
    return Response(kept.content, media_type="application/octet-stream", headers=headers)


ROUTES = [Route("/inbox/media/{message_id:path}", staff_page(show_media), methods=["GET"])]
