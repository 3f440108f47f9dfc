"""The editor: saves a draft while typing, and shows a preview."""

from uuid import UUID, uuid4

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.menus import editor_view
from console.menus.editor_view import EditConflict
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.menus.editing import drafts
from shop.menus.editing.differences import describe_differences
from shop.menus.editing.drafts import Overtaken, Unfit
from shop.menus.kinds import KINDS
from shop.taps import menu_names
from storage.models import MenuDraft, WorkflowTemplate


def begin_draft_view(desk: RequestContext) -> Response:
    """Opens the editor of a menu; the first change stores a draft."""
    named = WorkflowTemplate.template_name == desk.path("name")
    template = desk.session.scalars(select(WorkflowTemplate).where(named)).first()
    if template is None:
        raise NotFound("menu")
    return desk.go(f"/menus/drafts/{template.id}")


def begin_new_menu_view(desk: RequestContext) -> Response:
    """Opens the editor of a new menu."""
    kind = desk.form.text("kind")
    if kind not in KINDS:
        raise Refused(400, "Choose buttons, a list or a Flow.")
    return desk.go(f"/menus/new/{kind}/{uuid4()}")


def show_editor(desk: RequestContext) -> Response:
    """The editor, with a translation if the address names its language."""
    draft, wanted = _draft(desk), desk.query("language")
    language = wanted if wanted in draft.translations else ""
    return desk.page("menus/editor.html", **editor_view.editor_values(desk, draft, language))


def save_draft_view(desk: RequestContext) -> Response:
    """Saves what was typed; the field `do` names an operation on the form, too."""
    draft = _draft(desk)
    try:
        language = _keep(desk, draft)
    except EditConflict as conflict:
        return _show_both(desk, conflict)
    if not desk.is_htmx:
        return desk.go(_path(desk) + (f"?language={language}" if language else ""))
    part = "workbench" if desk.form.text("do") else "outcome"
    return desk.part(f"menus/{part}.html", **editor_view.editor_values(desk, draft, language))


def publish_menu_view(desk: RequestContext) -> Response:
    """Saves what was typed and publishes it."""
    draft = _draft(desk)
    try:
        language = _keep(desk, draft)
    except EditConflict as conflict:
        return _show_both(desk, conflict)
    if draft.template_id and draft not in desk.session:
        raise Refused(409, "Nothing is changed yet.")
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
    """Deletes the draft; the published menu stays."""
    draft = _draft(desk)
    name = draft.template_name if draft.template_id else ""
    if draft in desk.session:
        desk.record("discarded the draft of", draft.template_name)
        desk.session.delete(draft)
    return desk.go(f"/menus/{name}" if name else "/menus", "The draft is gone.")


def _keep(desk: RequestContext, draft: MenuDraft) -> str:
    """Saves the form into the draft, and logs a draft's first change; returns the language."""
    was_stored = draft in desk.session
    language = editor_view.save_draft_form(desk, draft)
    if not was_stored and draft in desk.session:
        desk.record("edited the menu", draft.template_name)
    return language


def _show_both(desk: RequestContext, conflict: EditConflict) -> Response:
    """The editor with what was typed, and beside it what somebody else has saved meanwhile."""
    values = editor_view.conflict_values(desk, conflict)
    if desk.is_htmx:
        part = "workbench" if desk.form.text("do") else "outcome"
        return desk.part(f"menus/{part}.html", **values)
    return desk.page("menus/editor.html", 409, **values)


def _changes(desk: RequestContext, draft: MenuDraft) -> list[str]:
    """The changes that publishing makes, in words for the log."""
    live = desk.session.get(WorkflowTemplate, draft.template_id) if draft.template_id else None
    return describe_differences(live, drafts.to_publish(draft)) if live else ["New menu"]


def _draft(desk: RequestContext) -> MenuDraft:
    """The draft that the address names; if none is stored yet, a new one that is not stored.

    Raises:
        NotFound: the address names no draft, menu or kind of menu.
    """
    key: UUID = desk.path("draft_id")
    if draft := drafts.find_draft(desk.session, key):
        return draft
    if template := desk.session.get(WorkflowTemplate, key):
        draft = drafts.draft_of(desk.session, desk.staff, template)
        # The form's version, since the menu may have a newer one meanwhile.
        draft.based_on = desk.form.number("based_on") or draft.based_on
        return draft
    kind = desk.request.path_params.get("kind")
    if kind not in KINDS:
        raise NotFound("draft")
    return drafts.new_draft(desk.staff, kind, key)


def _path(desk: RequestContext) -> str:
    """The path of the editor's page."""
    return desk.request.url.path.removesuffix("/publish").removesuffix("/discard")


def _editor_routes(prefix: str) -> list[Route]:
    """The routes of a draft's page and its changes."""
    return [
        Route(prefix, staff_page(show_editor, "owner"), methods=["GET"]),
        Route(prefix, staff_change(save_draft_view, "owner", audited=False), methods=["POST"]),
        Route(
            f"{prefix}/publish",
            # If two people have changed the draft, nothing is published.
            staff_change(publish_menu_view, "owner"),
            methods=["POST"],
        ),
        Route(
            f"{prefix}/discard",
            staff_change(discard_draft, "owner", audited=False),
            methods=["POST"],
        ),
    ]


ROUTES = [
    # Not audited: opening the editor changes nothing.
    Route(
        "/menus/drafts", staff_change(begin_new_menu_view, "owner", audited=False), methods=["POST"]
    ),
    *_editor_routes("/menus/drafts/{draft_id:uuid}"),
    *_editor_routes("/menus/new/{kind}/{draft_id:uuid}"),
    Route(
        "/menus/{name}/edit",
        staff_change(begin_draft_view, "owner", audited=False),
        methods=["POST"],
    ),
]
