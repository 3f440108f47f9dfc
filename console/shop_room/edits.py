"""Two people who change one form of the room Shop: console/conflicts.py.

Each function returns the form to go on with, joined from what was typed and what somebody else
has saved meanwhile, and the reasons by field where both have changed the same.
"""

from collections.abc import Mapping, Sequence

from console import conflicts
from console.forms import Form
from console.wording import format_plain_rupees
from shop.opening.editing import WAYS, WEEKDAYS, Stretch
from storage.models import DeliveryZone, ShopSettings

SETTINGS = (
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
ZONE = (
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
# Stretches of one day that the form has room for.
STRETCHES = 3
Joined = tuple[Form, dict[str, str]]
Week = Mapping[int, Sequence[Stretch]]


def spell_settings(settings: ShopSettings) -> dict[str, str]:
    """What the form of the settings holds; a way of getting an order is `way.pickup`."""
    fields = {name: _spell(getattr(settings, name)) for name in SETTINGS}
    fields["minimum_order"] = format_plain_rupees(settings.minimum_order)
    fields["alarm_phone"] = f"+{settings.alarm_phone}" if settings.alarm_phone else ""
    return fields | _spell_ways(settings.fulfilment)


def join_settings(form: Form, settings: ShopSettings) -> Joined:
    """The settings; each way is ticked or not, whoever changed that."""
    sent = {name: form.text(name) for name in SETTINGS} | _spell_ways(form.texts("fulfilment"))
    joined, taken = conflicts.merge_edits(form, spell_settings(settings), sent)
    ways = [("fulfilment", way) for way in WAYS if joined[f"way.{way}"]]
    return Form([*((name, joined[name]) for name in SETTINGS), *ways]), taken


def spell_zone(zone: DeliveryZone) -> dict[str, str]:
    """What the form of a zone holds."""
    fields = {name: _spell(getattr(zone, name)) for name in ZONE}
    amounts = {"fee": zone.fee, "minimum": zone.minimum, "free_from": zone.free_from}
    rupees = {
        name: "" if one is None else format_plain_rupees(one) for name, one in amounts.items()
    }
    active = "yes" if zone.is_active else ""
    return {**fields, **rupees, "postcodes": ", ".join(zone.postcodes), "is_active": active}


def join_zone(form: Form, zone: DeliveryZone) -> Joined:
    """A zone."""
    joined, taken = conflicts.merge_edits(
        form, spell_zone(zone), {name: form.text(name) for name in ZONE}
    )
    left = {name: value for name, value in joined.items() if name != "is_active" or value}
    return Form([*left.items()]), taken


def spell_week(week: Week) -> dict[str, str]:
    """The hours by day: `day.1` is `09:00–13:00, 15:00–20:00`."""
    days = {
        f"day.{day}": ", ".join(f"{one.opens}–{one.closes}" for one in week[day])
        for day in WEEKDAYS
    }
    return {"always": "no" if any(days.values()) else "yes", **days}


def join_week(form: Form, week: Week) -> Joined:
    """The hours; those of one day are changed together."""
    sent = {"always": form.text("always"), **_spell_typed_days(form)}
    joined, taken = conflicts.merge_edits(form, spell_week(week), sent)
    pairs = [("always", joined["always"])]
    for day in WEEKDAYS:
        for place, stretch in enumerate(filter(None, joined[f"day.{day}"].split(", "))):
            opens, _, closes = stretch.partition("–")
            pairs += [(f"opens.{day}.{place}", opens), (f"closes.{day}.{place}", closes)]
    return Form(pairs), taken


def _spell_typed_days(form: Form) -> dict[str, str]:
    days = {}
    for day in WEEKDAYS:
        ends = [
            (form.text(f"opens.{day}.{place}"), form.text(f"closes.{day}.{place}"))
            for place in range(STRETCHES)
        ]
        days[f"day.{day}"] = ", ".join(
            f"{opens}–{closes}" for opens, closes in ends if opens + closes
        )
    return days


def _spell_ways(ways: Sequence[str]) -> dict[str, str]:
    return {f"way.{way}": "yes" if way in ways else "" for way in WAYS}


def _spell(value: object) -> str:
    return "" if value is None else str(value)
