"""Views of menus: the list, one menu with its versions, and the map of all."""

from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.menus import drawing
from console.menus.editor import ROUTES as EDITOR
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.menus import link_map, reports, shown, targets
from shop.menus.editing import drafts as menu_drafts
from shop.menus.editing import older_words
from shop.menus.editing.differences import describe_differences
from shop.menus.editing.drafts import Unfit, content_of
from shop.menus.editing.preview import as_shown
from shop.menus.editing.review import has_errors, review_menu
from shop.menus.shape import shape_menu
from shop.opening.reading import read_settings
from shop.taps import menu_names
from storage.models import MenuDraft, Product, WorkflowTemplate, WorkflowTemplateVersion

MOST_VERSIONS = 50
# When the bot opens a menu without being asked for it by a keyword or a tap.
_OPENED = {
    menu_names.MAIN: "when somebody greets or is lost",
    menu_names.CATALOGUE: "when somebody wants to order",
    menu_names.SUPPORT: "when somebody needs help",
}


@dataclass(frozen=True)
class Step:
    """A version with what it changed; `is_live`: customers see this version."""

    version: WorkflowTemplateVersion
    changes: list[str]
    is_live: bool


def show_menus(desk: RequestContext) -> Response:
    """All menus, the live ones first, with their problems and drafts."""
    order = (WorkflowTemplate.is_active.desc(), WorkflowTemplate.template_name)
    templates = desk.session.scalars(select(WorkflowTemplate).order_by(*order)).all()
    drafts = desk.session.scalars(select(MenuDraft).order_by(MenuDraft.updated_at.desc())).all()
    values: dict[str, Any] = {
        "templates": templates,
        "findings": {t.id: review_menu(desk.session, t) for t in templates if t.is_active},
        "drafts": {draft.template_id: draft for draft in drafts if draft.template_id},
        "new_drafts": [draft for draft in drafts if draft.template_id is None],
        "older": older_words.older_languages(desk.session),
        "drawn": link_map.draw_link_map(desk.session),
        "added": {t.id: _added(desk, t) for t in templates if t.is_active},
        "problems": {p.template_id: p for p in reports.reported_problems(desk.session)},
    }
    return desk.page("menus/index.html", **values)


def show_menu(desk: RequestContext) -> Response:
    """A menu as customers see it, the menus that link to it, and its versions."""
    name = desk.path("name")
    template = _template(desk, name)
    steps = _steps(desk, name, template)
    if template is None and not steps:
        raise NotFound("menu")
    drawn = link_map.draw_link_map(desk.session)
    problem = reports.problem_of(desk.session, template) if template else None
    values: dict[str, Any] = {
        "name": name,
        "shop_name": read_settings(desk.session).shop_name,
        "template": template,
        "problem": problem,
        "shown": _shown(desk, template, stands_in=problem is not None) if template else None,
        "findings": review_menu(desk.session, template) if template else [],
        "older": older_words.older_languages(desk.session).get(name, set()),
        "leading": link_map.leading_to(drawn, name),
        "built_in": _OPENED,
        "greeting_menu": menu_names.MAIN,
        "node": drawn.get(name),
        "added": _added(desk, template) if template else [],
        "said": partial(targets.said_among, targets.target_groups(desk.session)),
        "steps": steps,
    }
    return desk.page("menus/menu.html", **values)


def show_map(desk: RequestContext) -> Response:
    """The map of all menus and links, as a picture and in words."""
    drawn = link_map.draw_link_map(desk.session)
    values: dict[str, Any] = {
        "picture": drawing.draw_picture(drawn),
        "drawn": drawn,
        "reached": link_map.reachable_menus(drawn),
        "said": partial(targets.said_among, targets.target_groups(desk.session)),
    }
    return desk.page("menus/map.html", **values)


def show_version(desk: RequestContext, refused: Unfit | None = None) -> Response:
    """An old version, and what publishing it again would change."""
    version = _version(desk)
    template = _template(desk, version.template_name)
    found = review_menu(desk.session, content_of(version), is_new=template is None)
    values: dict[str, Any] = {
        "version": version,
        "shop_name": read_settings(desk.session).shop_name,
        "shown": as_shown(desk.session, version.template_name, version.menu_structure),
        "changes": describe_differences(template, version) if template else ["The menu comes back"],
        "findings": found,
        "blocked": has_errors(found),
        "refused": str(refused or ""),
    }
    return desk.page("menus/version.html", 422 if refused else 200, **values)


def roll_back_view(desk: RequestContext) -> Response:
    """Publishes an old version again."""
    version = _version(desk)
    try:
        menu_drafts.roll_back_menu(desk.session, version)
    except Unfit as unfit:
        return show_version(desk, unfit)
    desk.record("rolled back the menu", version.template_name, to_version=version.version)
    name = version.template_name
    return desk.go(
        f"/menus/{name}",
        f"{menu_names.title_of_menu(name)} is as it was in version {version.version}.",
    )


def _steps(desk: RequestContext, name: str, template: WorkflowTemplate | None) -> list[Step]:
    kept = menu_drafts.list_versions(desk.session, name)[: MOST_VERSIONS + 1]
    steps = []
    for version, before in zip_longest(kept, kept[1:]):
        changes = describe_differences(before, version) if before else ["First version"]
        is_live = bool(template) and version is kept[0]
        steps.append(Step(version, changes, is_live))
    return steps[:MOST_VERSIONS]


def _shown(desk: RequestContext, template: WorkflowTemplate, *, stands_in: bool) -> Any:
    """The menu as customers see it; `stands_in`: they see another one in its place."""
    if stands_in:
        return shown.render_menu(desk.session, template.template_name)
    return as_shown(desk.session, template.template_name, template.menu_structure)


def _added(desk: RequestContext, template: WorkflowTemplate) -> list[Product]:
    structure = shape_menu(template.menu_structure)
    return shown.added_products(desk.session, template.template_name, structure)


def _template(desk: RequestContext, name: str) -> WorkflowTemplate | None:
    named = WorkflowTemplate.template_name == name
    return desk.session.scalars(select(WorkflowTemplate).where(named)).first()


def _version(desk: RequestContext) -> WorkflowTemplateVersion:
    return desk.find_row(WorkflowTemplateVersion, "version_id", "version")


ROUTES = [
    Route("/menus", staff_page(show_menus, "owner"), methods=["GET"]),
    Route("/menus/map", staff_page(show_map, "owner"), methods=["GET"]),
    *EDITOR,
    Route("/menus/versions/{version_id:row}", staff_page(show_version, "owner"), methods=["GET"]),
    Route(
        "/menus/versions/{version_id:row}", staff_change(roll_back_view, "owner"), methods=["POST"]
    ),
    Route("/menus/{name}", staff_page(show_menu, "owner"), methods=["GET"]),
]
