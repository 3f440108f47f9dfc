"""Pictures that were uploaded to WhatsApp."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Now


class UploadedPicture(Base):
    """WhatsApp's id of a picture, for the number that uploaded it."""

    __tablename__ = "uploaded_pictures"

    name: Mapped[str] = mapped_column(
        ForeignKey("kept_pictures.name", ondelete="CASCADE"), primary_key=True
    )
    phone_number_id: Mapped[str] = mapped_column(primary_key=True)
    media_id: Mapped[str]
    uploaded_at: Mapped[Now]
