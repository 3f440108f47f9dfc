"""Products, categories and options."""

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Numeric,
    and_,
    exists,
    false,
    func,
    inspect,
    not_,
    select,
)
from sqlalchemy import text as sql
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column

from storage.models.base import (
    Base,
    Dated,
    EmptyText,
    JsonObject,
    Now,
    NumberKey,
    Texts,
    Yes,
    Zero,
)


class Product(Dated, Base):
    """A product; `sku` is the entity's value in free text and the reply's id in a menu.

    `price` is in rupees; `aliases` are other words for the product, in any script;
    `emoji` is shown before its name. `category` is the name of one;
    a trigger makes it when it is missing. `stock` None is not counted; `stock_daily` is what it
    is reset to at a day's first opening, `restocked_at` the time of the last reset.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price"),
        CheckConstraint("stock >= 0", name="stock"),
        CheckConstraint("stock_daily >= 0", name="stock_daily"),
    )

    id: Mapped[NumberKey]
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[EmptyText]
    category: Mapped[str] = mapped_column(server_default=sql("'Other'"))
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    aliases: Mapped[Texts]
    emoji: Mapped[str] = mapped_column(server_default=sql("'🍽️'"))
    is_available: Mapped[Yes]
    position: Mapped[Zero]
    image: Mapped[str | None]
    stock: Mapped[int | None]
    stock_daily: Mapped[int | None]
    restocked_at: Mapped[Now]
    translations: Mapped[JsonObject]
    short_name: Mapped[str | None]
    if TYPE_CHECKING:
        lacks_options: bool

    @hybrid_property
    def is_on_offer(self) -> bool:
        """Whether it can be ordered now: available, in stock, with options for each required
        choice."""
        return self.is_available and self.stock != 0 and not self.lacks_options

    @is_on_offer.inplace.expression
    @classmethod
    def _is_on_offer(cls) -> ColumnElement[bool]:
        lacks = inspect(cls).attrs.lacks_options.columns[0]
        return and_(cls.is_available, func.coalesce(cls.stock, 1) > 0, not_(lacks))


class Category(Base):
    """A category of products, in the owner's order; renaming it renames it at its products."""

    __tablename__ = "categories"

    id: Mapped[NumberKey]
    name: Mapped[str] = mapped_column(unique=True)
    translations: Mapped[JsonObject]
    position: Mapped[Zero]


class OptionGroup(Base):
    """A choice that comes with products: at least `minimum`, at most `maximum` of its options."""

    __tablename__ = "option_groups"

    id: Mapped[NumberKey]
    name: Mapped[str]
    minimum: Mapped[Zero]
    maximum: Mapped[int] = mapped_column(server_default=sql("1"))
    position: Mapped[Zero]


class Option(Base):
    """One of the choices of a group; `price` is added to the product's."""

    __tablename__ = "options"

    id: Mapped[NumberKey]
    group_id: Mapped[int] = mapped_column(
        ForeignKey("option_groups.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2), server_default=sql("0"))
    aliases: Mapped[Texts]
    is_default: Mapped[bool] = mapped_column(server_default=false())
    is_available: Mapped[Yes]
    position: Mapped[Zero]


class ProductOptionGroup(Base):
    """Connects a product with a group of options; no foreign key, since SQL may replace all
    products."""

    __tablename__ = "product_option_groups"

    sku: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("option_groups.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[Zero]


# Whether a group that is required has fewer available options than it requires.
_available = select(func.count()).where(Option.group_id == OptionGroup.id, Option.is_available)
_lacks_options = exists().where(
    ProductOptionGroup.sku == Product.sku,
    OptionGroup.id == ProductOptionGroup.group_id,
    OptionGroup.minimum > _available.correlate(OptionGroup).scalar_subquery(),
)
inspect(Product).add_property("lacks_options", column_property(_lacks_options))
