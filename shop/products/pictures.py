"""Pictures of products, kept in the database under a name that comes from their content."""

import hashlib
import struct
from collections.abc import Collection, Iterator

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import KeptPicture, Product

# WhatsApp takes JPEG and PNG up to 5 MB, 8 bits a colour, RGB or RGBA (Meta, documented).
MOST_BYTES = 5_000_000
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
_DIGITS = 32
# Markers of a JPEG that begin its frame; C4, C8 and CC mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN = 0xDA
_CMYK = 4
_EIGHT = 8


class UnfitPicture(ValueError):
    """WhatsApp would not take this picture; the message says why."""


def keep_picture(session: Session, product: Product, content: bytes) -> KeptPicture:
    """Stores the product's picture; replaces an earlier one.

    Raises:
        UnfitPicture
    """
    kind = check_picture(content)
    name = f"{hashlib.sha256(content).hexdigest()[:_DIGITS]}.{_ENDINGS[kind]}"
    kept = insert(KeptPicture).values(name=name, media_type=kind, content=content)
    session.execute(kept.on_conflict_do_nothing())
    before, product.image = product.image, name
    session.flush()
    if before and before != name:
        drop_unused(session, before)
    return session.get_one(KeptPicture, name)


def drop_picture(session: Session, product: Product) -> None:
    """Removes the product's picture."""
    before, product.image = product.image, None
    session.flush()
    if before:
        drop_unused(session, before)


def drop_unused(session: Session, name: str) -> None:
    """Deletes a picture that no product shows."""
    shown = select(Product.id).where(Product.image == name).exists()
    session.execute(delete(KeptPicture).where(KeptPicture.name == name, ~shown))


def drop_unseen(session: Session, wanted: Collection[str]) -> None:
    """Deletes all pictures that no product shows, except those that are still wanted."""
    shown = select(Product.id).where(Product.image == KeptPicture.name).exists()
    session.execute(delete(KeptPicture).where(~shown, KeptPicture.name.not_in(wanted)))


def find_picture(session: Session, name: str) -> KeptPicture | None:
    """The picture of this name."""
    return session.get(KeptPicture, name)


def check_picture(content: bytes) -> str:
    """The picture's media type.

    Raises:
        UnfitPicture
    """
    if len(content) > MOST_BYTES:
        raise UnfitPicture("The picture has more than 5 MB. WhatsApp takes no larger one.")
    if content.startswith(_JPEG):
        _check_jpeg(content)
        return "image/jpeg"
    if content.startswith(_PNG):
        _check_png(content)
        return "image/png"
    raise UnfitPicture("This is no JPEG or PNG picture. WhatsApp takes these two.")


def _check_png(content: bytes) -> None:
    header = content[16:26]
    if content[12:16] != b"IHDR" or len(header) < 10:  # noqa: PLR2004
        raise UnfitPicture("The picture is damaged.")
    if header[8] > _EIGHT:
        raise UnfitPicture("The picture has more than 8 bits a colour. Save it as JPEG.")


def _check_jpeg(content: bytes) -> None:
    frame = next((body for marker, body in _segments(content) if marker in _FRAMES), b"")
    if len(frame) < 6:  # noqa: PLR2004
        raise UnfitPicture("The picture is damaged.")
    if frame[5] == _CMYK:
        raise UnfitPicture("The picture is made for print (CMYK). Save it with RGB colours.")


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker and the body of each segment before the picture's own data."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004
        marker = content[at + 1]
        if marker == _START_OF_SCAN:
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        yield marker, content[at + 4 : at + 2 + length]
        at += 2 + length
