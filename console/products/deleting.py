"""Deletes a product, and brings a deleted one back from the log within a week."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change
from console.products.finding import find_product_of
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.menus.editing import product_rows
from shop.products.editing import deleted_products
from shop.products.editing.product_editing import Unfit, find_product
from shop.products.pictures import drop_unseen
from shop.taps.menu_names import title_of_menu
from storage.models import AuditEntry

_ACTION = "deleted the product"
KEPT_FOR = timedelta(days=7)
_IS_RECENT = (AuditEntry.action == _ACTION, AuditEntry.at > func.now() - KEPT_FOR)


def delete_product_view(desk: RequestContext) -> Response:
    """Deletes a product and its rows in menus; past orders keep its name, the log the rest."""
    product = find_product_of(desk)
    name, sku, price = product.name, product.sku, str(product.price)
    kept = deleted_products.spell_product(desk.session, product)
    removal = product_rows.remove_products(desk.session, [product], keeps_pictures=True)
    desk.record(_ACTION, sku, name=name, price=price, kept=kept)
    desk.session.flush()
    recent = select(AuditEntry.details["kept"]["image"].astext).where(*_IS_RECENT)
    drop_unseen(desk.session, list(filter(None, desk.session.scalars(recent))))
    notice = f"{name} is deleted. {menus_without(removal)}".strip()
    return desk.go(f"/products?deleted={sku}", notice)


def restore_product_view(desk: RequestContext) -> Response:
    """Brings a deleted product back, with its words, its picture and its choices."""
    kept = read_deleted(desk.session, desk.path("sku"))
    if kept is None:
        raise NotFound("product")
    try:
        product = deleted_products.restore_product(desk.session, kept)
    except Unfit as unfit:
        raise Refused(409, " ".join(unfit.problems.values())) from None
    desk.record("brought back the product", product.sku, name=product.name)
    return desk.go(f"/products/{product.sku}", f"{product.name} is in the list again.")


def read_deleted(session: Session, sku: str) -> dict[str, Any] | None:
    """What is kept of a product that was deleted lately; None if it is there, or was not."""
    if not sku or find_product(session, sku):
        return None
    query = select(AuditEntry.details["kept"]).where(AuditEntry.subject == sku, *_IS_RECENT)
    return session.scalars(query.order_by(AuditEntry.id.desc()).limit(1)).first()


def menus_without(removal: product_rows.Removal) -> str:
    """A notice about menus that a removal leaves without any product, or ""."""
    titles = "”, “".join(map(title_of_menu, removal.empty))
    return f"Nothing is left in the menu “{titles}”: change it or switch it off." if titles else ""


ROUTES = [
    Route("/products/{sku}/delete", staff_change(delete_product_view, "owner"), methods=["POST"]),
    Route("/products/{sku}/restore", staff_change(restore_product_view, "owner"), methods=["POST"]),
]
