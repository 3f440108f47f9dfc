"""The initial data of a new shop; it can be read without a database, and is applied once."""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection, exists, select, text
from sqlalchemy.dialects.postgresql import insert

from storage.models import (
    Base,
    CannedReply,
    FaqAnswer,
    Product,
    SeedApplied,
    WorkflowTemplate,
)

DIRECTORY = Path(__file__).parent


@dataclass(frozen=True)
class MenuSeed:
    """A row of `workflow_templates`."""

    template_name: str
    template_type: str
    trigger_keywords: list[str]
    menu_structure: dict[str, Any]
    translations: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ProductSeed:
    """A row of `seed_products`; its place in the file is its position."""

    sku: str
    name: str
    emoji: str
    description: str
    category: str
    price: Decimal
    aliases: list[str]
    position: int


@dataclass(frozen=True)
class AnswerSeed:
    """A row of `faq_answers`; its place in the file is its position.

    formerly: the texts of older versions, which shops may still have in their tables.
    """

    topic: str
    answer: str
    translations: dict[str, str]
    position: int
    formerly: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """The columns of the table's row."""
        return {name: value for name, value in asdict(self).items() if name != "formerly"}


@dataclass(frozen=True)
class ReplySeed:
    """A row of `canned_replies`; `words` by language code."""

    name: str
    words: dict[str, str]


def seed_menus() -> list[MenuSeed]:
    """The menus of storage/seeds: greeting.yml has the main menu, menus.yml the others."""
    return [
        MenuSeed(**entry) for entry in (*_read_seeds("greeting.yml"), *_read_seeds("menus.yml"))
    ]


def seed_products() -> list[ProductSeed]:
    """The products of storage/seeds/products.yml, in the order of the file."""
    return [
        ProductSeed(**{**entry, "price": Decimal(entry["price"])}, position=position)
        for position, entry in enumerate(_read_seeds("products.yml"), start=1)
    ]


def seed_answers() -> list[AnswerSeed]:
    """The answers of storage/seeds/answers.yml, in the order of the file."""
    entries = enumerate(_read_seeds("answers.yml"), start=1)
    return [AnswerSeed(**entry, position=position) for position, entry in entries]


def seed_replies() -> list[ReplySeed]:
    """The replies at hand of storage/seeds/replies.yml."""
    return [ReplySeed(**entry) for entry in _read_seeds("replies.yml")]


def apply_seeds(connection: Connection) -> None:
    """Applies each seed once.

    A row that the owner made under the same name stays as it is, and one that the owner deleted
    stays deleted: `seeds_applied` decides, not whether the row exists.
    """
    for menu in seed_menus():
        free = {"trigger_keywords": _free_keywords(connection, menu)}
        _sow_one(connection, WorkflowTemplate, menu.template_name, {**asdict(menu), **free})
    for product in seed_products():
        _sow_one(connection, Product, product.sku, asdict(product))
    for answer in seed_answers():
        _sow_one(connection, FaqAnswer, answer.topic, answer.as_row())
    # A shop that has made its own keeps to them: they are twenty at most.
    has_own = bool(connection.scalar(select(exists().where(CannedReply.id.is_not(None)))))
    for reply in seed_replies():
        _sow_one(connection, CannedReply, reply.name, asdict(reply), is_wanted=not has_own)


def _free_keywords(connection: Connection, menu: MenuSeed) -> list[str]:
    """The menu's keywords without those that the owner gave to other menus."""
    free = """
        SELECT word FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS own (word, place)
        WHERE NOT EXISTS (
            SELECT FROM workflow_templates, unnest(trigger_keywords) AS taken
            WHERE is_active AND keyword_form(taken) = keyword_form(word))
        ORDER BY place
    """
    return list(connection.scalars(text(free), {"words": menu.trigger_keywords}))


def _sow_one(
    connection: Connection,
    model: type[Base],
    name: str,
    row: dict[str, Any],
    *,
    is_wanted: bool = True,
) -> None:
    applied = (
        insert(SeedApplied)
        .values(kind=model.__tablename__, name=name)
        .on_conflict_do_nothing()
        .returning(SeedApplied.name)
    )
    # A second process waits here for the first commit, and then has nothing to do.
    if connection.scalar(applied) and is_wanted:
        connection.execute(insert(model).values(row).on_conflict_do_nothing())


def _read_seeds(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((DIRECTORY / name).read_text("utf-8"))
    return entries
