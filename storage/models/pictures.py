"""Pictures that the shop shows its customers, and their ids at WhatsApp."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Now


class KeptPicture(Base):
    """A picture in JPEG or PNG; `name` is made of its content, so that it never changes.

    `products.image` holds the name. Pictures that no product names are deleted
    (shop/products/pictures.py).
    """

    __tablename__ = "kept_pictures"

    name: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary())
    created_at: Mapped[Now]


class UploadedPicture(Base):
    """WhatsApp's id of a picture, for the number that uploaded it."""

    __tablename__ = "uploaded_pictures"

    name: Mapped[str] = mapped_column(
        ForeignKey("kept_pictures.name", ondelete="CASCADE"), primary_key=True
    )
    phone_number_id: Mapped[str] = mapped_column(primary_key=True)
    media_id: Mapped[str]
    uploaded_at: Mapped[Now]
