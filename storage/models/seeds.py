"""Which seeds were sown."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Now


class SeedApplied(Base):
    """A seed that was sown once; whatever the owner made of its row since is the owner's."""

    __tablename__ = "seeds_applied"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    applied_at: Mapped[Now]
