"""Pictures that the shop shows its customers."""

from sqlalchemy import LargeBinary
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
