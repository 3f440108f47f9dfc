"""What the shop sells."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, EmptyText, NumberKey, Texts, Yes, Zero


class Product(Dated, Base):
    """A product; `sku` is the entity's value in free text and the reply's id in a menu.

    `price` is in rupees; `aliases` are other words for the product, in any script;
    `emoji` stands before its name where the bot speaks of it.
    """

    __tablename__ = "products"
    __table_args__ = (CheckConstraint("price >= 0", name="price"),)

    id: Mapped[NumberKey]
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[EmptyText]
    category: Mapped[str] = mapped_column(server_default=text("'Other'"))
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    aliases: Mapped[Texts]
    emoji: Mapped[str] = mapped_column(server_default=text("'🍽️'"))
    is_available: Mapped[Yes]
    position: Mapped[Zero]
