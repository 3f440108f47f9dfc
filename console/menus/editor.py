"""The editor: a draft is kept as one types, and shown on a phone beside it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.menus.fields import content_from
from console.menus.operations import KINDS, operate
from console.refusals import NotFound, Refused
from shop import menu_editing, menu_limits, menu_map, menu_targets, menus
from shop.menu_differences import differences
from shop.menu_editing import Content, Outdated, Overtaken, Unfit
from shop.menu_findings import Finding, findings, has_errors
from shop.menu_preview import as_shown
from shop.menu_shape import shaped
from storage.models import MenuDraft, WorkflowTemplate, WorkflowTemplateVersion


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
    """The editor."""
    return desk.page("menus/editor.html", **editor_values(desk, _draft(desk)))


def save(desk: Desk) -> Response:
    """Keeps what was typed; a button's `do` changes the form itself, too."""
    draft, do = _draft(desk), desk.form.text("do")
    _keep(desk, draft, do)
    values = editor_values(desk, draft)
    if not desk.is_htmx:
        return desk.go(_path(draft))
    return desk.part("menus/workbench.html" if do else "menus/outcome.html", **values)


def publish(desk: Desk) -> Response:
    """Keeps what was typed and makes it live."""
    draft = _draft(desk)
    _keep(desk, draft, "")
    before = _live(desk, draft)
    changed = differences(before, draft) if before else ["New menu"]
    try:
        replace = desk.form.number("replace")
        published = menu_editing.publish(desk.session, draft, replace=replace)
    except (Unfit, Overtaken) as refused:
        values = editor_values(desk, draft)
        return desk.page("menus/editor.html", 422, refused=str(refused), **values)
    desk.record("published the menu", published.template_name, changes=changed)
    name = published.template_name
    return desk.go(f"/menus/{name}", f"{name} is live: customers see it within five seconds.")


def discard(desk: Desk) -> Response:
    """Throws the draft away; what is published stays."""
    draft = _draft(desk)
    desk.record("discarded the draft of", draft.template_name)
    desk.session.delete(draft)
    name = draft.template_name if draft.template_id else ""
    return desk.go(f"/menus/{name}" if name else "/menus", "The draft is gone.")


def editor_values(desk: Desk, draft: MenuDraft) -> dict[str, Any]:
    """Everything that the editor shows of a draft."""
    found = _findings(desk, draft)
    live, newest = _live(desk, draft), _newest(desk, draft)
    return {
        "draft": draft,
        "interactive": shaped(draft.menu_structure),
        "shown": as_shown(desk.session, draft.menu_structure),
        "findings": found,
        "by_path": {finding.path: finding.message for finding in reversed(found)},
        "blocked": has_errors(found),
        "changes": differences(live, draft) if live else None,
        "overtaken": newest if draft.template_id and newest != draft.based_on else None,
        "groups": menu_targets.groups(desk.session),
        "limits": menu_limits,
        "built_in": menu_map.BUILT_IN,
        "said": lambda reply_id: menu_targets.said(desk.session, reply_id),
    }


def _keep(desk: Desk, draft: MenuDraft, do: str) -> None:
    content = content_from(desk.form, draft)
    structure = operate(content.menu_structure, do)
    if do == "target":
        structure = _named_by_targets(desk, structure)
    kind: Any = structure.get("type", draft.template_type)
    kept = {**vars(content), "menu_structure": structure, "template_type": kind}
    revision = desk.form.number("revision") or 0
    try:
        menu_editing.save(desk.session, desk.staff, draft, revision, Content(**kept))
    except Outdated as outdated:
        raise Refused(409, f"{draft.changed_by}: {outdated} Load the page again.") from None


def _named_by_targets(desk: Desk, structure: dict[str, Any]) -> dict[str, Any]:
    """An option without words gets those of the product that it leads to."""
    products = menu_targets.products(desk.session)
    for path, option in menu_map.paths(structure):
        product = products.get(menus.product_sku(option["id"]))
        if product and not option["title"]:
            option["title"] = product.name
            if path.startswith("section") and not option.get("description"):
                option["description"] = menu_targets.described(product)
    return structure


def _findings(desk: Desk, draft: MenuDraft) -> list[Finding]:
    content = menu_editing.content_of(draft)
    return findings(desk.session, content, is_new=draft.template_id is None)


def _live(desk: Desk, draft: MenuDraft) -> WorkflowTemplate | None:
    return desk.session.get(WorkflowTemplate, draft.template_id) if draft.template_id else None


def _newest(desk: Desk, draft: MenuDraft) -> WorkflowTemplateVersion | int | None:
    live = _live(desk, draft)
    return menu_editing.latest_version(desk.session, live) if live else None


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
