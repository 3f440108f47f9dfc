"""Views of categories: one form with their names in every language and their order."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.menus.editor_view import language_name
from console.request_context import RequestContext
from shop.menus.editing import product_rows
from shop.products.editing import categories
from shop.products.editing.categories import NotEmpty
from shop.products.editing.fields import other_languages
from shop.products.editing.product_editing import Unfit
from storage.models import Category

_NEW = "new"
Problems = dict[str, dict[str, str]]


def show_categories(desk: RequestContext, problems: Problems | None = None) -> Response:
    """The form with all categories; with problems it shows what was typed, problems by row."""
    listed = categories.list_categories(desk.session)
    typed = {str(one.category.id): categories.spell_category(one.category) for one in listed}
    typed[_NEW] = dict.fromkeys(["name", *(f"name.{code}" for code in other_languages())], "")
    if problems:
        typed = {key: _typed(desk, key) or spelled for key, spelled in typed.items()}
    values: dict[str, Any] = {
        "listed": listed,
        "typed": typed,
        "problems": problems or {},
        "languages": {code: language_name(code) for code in other_languages()},
    }
    return desk.page("products/categories.html", 422 if problems else 200, **values)


def save_categories(desk: RequestContext) -> Response:
    """Saves all names and the new category; then moves or deletes one, if its button was tapped."""
    problems: Problems = {}
    tried = desk.session.begin_nested()
    for one in categories.ordered_categories(desk.session):
        if reasons := _save(desk, one):
            problems[str(one.id)] = reasons
    typed = _typed(desk, _NEW) or {}
    if any(typed.values()):
        try:
            added = categories.add_category(desk.session, typed["name"], _translations(typed))
            desk.record("added the category", added.name)
        except Unfit as unfit:
            problems[_NEW] = unfit.problems
    if not problems:
        problems = _act(desk)
    if problems:
        tried.rollback()
        return show_categories(desk, problems)
    tried.commit()
    notice = "Saved." if desk.recorded else "Nothing was changed."
    return desk.go("/products/categories", notice)


def _save(desk: RequestContext, category: Category) -> dict[str, str]:
    """Writes the names of one category; returns their problems by field."""
    typed = _typed(desk, str(category.id))
    if typed is None or typed == categories.spell_category(category):
        return {}
    before = category.name
    try:
        changed = categories.change_category(
            desk.session, category, typed["name"], _translations(typed)
        )
    except Unfit as unfit:
        return unfit.problems
    if "name" in changed:
        product_rows.rename_sections(desk.session, before, category.name)
    was = {key: values[0] for key, values in changed.items()}
    now = {key: values[1] for key, values in changed.items()}
    desk.record("changed the category", category.name, before=was, after=now)
    return {}


def _act(desk: RequestContext) -> Problems:
    """Moves a category up or down, or deletes it; returns the problems."""
    for action in ("up", "down", "delete"):
        key = desk.form.number(action)
        category = desk.session.get(Category, key) if key else None
        if category is None:
            continue
        if action != "delete":
            categories.shift_category(desk.session, category, -1 if action == "up" else 1)
            desk.record("moved the category", category.name)
            return {}
        try:
            categories.delete_category(desk.session, category)
        except NotEmpty as full:
            return {str(category.id): {"name": str(full)}}
        desk.record("deleted the category", category.name)
    return {}


def _typed(desk: RequestContext, key: str) -> dict[str, str] | None:
    """The typed names of a row; None if the row was not on the page."""
    if not desk.form.flag(f"{key}.name"):
        return None
    columns = ["name", *(f"name.{code}" for code in other_languages())]
    return {column: desk.form.text(f"{key}.{column}") for column in columns}


def _translations(typed: dict[str, str]) -> dict[str, str]:
    return {code: typed[f"name.{code}"] for code in other_languages()}


ROUTES = [
    Route("/products/categories", staff_page(show_categories, "owner"), methods=["GET"]),
    Route(
        "/products/categories",
        staff_change(save_categories, "owner", audited=False),
        methods=["POST"],
    ),
]
