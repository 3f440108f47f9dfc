"""Resolves the id of a button or row against the current menus and products."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.menus import cache
from shop.taps.meanings import (
    ENTITY_OF,
    Meaning,
    offered_id,
    reply_meaning,
)
from shop.taps.menu_names import product_sku
from storage.models import Product, WorkflowTemplate


def resolve_reply_id(session: Session, reply_id: str) -> Meaning | None:
    """The meaning of a reply id, as docs/menus.md lists them; None if it means nothing.

    Queries the database only for ids that the cache does not know.
    """
    now = cache.current_menus(session)
    return reply_meaning(reply_id, now.names, now.skus) or _just_made(session, reply_id)


def _just_made(session: Session, reply_id: str) -> Meaning | None:
    menus = session.scalars(
        select(WorkflowTemplate.template_name).where(
            WorkflowTemplate.template_name.in_(_names_in(reply_id)), WorkflowTemplate.is_active
        )
    )
    # The value after an intent may also be a product: `faq_price:coffee`.
    value = product_sku(reply_id.partition(":")[2])
    named = {product_sku(reply_id), value, value.partition("#")[0]}
    skus = session.scalars(select(Product.sku).where(Product.sku.in_(named)))
    return reply_meaning(reply_id, menus.all(), skus.all())


def _names_in(reply_id: str) -> set[str]:
    """The parts of an id that may name a menu: all of it, `show_menu:offers`, `more:offers:2`."""
    value = reply_id.partition(":")[2]
    return {reply_id, value, value.rpartition(":")[0]}


def of_payload(payload: str) -> str:
    """The reply id for a payload: `/track_order{"order_id": "ORD-1"}` → `track_order:ORD-1`."""
    meaning = Meaning.from_text(payload)
    intent, entities = meaning.intent, meaning.entities
    if not entities:
        return intent
    return offered_id(intent, entities) or f"{intent}:{entities[ENTITY_OF[intent]]}"
