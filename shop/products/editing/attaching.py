"""Which groups of options come with which products."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.models import OptionGroup, ProductOptionGroup


def skus_by_group(session: Session) -> dict[int, list[str]]:
    """The products that each group comes with."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = select(ProductOptionGroup).order_by(ProductOptionGroup.sku)
    for row in session.scalars(rows):
        found[row.group_id].append(row.sku)
    return found


def groups_by_sku(session: Session) -> dict[str, list[int]]:
    """The ids of the groups that come with each product, in its order."""
    placed = ProductOptionGroup
    query = select(placed.sku, placed.group_id)
    query = query.join(OptionGroup, OptionGroup.id == placed.group_id)
    found: dict[str, list[int]] = defaultdict(list)
    order = (placed.position, OptionGroup.position, OptionGroup.id)
    for sku, key in session.execute(query.order_by(*order)):
        found[sku].append(key)
    return found


def attach_groups(session: Session, sku: str, group_ids: Sequence[int]) -> bool:
    """Gives the product these groups in this order; returns whether that changed anything."""
    own = select(ProductOptionGroup).where(ProductOptionGroup.sku == sku)
    rows = {row.group_id: row for row in session.scalars(own)}
    before = sorted(rows, key=lambda key: rows[key].position)
    if before == list(group_ids):
        return False
    for key in rows.keys() - set(group_ids):
        session.delete(rows[key])
    for place, key in enumerate(group_ids, start=1):
        row = rows.get(key) or ProductOptionGroup(sku=sku, group_id=key)
        row.position = place
        session.add(row)
    session.flush()
    return True


def attach_products(session: Session, group: OptionGroup, skus: Collection[str]) -> int:
    """Gives the group to these products and takes it from all others; returns how many changed."""
    known = set(skus_by_group(session).get(group.id, ()))
    gone, new = known - set(skus), set(skus) - known
    session.execute(
        delete(ProductOptionGroup).where(
            ProductOptionGroup.group_id == group.id, ProductOptionGroup.sku.in_(gone)
        )
    )
    last: dict[str, int] = dict(
        session.execute(
            select(ProductOptionGroup.sku, func.max(ProductOptionGroup.position))
            .where(ProductOptionGroup.sku.in_(new))
            .group_by(ProductOptionGroup.sku)
        )
        .tuples()
        .all()
    )
    session.add_all(
        ProductOptionGroup(sku=sku, group_id=group.id, position=last.get(sku, 0) + 1)
        for sku in sorted(new)
    )
    session.flush()
    return len(gone) + len(new)


def groups_of(session: Session, sku: str) -> list[int]:
    """The ids of the groups that come with a product, in its order."""
    own = select(ProductOptionGroup.group_id).where(ProductOptionGroup.sku == sku)
    return list(session.scalars(own.order_by(ProductOptionGroup.position)))
