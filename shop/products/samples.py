"""The sample products of a new shop, until its owner adds products."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import Product, SeedApplied
from storage.seeds import seed_products

# A mark among those of the seeds: the owner keeps the samples as products of the shop.
_KIND, _KEPT = "samples", "kept"


def sample_products(session: Session) -> Sequence[Product]:
    """The samples that nobody has changed; none once the owner has kept them."""
    if session.scalar(select(exists().where(SeedApplied.kind == _KIND, SeedApplied.name == _KEPT))):
        return []
    samples = {seed.sku: (seed.name, seed.price) for seed in seed_products()}
    query = select(Product).where(Product.sku.in_(samples)).order_by(Product.position, Product.name)
    return [one for one in session.scalars(query) if samples[one.sku] == (one.name, one.price)]


def has_own_products(session: Session, samples: Sequence[Product]) -> bool:
    """Whether there is a product that is no sample."""
    skus = [sample.sku for sample in samples]
    return bool(session.scalar(select(exists().where(Product.sku.not_in(skus)))))


def keep_samples(session: Session) -> None:
    """Makes the samples the shop's own products: the console does not ask about them again."""
    kept = insert(SeedApplied).values(kind=_KIND, name=_KEPT)
    session.execute(kept.on_conflict_do_nothing())
