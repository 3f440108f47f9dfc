"""Views of groups of options (sizes, extras): the list, and the editor of one group."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.conflicts import read_opened
from console.forms import Form
from console.products.group_edits import join_group, spell_group
from console.request_context import RequestContext
from shop.products.editing import attaching, option_editing
from shop.products.editing.option_editing import GroupForm, OptionForm
from shop.products.editing.product_editing import Unfit
from shop.products.listing import in_order
from shop.products.sheets.option_sheet import group_form
from storage.models import OptionGroup, Product

# Empty rows for new options in the editor.
BLANK_ROWS = 3
# Rules by name, with the least and the most options that may be chosen, as far as the rule says.
RULES = {"one": (1, 1), "optional": (0, 1), "several": (0, None), "other": (None, None)}


def show_options(desk: RequestContext) -> Response:
    """All groups with their options and the products that offer them."""
    by_sku = {product.sku: product.name for product in desk.session.scalars(select(Product))}
    values = {
        "groups": option_editing.ordered_groups(desk.session),
        "options": option_editing.options_by_group(desk.session),
        "attached": {
            key: [by_sku[sku] for sku in skus if sku in by_sku]
            for key, skus in attaching.skus_by_group(desk.session).items()
        },
    }
    return desk.page("products/options.html", **values)


def show_group(desk: RequestContext) -> Response:
    """The editor of one group, or of a new one."""
    group = _find(desk)
    form, skus = _standing(desk, group)
    return _editor(desk, group, form, skus | {desk.query("product")})


def save_group_view(desk: RequestContext) -> Response:
    """Saves the group, or moves a row if its button was tapped, without saving."""
    group, form, skus = _find(desk), read_group(desk.form), set(desk.form.texts("product"))
    for action, by in (("up", -1), ("down", 1)):
        if (place := desk.form.number(action)) is not None:
            return _editor(desk, group, _with_moved(form, place, by), skus, is_unsaved=True)
    if desk.form.flag("more"):
        return _editor(desk, group, form, skus, is_unsaved=True)
    if not desk.form.text("rule"):
        problems = {"rule": "How many? Choose one of these."}
        return _editor(desk, group, form, skus, problems, is_unsaved=True)
    if group:
        desk.session.refresh(group, with_for_update=True)
        joined = join_group(desk.form, *_standing(desk, group), form)
        form, skus = joined.group, joined.skus
        if joined.problems:
            return _editor(desk, group, form, skus, joined.problems)
    try:
        saved = option_editing.save_group(desk.session, group, form)
    except Unfit as unfit:
        return _editor(desk, group, form, skus, unfit.problems)
    known = set(desk.session.scalars(select(Product.sku)))
    attaching.attach_products(desk.session, saved, skus & known)
    names = [option.name for option in form.options if option.name]
    action = "changed the choice" if group else "added the choice"
    desk.record(action, saved.name, options=names, products=len(skus & known))
    return desk.go("/products/options", f"{saved.name}: saved.")


def shift_group_view(desk: RequestContext) -> Response:
    """Moves a group one place up or down."""
    group = _find(desk)
    if group:
        by = -1 if desk.form.text("way") == "up" else 1
        option_editing.shift_group(desk.session, group, by)
        desk.record("moved the choice", group.name)
    return desk.go("/products/options")


def delete_group_view(desk: RequestContext) -> Response:
    """Deletes a group, so that customers are no longer asked about it."""
    group = _find(desk)
    if group:
        desk.session.delete(group)
        desk.record("deleted the choice", group.name)
    return desk.go("/products/options", f"{group.name} is deleted." if group else None)


def read_group(form: Form) -> GroupForm:
    """The group as typed, without empty rows."""
    least, most = RULES.get(form.text("rule"), RULES["other"])
    if form.text("rule") == "several":
        most = form.number("several_maximum") or 0
    elif form.text("rule") == "other":
        least, most = form.number("minimum") or 0, form.number("maximum") or 0
    places = sorted({int(key) for key in form.texts("row") if key.isascii() and key.isdecimal()})
    options = [_read_option(form, place) for place in places]
    named = [one for one in options if one.name or one.price or one.aliases or one.id]
    return GroupForm(form.text("name"), least or 0, most or 0, named)


def _read_option(form: Form, place: int) -> OptionForm:
    return OptionForm(
        name=form.text(f"name.{place}"),
        price=form.text(f"price.{place}"),
        aliases=form.text(f"aliases.{place}"),
        is_default=form.flag(f"usual.{place}"),
        is_available=form.flag(f"available.{place}"),
        id=form.number(f"id.{place}"),
    )


def _standing(desk: RequestContext, group: OptionGroup | None) -> tuple[GroupForm, set[str]]:
    """A group as it stands in the tables, and its products; of a new one an empty form."""
    options = option_editing.options_by_group(desk.session)[group.id] if group else []
    skus = attaching.skus_by_group(desk.session).get(group.id, []) if group else []
    return group_form(group, "", options), set(skus)


def _with_moved(form: GroupForm, place: int, by: int) -> GroupForm:
    options = list(form.options)
    there = min(max(place + by, 0), len(options) - 1)
    if place < len(options):
        options.insert(there, options.pop(place))
    return replace(form, options=options)


def _editor(
    desk: RequestContext,
    group: OptionGroup | None,
    form: GroupForm,
    skus: set[str],
    problems: dict[str, str] | None = None,
    *,
    is_unsaved: bool = False,
) -> Response:
    """The editor; where nothing was to be saved, it knows still what it was opened with."""
    opened_with = read_opened(desk.form) if is_unsaved else spell_group(*_standing(desk, group))
    values: dict[str, Any] = {
        "group": group,
        "form": form,
        "opened_with": opened_with if group else {},
        # For a new group the owner must choose; a wrong default would be noticed too late.
        "rule": _rule_of(form) if group or desk.form.text("rule") else "",
        "rows": [*form.options, *(OptionForm("") for _ in range(BLANK_ROWS))],
        "skus": skus,
        "products": desk.session.scalars(in_order(select(Product))).all(),
        "problems": problems or {},
    }
    return desk.page("products/group.html", 422 if problems else 200, **values)


def _rule_of(form: GroupForm) -> str:
    """The name of the rule in RULES for the group's least and most."""
    exact = {(1, 1): "one", (0, 1): "optional"}
    kind = exact.get((form.minimum, form.maximum))
    return kind or ("several" if form.minimum == 0 else "other")


def _find(desk: RequestContext) -> OptionGroup | None:
    """The group that the URL names; None for a new one."""
    if "key" not in desk.request.path_params:
        return None
    return desk.find_row(OptionGroup, "key", "choice")


_SAVE = staff_change(save_group_view, "owner", audited=False)
ROUTES = [
    Route("/products/options", staff_page(show_options, "owner"), methods=["GET"]),
    Route("/products/options", _SAVE, methods=["POST"]),
    Route("/products/options/new", staff_page(show_group, "owner"), methods=["GET"]),
    Route("/products/options/{key:row}", staff_page(show_group, "owner"), methods=["GET"]),
    Route("/products/options/{key:row}", _SAVE, methods=["POST"]),
    Route(
        "/products/options/{key:row}/shift",
        staff_change(shift_group_view, "owner"),
        methods=["POST"],
    ),
    Route(
        "/products/options/{key:row}/delete",
        staff_change(delete_group_view, "owner"),
        methods=["POST"],
    ),
]
