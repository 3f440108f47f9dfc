"""Links that open WhatsApp with the shop and a text: for tables, and to try the bot."""

from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import WhatsappMessage

# Among so many of the latest messages one from a customer says which number it was sent to.
_LATEST = 1_000


def read_shop_phone(session: Session) -> str | None:
    """The shop's own number on WhatsApp, as Meta names it with each message that comes in."""
    latest = select(WhatsappMessage).order_by(WhatsappMessage.id.desc()).limit(_LATEST).subquery()
    came = select(latest.c.to_phone).where(
        latest.c.direction == "incoming", latest.c.to_phone.is_not(None)
    )
    return session.scalar(came.order_by(latest.c.id.desc()).limit(1))


def link_to_shop(phone: str, text: str) -> str:
    """Whoever opens it has the text ready to be sent to the shop."""
    return f"https://wa.me/{phone}?text={quote(text)}"
