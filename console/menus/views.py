"""The list of menus, one menu with its versions, and the map of all."""

from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.menus import drawing
from console.menus.editor import ROUTES as EDITOR
from console.refusals import NotFound
from shop import menu_editing, menu_map, menu_names, menu_reports, menu_targets, menus
from shop.menu_differences import differences
from shop.menu_editing import Unfit, content_of
from shop.menu_findings import findings, has_errors
from shop.menu_preview import as_shown
from shop.menu_shape import shaped
from storage.models import MenuDraft, Product, WorkflowTemplate, WorkflowTemplateVersion

MOST_VERSIONS = 50
# When the bot opens a menu without being asked for it by a keyword or a tap.
_OPENED = {
    menus.MAIN: "when somebody greets or is lost",
    menus.CATALOGUE: "when somebody wants to order",
    menus.SUPPORT: "when somebody needs help",
}


@dataclass(frozen=True)
class Step:
    """A version with what it changed; `is_live` where customers see just this."""

    version: WorkflowTemplateVersion
    changes: list[str]
    is_live: bool


def show_menus(desk: Desk) -> Response:
    """All menus, the ones that are shown first, with what is wrong and what is in work."""
    order = (WorkflowTemplate.is_active.desc(), WorkflowTemplate.template_name)
    templates = desk.session.scalars(select(WorkflowTemplate).order_by(*order)).all()
    drafts = desk.session.scalars(select(MenuDraft).order_by(MenuDraft.updated_at.desc())).all()
    values: dict[str, Any] = {
        "templates": templates,
        "findings": {t.id: findings(desk.session, t) for t in templates if t.is_active},
        "drafts": {draft.template_id: draft for draft in drafts if draft.template_id},
        "new_drafts": [draft for draft in drafts if draft.template_id is None],
        "drawn": menu_map.draw(desk.session),
        "added": {t.id: _added(desk, t) for t in templates if t.is_active},
        "problems": {p.template_id: p for p in menu_reports.problems(desk.session)},
    }
    return desk.page("menus/index.html", **values)


def show_menu(desk: Desk) -> Response:
    """A menu as customers see it, where it is reached from, and its versions."""
    name = desk.path("name")
    template = _template(desk, name)
    steps = _steps(desk, name, template)
    if template is None and not steps:
        raise NotFound("menu")
    drawn = menu_map.draw(desk.session)
    problem = menu_reports.problem_of(desk.session, template) if template else None
    values: dict[str, Any] = {
        "name": name,
        "template": template,
        "problem": problem,
        "shown": _shown(desk, template, stands_in=problem is not None) if template else None,
        "findings": findings(desk.session, template) if template else [],
        "leading": menu_map.leading_to(drawn, name),
        "built_in": _OPENED,
        "node": drawn.get(name),
        "added": _added(desk, template) if template else [],
        "said": partial(menu_targets.said_among, menu_targets.groups(desk.session)),
        "steps": steps,
    }
    return desk.page("menus/menu.html", **values)


def show_map(desk: Desk) -> Response:
    """Where taps lead, as a picture and in words."""
    drawn = menu_map.draw(desk.session)
    values: dict[str, Any] = {
        "picture": drawing.picture(drawn),
        "drawn": drawn,
        "reached": menu_map.reachable(drawn),
        "said": partial(menu_targets.said_among, menu_targets.groups(desk.session)),
    }
    return desk.page("menus/map.html", **values)


def show_version(desk: Desk, refused: Unfit | None = None) -> Response:
    """An old version, and what would change if it came back."""
    version = _version(desk)
    template = _template(desk, version.template_name)
    found = findings(desk.session, content_of(version), is_new=template is None)
    values: dict[str, Any] = {
        "version": version,
        "shown": as_shown(desk.session, version.template_name, version.menu_structure),
        "changes": differences(template, version) if template else ["The menu comes back"],
        "findings": found,
        "blocked": has_errors(found),
        "refused": refused,
    }
    return desk.page("menus/version.html", 422 if refused else 200, **values)


def roll_back(desk: Desk) -> Response:
    """Publishes an old version again."""
    version = _version(desk)
    try:
        menu_editing.roll_back(desk.session, version)
    except Unfit as unfit:
        return show_version(desk, unfit)
    desk.record("rolled back the menu", version.template_name, to_version=version.version)
    name = version.template_name
    return desk.go(
        f"/menus/{name}", f"{menu_names.title(name)} is as it was in version {version.version}."
    )


def _steps(desk: Desk, name: str, template: WorkflowTemplate | None) -> list[Step]:
    kept = menu_editing.versions(desk.session, name)[: MOST_VERSIONS + 1]
    steps = []
    for version, before in zip_longest(kept, kept[1:]):
        changes = differences(before, version) if before else ["First version"]
        is_live = bool(template) and version is kept[0]
        steps.append(Step(version, changes, is_live))
    return steps[:MOST_VERSIONS]


def _shown(desk: Desk, template: WorkflowTemplate, *, stands_in: bool) -> Any:
    """The menu as customers see it, where it cannot be shown as written."""
    if stands_in:
        return menus.shown(desk.session, template.template_name)
    return as_shown(desk.session, template.template_name, template.menu_structure)


def _added(desk: Desk, template: WorkflowTemplate) -> list[Product]:
    structure = shaped(template.menu_structure)
    return menus.additions(desk.session, template.template_name, structure)


def _template(desk: Desk, name: str) -> WorkflowTemplate | None:
    named = WorkflowTemplate.template_name == name
    return desk.session.scalars(select(WorkflowTemplate).where(named)).first()


def _version(desk: Desk) -> WorkflowTemplateVersion:
    version = desk.session.get(WorkflowTemplateVersion, desk.path("version_id"))
    if version is None:
        raise NotFound("version")
    return version


ROUTES = [
    Route("/menus", screen(show_menus, "owner"), methods=["GET"]),
    Route("/menus/map", screen(show_map, "owner"), methods=["GET"]),
    *EDITOR,
    Route("/menus/versions/{version_id:int}", screen(show_version, "owner"), methods=["GET"]),
    Route("/menus/versions/{version_id:int}", change(roll_back, "owner"), methods=["POST"]),
    Route("/menus/{name}", screen(show_menu, "owner"), methods=["GET"]),
]
