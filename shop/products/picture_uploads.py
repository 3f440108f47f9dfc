"""Pictures of products on WhatsApp: uploaded once, then sent by the id that it gave them."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import KeptPicture, Product, UploadedPicture

# WhatsApp deletes what was uploaded after 30 days (Meta, documented).
KEPT_BY_WHATSAPP = timedelta(days=29)
# A placeholder in queued messages: the sender replaces it by the id of the upload.
_PREFIX = "picture:"


def picture_id(session: Session, product: Product) -> str | None:
    """The placeholder id for a product's picture until it is sent; None without a picture."""
    if not product.image:
        return None
    name = session.scalar(select(KeptPicture.name).where(KeptPicture.name == product.image))
    return picture_id_of(name) if name else None


def picture_id_of(name: str) -> str:
    """The placeholder id for a picture of this name until it is sent."""
    return f"{_PREFIX}{name}"


def name_of_picture(media_id: str) -> str | None:
    """The name of the picture for a placeholder id; None for an id of WhatsApp's."""
    return media_id.removeprefix(_PREFIX) if media_id.startswith(_PREFIX) else None


def find_upload(session: Session, name: str, phone_number_id: str) -> str | None:
    """WhatsApp's id of a picture, if it is still good."""
    query = select(UploadedPicture.media_id).where(
        UploadedPicture.name == name,
        UploadedPicture.phone_number_id == phone_number_id,
        UploadedPicture.uploaded_at > func.now() - KEPT_BY_WHATSAPP,
    )
    return session.scalar(query)


def keep_upload(session: Session, name: str, phone_number_id: str, media_id: str) -> None:
    """Keeps the id that WhatsApp gave to a picture."""
    values = {"name": name, "phone_number_id": phone_number_id, "media_id": media_id}
    statement = insert(UploadedPicture).values(**values)
    again = {"media_id": media_id, "uploaded_at": func.now()}
    session.execute(
        statement.on_conflict_do_update(index_elements=["name", "phone_number_id"], set_=again)
    )


def forget_upload(session: Session, name: str) -> None:
    """Drops the id of a picture that WhatsApp no longer knows."""
    session.execute(delete(UploadedPicture).where(UploadedPicture.name == name))
