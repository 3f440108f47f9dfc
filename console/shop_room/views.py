"""Views of the trade settings, hours and zones, each in a form of its own."""

from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.refusals import NotFound
from console.request_context import RequestContext
from console.shop_room import setup, switch, tables
from shop.fulfilment import zone_editing
from shop.opening import editing
from shop.opening.editing import SettingsForm, Stretch, Unfit
from shop.opening.reading import read_settings, read_settings_to_change
from storage.models import DeliveryZone, OpeningException

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Opening times per day that the form has room for.
STRETCHES = 3
NO_STRETCH = Stretch("", "")
FIELDS = (
    "shop_name",
    "time_zone",
    "accepts_orders",
    "when_unaccepted",
    "alarm_phone",
    "preparation_minutes",
    "accept_within_minutes",
    "order_ahead_days",
    "slot_minutes",
    "slot_capacity",
    "minimum_order",
)
ZONE_FIELDS = (
    "name",
    "postcodes",
    "latitude",
    "longitude",
    "radius_km",
    "fee",
    "minimum",
    "free_from",
    "minutes",
    "is_active",
)


def show_shop(
    desk: RequestContext, section: str = "", problems: dict[str, str] | None = None
) -> Response:
    """The room's page; the form of `section` is shown as typed, with its problems."""
    settings = read_settings(desk.session)
    week = editing.read_week(desk.session)
    values: dict[str, Any] = {
        "settings": settings,
        "week": week,
        "is_always_open": not any(week.values()),
        "weekdays": WEEKDAYS,
        "stretches": STRETCHES,
        "exceptions": _exceptions(desk),
        "zones": _zones(desk),
        "section": section,
        "typed": desk.form,
        "problems": problems or {},
    }
    return desk.page("shop_room/shop.html", 422 if problems else 200, **values)


def save_settings_view(desk: RequestContext) -> Response:
    """Saves name, ways, promises and acceptance."""
    form = desk.form
    wanted = SettingsForm({name: form.text(name) for name in FIELDS}, form.texts("fulfilment"))
    settings = read_settings_to_change(desk.session)
    try:
        changed = editing.save_settings(desk.session, settings, wanted)
    except Unfit as unfit:
        return show_shop(desk, "settings", unfit.problems)
    before = {column: str(values[0]) for column, values in changed.items()}
    after = {column: str(values[1]) for column, values in changed.items()}
    desk.record("changed how the shop trades", "shop", before=before, after=after)
    return desk.go("/shop", "Saved. Customers are served so from now on.")


def save_hours_view(desk: RequestContext) -> Response:
    """Saves the hours of the week."""
    typed = {
        day: [
            Stretch(desk.form.text(f"opens.{day}.{one}"), desk.form.text(f"closes.{day}.{one}"))
            for one in range(STRETCHES)
        ]
        for day in editing.WEEKDAYS
    }
    week = {day: [one for one in some if one != NO_STRETCH] for day, some in typed.items()}
    is_always = desk.form.text("always") == "yes"
    if is_always and any(week.values()) and week != editing.read_week(desk.session):
        return show_shop(desk, "hours", {"week": "Choose: always open, or the hours you typed."})
    if not is_always and not any(week.values()):
        return show_shop(desk, "hours", {"week": "Name hours for at least one day."})
    week = {} if is_always else week
    try:
        editing.save_week(desk.session, week)
    except Unfit as unfit:
        return show_shop(desk, "hours", unfit.problems)
    desk.record("changed the hours", "shop")
    return desk.go("/shop#hours", "The hours are saved.")


def add_exception_view(desk: RequestContext) -> Response:
    """Adds other hours for one day."""
    form = desk.form
    day, opens, closes, note = (form.text(name) for name in ("day", "opens", "closes", "note"))
    try:
        editing.add_exception(desk.session, day, opens, closes, note)
    except Unfit as unfit:
        return show_shop(desk, "exception", unfit.problems)
    desk.record("added other hours", "shop", day=day, opens=opens, closes=closes)
    return desk.go("/shop#exceptions", "That day is saved.")


def remove_exception_view(desk: RequestContext) -> Response:
    """Removes the other hours of a day, which gets its weekly hours again."""
    found = desk.session.get(OpeningException, desk.path("key"))
    if found is None:
        raise NotFound("day")
    desk.session.delete(found)
    desk.record("removed other hours", "shop", day=found.day.isoformat())
    return desk.go("/shop#exceptions", "The weekly hours hold on that day again.")


def save_zone_view(desk: RequestContext) -> Response:
    """Saves a new or changed zone."""
    key = desk.request.path_params.get("key")
    zone = desk.session.get(DeliveryZone, key) if key else None
    if key and zone is None:
        raise NotFound("zone")
    form = {name: desk.form.text(name) for name in ZONE_FIELDS}
    try:
        saved = zone_editing.save_zone(desk.session, zone, form)
    except Unfit as unfit:
        return show_shop(desk, f"zone-{key or 'new'}", unfit.problems)
    desk.record("changed the zone" if zone else "added the zone", saved.name, fee=str(saved.fee))
    return desk.go("/shop#zones", f"{saved.name}: saved.")


def remove_zone_view(desk: RequestContext) -> Response:
    """Removes a zone, so that the shop no longer delivers there."""
    zone = desk.session.get(DeliveryZone, desk.path("key"))
    if zone is None:
        raise NotFound("zone")
    desk.session.delete(zone)
    desk.record("removed the zone", zone.name)
    return desk.go("/shop#zones", f"{zone.name} is removed.")


def _exceptions(desk: RequestContext) -> list[OpeningException]:
    query = select(OpeningException).order_by(OpeningException.day, OpeningException.opens)
    return list(desk.session.scalars(query))


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
