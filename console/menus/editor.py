"""The editor: a draft is kept as one types, and shown on a phone beside it."""

from uuid import UUID

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.menus import bench
from console.menus.operations import KINDS
from console.refusals import NotFound, Refused
from shop import menu_editing, menu_names
from shop.menu_differences import differences
from shop.menu_editing import Overtaken, Unfit
from storage.models import MenuDraft, WorkflowTemplate


def begin(desk: Desk) -> Response:
    """Opens the draft of a menu."""
    named = WorkflowTemplate.template_name == desk.path("name")
    template = desk.session.scalars(select(WorkflowTemplate).where(named)).first()
    if template is None:
        raise NotFound("menu")
    draft = menu_editing.begin(desk.session, desk.staff, template)
    desk.record("edited the menu", template.template_name)
    return desk.go(_path(draft))


def begin_new(desk: Desk) -> Response:
    """Opens the draft of a new menu."""
    kind = desk.form.text("kind")
    if kind not in KINDS:
        raise Refused(400, "Choose buttons, a list or a Flow.")
    draft = menu_editing.begin_new(desk.session, desk.staff, kind)  # type: ignore[arg-type]
    desk.record("began a menu", draft.template_name, kind=kind)
    return desk.go(_path(draft))


def show(desk: Desk) -> Response:
    """The editor, of a translation where the address names one."""
    draft, wanted = _draft(desk), desk.query("language")
    language = wanted if wanted in draft.translations else ""
    return desk.page("menus/editor.html", **bench.values(desk, draft, language))


def save(desk: Desk) -> Response:
    """Keeps what was typed; a button's `do` changes the form itself, too."""
    draft = _draft(desk)
    language = bench.keep(desk, draft)
    if not desk.is_htmx:
        return desk.go(_path(draft) + (f"?language={language}" if language else ""))
    part = "workbench" if desk.form.text("do") else "outcome"
    return desk.part(f"menus/{part}.html", **bench.values(desk, draft, language))


def publish(desk: Desk) -> Response:
    """Keeps what was typed and makes it live."""
    draft = _draft(desk)
    language = bench.keep(desk, draft)
    changed = _changes(desk, draft)
    try:
        replace = desk.form.number("replace")
        published = menu_editing.publish(desk.session, draft, replace=replace)
    except (Unfit, Overtaken) as refused:
        values = bench.values(desk, draft, language)
        return desk.page("menus/editor.html", 422, refused=str(refused), **values)
    desk.record("published the menu", published.template_name, changes=changed)
    name = published.template_name
    return desk.go(
        f"/menus/{name}", f"{menu_names.title(name)} is live: customers see it within five seconds."
    )


def discard(desk: Desk) -> Response:
    """Throws the draft away; what is published stays."""
    draft = _draft(desk)
    desk.record("discarded the draft of", draft.template_name)
    desk.session.delete(draft)
    name = draft.template_name if draft.template_id else ""
    return desk.go(f"/menus/{name}" if name else "/menus", "The draft is gone.")


def _changes(desk: Desk, draft: MenuDraft) -> list[str]:
    """What publishing changes, for the log."""
    live = desk.session.get(WorkflowTemplate, draft.template_id) if draft.template_id else None
    return differences(live, menu_editing.to_publish(draft)) if live else ["New menu"]


def _draft(desk: Desk) -> MenuDraft:
    key: UUID = desk.path("draft_id")
    draft = desk.session.get(MenuDraft, key)
    if draft is None:
        raise NotFound("draft")
    return draft


def _path(draft: MenuDraft) -> str:
    return f"/menus/drafts/{draft.id}"


ROUTES = [
    Route("/menus/drafts", change(begin_new, "owner"), methods=["POST"]),
    Route("/menus/drafts/{draft_id:uuid}", screen(show, "owner"), methods=["GET"]),
    Route("/menus/drafts/{draft_id:uuid}", change(save, "owner", audited=False), methods=["POST"]),
    Route("/menus/drafts/{draft_id:uuid}/publish", change(publish, "owner"), methods=["POST"]),
    Route("/menus/drafts/{draft_id:uuid}/discard", change(discard, "owner"), methods=["POST"]),
    Route("/menus/{name}/edit", change(begin, "owner"), methods=["POST"]),
]
