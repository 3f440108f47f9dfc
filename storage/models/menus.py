"""Menus as they are sent, with all their versions."""

from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import (
    Base,
    Dated,
    Json,
    JsonObject,
    Now,
    NumberKey,
    Texts,
    UuidKey,
    Yes,
    among,
)

TemplateType = Literal["button", "list", "flow"]
Change = Literal["created", "changed", "deleted"]


class WorkflowTemplate(Dated, Base):
    """A menu: `menu_structure` is the complete `interactive` object of WhatsApp's Graph API.

    `translations` holds the same object by language code (`{"hi": {...}}`).
    """

    __tablename__ = "workflow_templates"
    __table_args__ = (
        CheckConstraint(among("template_type", "button", "list", "flow"), name="template_type"),
    )

    id: Mapped[UuidKey]
    template_name: Mapped[str] = mapped_column(unique=True)
    template_type: Mapped[TemplateType] = mapped_column(Text())
    trigger_keywords: Mapped[Texts]
    menu_structure: Mapped[Json]
    is_active: Mapped[Yes]
    translations: Mapped[JsonObject]


class WorkflowTemplateVersion(Base):
    """A version of a menu, after a change or before its deletion; written by a trigger.

    `changed_by` is the setting `shop.staff` of the transaction (`SET LOCAL shop.staff = 'Asha'`),
    else the database's user.
    """

    __tablename__ = "workflow_template_versions"
    __table_args__ = (UniqueConstraint("template_id", "version"),)

    id: Mapped[NumberKey]
    # No foreign key: the versions outlive their menu.
    template_id: Mapped[UUID]
    version: Mapped[int]
    change: Mapped[Change] = mapped_column(Text())
    template_name: Mapped[str] = mapped_column(index=True)
    template_type: Mapped[str]
    trigger_keywords: Mapped[list[str]]
    menu_structure: Mapped[Json]
    is_active: Mapped[bool]
    translations: Mapped[Json]
    changed_by: Mapped[str]
    changed_at: Mapped[Now]


class MenuProblem(Base):
    """Why an active menu is not shown as written; deleted when it is fixed.

    `version` is the faulty one; `is_shown` says whether an older version, or the valid part of this
    one, is shown instead. Each process that reads the menus writes it (shop/menus/reports.py).
    """

    __tablename__ = "menu_problems"

    # No foreign key: menus may be truncated.
    template_id: Mapped[UUID] = mapped_column(primary_key=True)
    template_name: Mapped[str]
    version: Mapped[int | None]
    reason: Mapped[str]
    is_shown: Mapped[bool]
    found_at: Mapped[Now]
