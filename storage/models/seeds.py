"""Which seeds were applied."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Now


class SeedApplied(Base):
    """A seed that was applied once; later changes by the owner are kept."""

    __tablename__ = "seeds_applied"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    applied_at: Mapped[Now]
