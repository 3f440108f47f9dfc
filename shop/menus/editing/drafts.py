"""Drafts of menus, publishing them, and returning to an older version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, make_transient

from settings.errors import DocstringError
from shop.menus.editing.differences import describe_differences
from shop.menus.editing.older_words import mark_published
from shop.menus.editing.review import Finding, has_errors, review_menu
from shop.menus.kinds import as_kind, without_waiting_parts
from shop.menus.last_good_version import Interactive
from storage.advisory_locks import AdvisoryLock, lock_until_commit
from storage.models import (
    MenuDraft,
    Staff,
    TemplateType,
    WorkflowTemplate,
    WorkflowTemplateVersion,
)


class Outdated(DocstringError):
    """Somebody else changed this draft meanwhile. Here is what it looks like now."""


class Overtaken(DocstringError):
    """The menu was published or changed by somebody else since this draft was begun."""


class Unfit(Exception):
    """The menu has errors and cannot be published."""

    def __init__(self, found: list[Finding]) -> None:
        super().__init__(self.__doc__)
        self.findings = found


@dataclass(frozen=True)
class Content:
    """Everything that an editor can change."""

    template_name: str
    template_type: TemplateType
    trigger_keywords: list[str]
    menu_structure: Interactive
    is_active: bool
    translations: dict[str, Any]


def find_draft(session: Session, key: UUID) -> MenuDraft | None:
    """The draft with this id, or of the published menu with this id."""
    return session.scalars(
        select(MenuDraft).where(or_(MenuDraft.id == key, MenuDraft.template_id == key))
    ).first()


def draft_of(session: Session, somebody: Staff, template: WorkflowTemplate) -> MenuDraft:
    """A draft that copies a published menu. It is stored with its first change."""
    return MenuDraft(
        id=template.id,
        template_id=template.id,
        based_on=latest_version(session, template),
        revision=0,
        changed_by=somebody.name,
        **vars(content_of(template)),
    )


def new_draft(somebody: Staff, kind: TemplateType, key: UUID) -> MenuDraft:
    """A draft of an empty menu of this kind. It is stored with its first change."""
    return MenuDraft(
        id=key,
        revision=0,
        template_name="",
        template_type=kind,
        trigger_keywords=[],
        menu_structure=as_kind({"body": {"text": ""}}, kind),
        translations={},
        changed_by=somebody.name,
        is_active=True,
    )


def save_draft(
    session: Session, somebody: Staff, draft: MenuDraft, revision: int, content: Content
) -> None:
    """Saves the editor's content; a published menu keeps its name, since other menus link to it.

    A draft that equals the published menu is deleted.

    Raises:
        Outdated
    """
    is_stored = draft in session
    if is_stored:
        session.refresh(draft, with_for_update=True)
        if draft.revision != revision:
            raise Outdated
    empty = (
        None
        if draft.template_id
        else content_of(new_draft(somebody, draft.template_type, draft.id))
    )
    write_content(draft, content)
    draft.changed_by = somebody.name
    draft.revision += 1
    if _is_changed(session, draft, empty):
        session.add(draft)
        session.flush()
    elif is_stored:
        session.delete(draft)
        session.flush()
        make_transient(draft)


def write_content(draft: MenuDraft, content: Content) -> None:
    """Puts the editor's content into a draft."""
    if draft.template_id is None:
        draft.template_name = content.template_name
    draft.template_type = content.template_type
    draft.trigger_keywords = content.trigger_keywords
    draft.menu_structure = content.menu_structure
    draft.is_active = content.is_active
    draft.translations = content.translations


def _is_changed(session: Session, draft: MenuDraft, empty: Content | None) -> bool:
    """Whether a draft holds anything that the menu does not, or anything at all if it is new."""
    if empty is not None:
        return bool(describe_differences(empty, draft))
    live = session.get(WorkflowTemplate, draft.template_id)
    return live is None or bool(describe_differences(live, draft))


def publish_draft(
    session: Session, draft: MenuDraft, *, replace: int | None = None
) -> WorkflowTemplate:
    """Makes the draft what customers see; `replace` is the version that may be overwritten.

    Raises:
        Unfit, Overtaken
    """
    lock_until_commit(session, AdvisoryLock.MENU_PUBLICATION)
    template = session.get(WorkflowTemplate, draft.template_id) if draft.template_id else None
    if template and latest_version(session, template) not in (draft.based_on, replace):
        raise Overtaken
    content = to_publish(draft)
    _refuse_errors(session, content, is_new=template is None)
    published = put_menu(session, template, content)
    session.delete(draft)
    session.flush()
    return published


def change_keywords(session: Session, template: WorkflowTemplate, keywords: list[str]) -> None:
    """Changes the keywords of a live menu, and nothing else of it.

    Raises:
        Unfit
    """
    lock_until_commit(session, AdvisoryLock.MENU_PUBLICATION)
    session.refresh(template)
    content = replace(content_of(template), trigger_keywords=keywords)
    _refuse_errors(session, content, is_new=False)
    put_menu(session, template, content)


def roll_back_menu(session: Session, version: WorkflowTemplateVersion) -> WorkflowTemplate:
    """Publishes an old version again, as a new one; a menu that was deleted comes back.

    Raises:
        Unfit
    """
    lock_until_commit(session, AdvisoryLock.MENU_PUBLICATION)
    named = select(WorkflowTemplate).where(WorkflowTemplate.template_name == version.template_name)
    template = session.scalars(named).first()
    content = content_of(version)
    _refuse_errors(session, content, is_new=template is None)
    return put_menu(session, template, content)


def put_menu(
    session: Session, template: WorkflowTemplate | None, content: Content
) -> WorkflowTemplate:
    """Writes the menu; a trigger stores the version."""
    if template:
        mark_published(session, content_of(template), content)
    template = template or WorkflowTemplate()
    for field, value in vars(content).items():
        setattr(template, field, value)
    session.add(template)
    session.flush()
    return template


def content_of(menu: WorkflowTemplate | WorkflowTemplateVersion | MenuDraft) -> Content:
    """The content of a menu."""
    kind: TemplateType = menu.template_type  # type: ignore[assignment]
    return Content(
        template_name=menu.template_name,
        template_type=kind,
        trigger_keywords=list(menu.trigger_keywords),
        menu_structure=menu.menu_structure,
        is_active=menu.is_active,
        translations=dict(menu.translations),
    )


def to_publish(draft: MenuDraft) -> Content:
    """The part of a draft that is published, without data kept for other menu types."""
    return change_structures(content_of(draft), without_waiting_parts)


def change_structures(content: Content, change: Callable[[Any], Any]) -> Content:
    """The content after a change of the menu's structure and of each translation's."""
    translations = {code: change(each) for code, each in content.translations.items()}
    structure = change(content.menu_structure)
    return replace(content, menu_structure=structure, translations=translations)


def latest_version(session: Session, template: WorkflowTemplate) -> int | None:
    """The number of the version that is live."""
    newest = func.max(WorkflowTemplateVersion.version)
    return session.scalar(select(newest).where(WorkflowTemplateVersion.template_id == template.id))


def list_versions(session: Session, name: str) -> Sequence[WorkflowTemplateVersion]:
    """Every version that a menu of this name ever had, the newest first."""
    return session.scalars(
        select(WorkflowTemplateVersion)
        .where(WorkflowTemplateVersion.template_name == name)
        .order_by(WorkflowTemplateVersion.id.desc())
    ).all()


def _refuse_errors(session: Session, content: Content, *, is_new: bool) -> None:
    found = review_menu(session, content, is_new=is_new)
    if has_errors(found):
        raise Unfit(found)
