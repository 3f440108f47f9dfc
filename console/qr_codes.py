"""QR codes, drawn into the page: its policy lets no other address bring one."""

import segno
from markupsafe import Markup


def draw_qr(text: str) -> Markup:
    """The code for a text or an address as an SVG image, black on white with its quiet zone."""
    made = segno.make(text, error="m", micro=False)
    return Markup(made.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S704
