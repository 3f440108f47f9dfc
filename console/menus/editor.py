"""The editor: saves a draft while typing, and shows a preview."""

from uuid import UUID

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.menus import editor_view
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.menus import drafts
from shop.menus.differences import describe_differences
from shop.menus.drafts import Overtaken, Unfit
from shop.menus.kinds import KINDS
from shop.taps import menu_names
from storage.models import MenuDraft, WorkflowTemplate


def begin_draft_view(desk: RequestContext) -> Response:
    """Opens the draft of a menu."""
    named = WorkflowTemplate.template_name == desk.path("name")
    template = desk.session.scalars(select(WorkflowTemplate).where(named)).first()
    if template is None:
        raise NotFound("menu")
    draft = drafts.begin_draft(desk.session, desk.staff, template)
    desk.record("edited the menu", template.template_name)
    return desk.go(_path(draft))


def begin_new_menu_view(desk: RequestContext) -> Response:
    """Opens the draft of a new menu."""
    kind = desk.form.text("kind")
    if kind not in KINDS:
        raise Refused(400, "Choose buttons, a list or a Flow.")
    draft = drafts.begin_new_draft(desk.session, desk.staff, kind)  # type: ignore[arg-type]
    desk.record("began a menu", draft.template_name, kind=kind)
    return desk.go(_path(draft))


def show_editor(desk: RequestContext) -> Response:
    """The editor, of a translation where the address names one."""
    draft, wanted = _draft(desk), desk.query("language")
    language = wanted if wanted in draft.translations else ""
    return desk.page("menus/editor.html", **editor_view.editor_values(desk, draft, language))


def save_draft_view(desk: RequestContext) -> Response:
    """Keeps what was typed; a button's `do` changes the form itself, too."""
    draft = _draft(desk)
    language = editor_view.keep_form(desk, draft)
    if not desk.is_htmx:
        return desk.go(_path(draft) + (f"?language={language}" if language else ""))
    part = "workbench" if desk.form.text("do") else "outcome"
    return desk.part(f"menus/{part}.html", **editor_view.editor_values(desk, draft, language))


def publish_menu_view(desk: RequestContext) -> Response:
    """Keeps what was typed and makes it live."""
    draft = _draft(desk)
    language = editor_view.keep_form(desk, draft)
    changed = _changes(desk, draft)
    try:
        replace = desk.form.number("replace")
        published = drafts.publish_draft(desk.session, draft, replace=replace)
    except (Unfit, Overtaken) as refused:
        values = editor_view.editor_values(desk, draft, language)
        return desk.page("menus/editor.html", 422, refused=str(refused), **values)
    desk.record("published the menu", published.template_name, changes=changed)
    name = published.template_name
    return desk.go(
        f"/menus/{name}",
        f"{menu_names.title_of_menu(name)} is live: customers see it within five seconds.",
    )


def discard_draft(desk: RequestContext) -> Response:
    """Throws the draft away; what is published stays."""
    draft = _draft(desk)
    desk.record("discarded the draft of", draft.template_name)
    desk.session.delete(draft)
    name = draft.template_name if draft.template_id else ""
    return desk.go(f"/menus/{name}" if name else "/menus", "The draft is gone.")


def _changes(desk: RequestContext, draft: MenuDraft) -> list[str]:
    """What publishing changes, for the log."""
    live = desk.session.get(WorkflowTemplate, draft.template_id) if draft.template_id else None
    return describe_differences(live, drafts.to_publish(draft)) if live else ["New menu"]


def _draft(desk: RequestContext) -> MenuDraft:
    key: UUID = desk.path("draft_id")
    draft = desk.session.get(MenuDraft, key)
    if draft is None:
        raise NotFound("draft")
    return draft


def _path(draft: MenuDraft) -> str:
    return f"/menus/drafts/{draft.id}"


ROUTES = [
    Route("/menus/drafts", staff_change(begin_new_menu_view, "owner"), methods=["POST"]),
    Route("/menus/drafts/{draft_id:uuid}", staff_page(show_editor, "owner"), methods=["GET"]),
    Route(
        "/menus/drafts/{draft_id:uuid}",
        staff_change(save_draft_view, "owner", audited=False),
        methods=["POST"],
    ),
    Route(
        "/menus/drafts/{draft_id:uuid}/publish",
        staff_change(publish_menu_view, "owner"),
        methods=["POST"],
    ),
    Route(
        "/menus/drafts/{draft_id:uuid}/discard",
        staff_change(discard_draft, "owner"),
        methods=["POST"],
    ),
    Route("/menus/{name}/edit", staff_change(begin_draft_view, "owner"), methods=["POST"]),
]
