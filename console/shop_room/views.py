"""Views of the trade settings, hours and zones, each in a form of its own."""

from itertools import groupby
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.forms import Form
from console.refusals import NotFound
from console.request_context import RequestContext
from console.shop_room import edits, setup, switch, tables
from shop.fulfilment import zone_editing
from shop.opening import editing
from shop.opening.editing import SettingsForm, Stretch, Unfit
from shop.opening.reading import read_settings, read_settings_to_change
from storage.models import DeliveryZone, OpeningException

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_STRETCH = Stretch("", "")


def show_shop(
    desk: RequestContext,
    section: str = "",
    problems: dict[str, str] | None = None,
    typed: Form | None = None,
) -> Response:
    """All of it; the form that could not be saved as it was `typed`, with the reasons."""
    settings = read_settings(desk.session)
    week = editing.read_week(desk.session)
    zones = _zones(desk)
    values: dict[str, Any] = {
        "settings": settings,
        "week": week,
        "is_always_open": not any(week.values()),
        "weekdays": WEEKDAYS,
        "stretches": edits.STRETCHES,
        "exceptions": _exceptions(desk),
        "zones": zones,
        "opened_with": {
            "settings": edits.spell_settings(settings),
            "hours": edits.spell_week(week),
            **{zone.id: edits.spell_zone(zone) for zone in zones},
        },
        "section": section,
        "typed": typed or desk.form,
        "problems": problems or {},
    }
    return desk.page("shop_room/shop.html", 422 if problems else 200, **values)


def save_settings_view(desk: RequestContext) -> Response:
    """Saves name, ways, promises and acceptance."""
    settings = read_settings_to_change(desk.session)
    form, taken = edits.join_settings(desk.form, settings)
    if taken:
        return show_shop(desk, "settings", taken, form)
    values = {name: form.text(name) for name in edits.SETTINGS}
    wanted = SettingsForm(values, form.texts("fulfilment"))
    try:
        changed = editing.save_settings(desk.session, settings, wanted)
    except Unfit as unfit:
        return show_shop(desk, "settings", unfit.problems, form)
    before = {column: str(values[0]) for column, values in changed.items()}
    after = {column: str(values[1]) for column, values in changed.items()}
    desk.record("changed how the shop trades", "shop", before=before, after=after)
    return desk.go("/shop", "“The shop” is saved: customers are served so from now on.")


def save_hours_view(desk: RequestContext) -> Response:
    """Saves the hours of the week."""
    read_settings_to_change(desk.session)  # one at a time
    form, taken = edits.join_week(desk.form, editing.read_week(desk.session))
    if taken:
        return show_shop(desk, "hours", taken, form)
    week = _typed_week(form)
    is_always = form.text("always") == "yes"
    if is_always and any(week.values()) and week != editing.read_week(desk.session):
        problem = "Choose: always open, or the hours you typed."
        return show_shop(desk, "hours", {"week": problem}, form)
    if not is_always and not any(week.values()):
        return show_shop(desk, "hours", {"week": "Name hours for at least one day."}, form)
    week = {} if is_always else week
    try:
        editing.save_week(desk.session, week)
    except Unfit as unfit:
        return show_shop(desk, "hours", unfit.problems, form)
    desk.record("changed the hours", "shop")
    return desk.go("/shop#hours", "The hours are saved.")


def add_exception_view(desk: RequestContext) -> Response:
    """Adds other hours for one day."""
    form = desk.form
    day, note = form.text("day"), form.text("note")
    ends = zip(form.texts("opens"), form.texts("closes"), strict=False)
    stretches = [Stretch(*typed) for typed in ends if any(typed)]
    try:
        editing.save_exception(desk.session, day, stretches, note)
    except Unfit as unfit:
        return show_shop(desk, "exception", unfit.problems)
    hours = ", ".join(f"{one.opens}–{one.closes}" for one in stretches)
    desk.record("added other hours", "shop", day=day, hours=hours or "closed")
    return desk.go("/shop#exceptions", "That day is saved.")


def remove_exception_view(desk: RequestContext) -> Response:
    """Removes the other hours of a day, which gets its weekly hours again."""
    found = desk.find_row(OpeningException, "key", "day")
    day = found.day
    editing.remove_exception(desk.session, day)
    desk.record("removed other hours", "shop", day=day.isoformat())
    return desk.go("/shop#exceptions", "The weekly hours hold on that day again.")


def save_zone_view(desk: RequestContext) -> Response:
    """Saves a new or changed zone."""
    key = desk.request.path_params.get("key")
    zone = desk.session.get(DeliveryZone, key) if key else None
    if key and zone is None:
        raise NotFound("zone")
    form, section = desk.form, f"zone-{key or 'new'}"
    if zone:
        desk.session.refresh(zone, with_for_update=True)
        form, taken = edits.join_zone(desk.form, zone)
        if taken:
            return show_shop(desk, section, taken, form)
    values = {name: form.text(name) for name in edits.ZONE}
    try:
        saved = zone_editing.save_zone(desk.session, zone, values)
    except Unfit as unfit:
        return show_shop(desk, section, unfit.problems, form)
    desk.record("changed the zone" if zone else "added the zone", saved.name, fee=str(saved.fee))
    return desk.go("/shop#zones", f"{saved.name}: saved.")


def remove_zone_view(desk: RequestContext) -> Response:
    """Removes a zone, so that the shop no longer delivers there."""
    zone = desk.find_row(DeliveryZone, "key", "zone")
    desk.session.delete(zone)
    desk.record("removed the zone", zone.name)
    return desk.go("/shop#zones", f"{zone.name} is removed.")


def _typed_week(form: Form) -> dict[int, list[Stretch]]:
    typed = {
        day: [
            Stretch(form.text(f"opens.{day}.{one}"), form.text(f"closes.{day}.{one}"))
            for one in range(edits.STRETCHES)
        ]
        for day in editing.WEEKDAYS
    }
    return {day: [one for one in some if one != NO_STRETCH] for day, some in typed.items()}


def _exceptions(desk: RequestContext) -> list[list[OpeningException]]:
    """The days with other hours, each with its stretches."""
    query = select(OpeningException).order_by(OpeningException.day, OpeningException.opens)
    rows = desk.session.scalars(query)
    return [list(some) for _, some in groupby(rows, key=lambda row: row.day)]


def _zones(desk: RequestContext) -> list[DeliveryZone]:
    query = select(DeliveryZone).order_by(DeliveryZone.position, DeliveryZone.id)
    return list(desk.session.scalars(query))


def _change(path: str, view: Any) -> Route:
    return Route(path, staff_change(view, "owner"), methods=["POST"])


ROUTES = [
    Route("/shop", staff_page(show_shop, "owner"), methods=["GET"]),
    _change("/shop/settings", save_settings_view),
    _change("/shop/hours", save_hours_view),
    _change("/shop/exceptions", add_exception_view),
    _change("/shop/exceptions/{key:row}/remove", remove_exception_view),
    _change("/shop/zones", save_zone_view),
    _change("/shop/zones/{key:row}", save_zone_view),
    _change("/shop/zones/{key:row}/remove", remove_zone_view),
    *switch.ROUTES,
    *setup.ROUTES,
    *tables.ROUTES,
]
