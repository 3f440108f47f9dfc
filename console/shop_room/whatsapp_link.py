"""Makes links that open a WhatsApp chat with the shop and a prepared text."""

from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import WhatsappMessage

# The number of latest messages to search for one by a customer, which names the shop's number.
_LATEST = 1_000


def read_shop_phone(session: Session) -> str | None:
    """The shop's WhatsApp number, which Meta sends with each inbound message; None without any."""
    latest = select(WhatsappMessage).order_by(WhatsappMessage.id.desc()).limit(_LATEST).subquery()
    came = select(latest.c.to_phone).where(
        latest.c.direction == "incoming", latest.c.to_phone.is_not(None)
    )
    return session.scalar(came.order_by(latest.c.id.desc()).limit(1))


def link_to_shop(phone: str, text: str) -> str:
    """A link that opens a chat with the shop, with the text ready to send."""
    return f"https://wa.me/{phone}?text={quote(text)}"
