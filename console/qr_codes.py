"""Draws QR codes inline, since the pages' security policy forbids images of other hosts."""

import segno
from markupsafe import Markup


def draw_qr(text: str) -> Markup:
    """The QR code of a text or URL as SVG, black on white with its quiet zone."""
    made = segno.make(text, error="m", micro=False)
    return Markup(made.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704
