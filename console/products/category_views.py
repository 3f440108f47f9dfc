"""Views of categories: one form with their names in every language and their order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console import conflicts
from console.authentication import staff_change, staff_page
from console.menus.editor_view import language_name
from console.request_context import RequestContext
from console.translation import say
from shop.menus.editing.renaming import rename_sections
from shop.products.editing import categories
from shop.products.editing.categories import NotEmpty
from shop.products.editing.fields import other_languages
from shop.products.editing.product_editing import Unfit
from storage.models import Category

_NEW = "new"
# The fields of all rows, or their problems: `3.name`, `3.name.hi`, `new.name`.
Fields = dict[str, str]


def show_categories(
    desk: RequestContext, problems: Fields | None = None, typed: Fields | None = None
) -> Response:
    """The form with all categories; with problems it shows what was typed."""
    listed = categories.list_categories(desk.session)
    opened_with = _fields_of([one.category for one in listed])
    empty = {f"{_NEW}.{column}": "" for column in _columns()}
    values: dict[str, Any] = {
        "listed": listed,
        "opened_with": opened_with,
        "typed": {**opened_with, **empty, **(typed or {})},
        "problems": problems or {},
        "languages": {code: language_name(code) for code in other_languages()},
    }
    return desk.page("products/categories.html", 422 if problems else 200, **values)


def save_categories(desk: RequestContext) -> Response:
    """Saves all names and the new category; then moves or deletes one, if its button was tapped."""
    standing = categories.lock_categories(desk.session)
    now, sent = _fields_of(standing), _typed_fields(desk, standing)
    typed, problems = conflicts.merge_edits(desk.form, now, sent)
    problems |= _deleted_meanwhile(desk, standing, typed)
    tried = desk.session.begin_nested()
    if not problems:
        for one in standing:
            problems |= _save(desk, one, typed)
        problems = problems | _add(desk, typed) or _act(desk)
    if problems:
        tried.rollback()
        return show_categories(desk, problems, typed)
    tried.commit()
    notice = "Saved." if desk.recorded else "Nothing was changed."
    return desk.go("/products/categories", notice)


def _deleted_meanwhile(desk: RequestContext, standing: Sequence[Category], typed: Fields) -> Fields:
    """The problem of a row that was edited here and deleted elsewhere; it becomes the new row."""
    opened, form = conflicts.read_opened(desk.form), desk.form
    there = {str(one.id) for one in standing}
    for key in {name.partition(".")[0] for name in opened} - there:
        row = {column: form.text(f"{key}.{column}") for column in _columns()}
        is_edited = any(row[column] != opened.get(f"{key}.{column}") for column in row)
        if is_edited and not any(typed.get(f"{_NEW}.{column}") for column in _columns()):
            typed.update({f"{_NEW}.{column}": value for column, value in row.items()})
            gone = say("It is deleted meanwhile. Save again to add it.")
            return {f"{_NEW}.name": gone}
    return {}


def _save(desk: RequestContext, category: Category, typed: Fields) -> Fields:
    """Writes the names of one category; returns their problems by field."""
    row = _row(typed, str(category.id))
    if not row or row == categories.spell_category(category):
        return {}
    before = category.name
    try:
        changed = categories.change_category(
            desk.session, category, row["name"], _translations(row)
        )
    except Unfit as unfit:
        return _of_row(str(category.id), unfit.problems)
    if "name" in changed:
        rename_sections(desk.session, before, category.name)
    was = {key: values[0] for key, values in changed.items()}
    now = {key: values[1] for key, values in changed.items()}
    desk.record("changed the category", category.name, before=was, after=now)
    return {}


def _add(desk: RequestContext, typed: Fields) -> Fields:
    """Adds the category of the new row, if something is typed there; returns its problems."""
    row = _row(typed, _NEW)
    if not any(row.values()):
        return {}
    try:
        added = categories.add_category(desk.session, row["name"], _translations(row))
    except Unfit as unfit:
        return _of_row(_NEW, unfit.problems)
    desk.record("added the category", added.name)
    return {}


def _act(desk: RequestContext) -> Fields:
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
            return {f"{category.id}.name": str(full)}
        desk.record("deleted the category", category.name)
    return {}


def _columns() -> list[str]:
    return ["name", *(f"name.{code}" for code in other_languages())]


def _fields_of(standing: Iterable[Category]) -> Fields:
    """What the form holds where nobody has typed."""
    rows = ((str(one.id), categories.spell_category(one)) for one in standing)
    return {name: value for key, row in rows for name, value in _of_row(key, row).items()}


def _typed_fields(desk: RequestContext, standing: Iterable[Category]) -> Fields:
    """What was typed, of the rows that were on the page."""
    keys = [*(str(one.id) for one in standing), _NEW]
    names = [f"{key}.{column}" for key in keys for column in _columns()]
    return {name: desk.form.text(name) for name in names if desk.form.flag(name)}


def _row(typed: Fields, key: str) -> Fields:
    """A row's fields by column; empty if the row was not on the page."""
    named = {column: f"{key}.{column}" for column in _columns()}
    row = {column: typed[name] for column, name in named.items() if name in typed}
    return row if "name" in row else {}


def _of_row(key: str, row: Mapping[str, str]) -> Fields:
    return {f"{key}.{column}": value for column, value in row.items()}


def _translations(row: Fields) -> dict[str, str]:
    return {code: row.get(f"name.{code}", "") for code in other_languages()}


ROUTES = [
    Route("/products/categories", staff_page(show_categories, "owner"), methods=["GET"]),
    Route(
        "/products/categories",
        staff_change(save_categories, "owner", audited=False),
        methods=["POST"],
    ),
]
