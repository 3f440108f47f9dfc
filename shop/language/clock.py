"""Times of day as customers read them."""

from datetime import datetime
from zoneinfo import ZoneInfo


def format_clock(moment: datetime, zone: ZoneInfo) -> str:
    """`6:20 pm` by the shop's clock."""
    local = moment.astimezone(zone)
    return f"{local:%I:%M}".lstrip("0") + (" am" if local.hour < 12 else " pm")  # noqa: PLR2004


def format_when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`6:20 pm` today, `02/12, 6:20 pm` on another day."""
    local = moment.astimezone(zone)
    is_today = local.date() == now.astimezone(zone).date()
    clock = format_clock(moment, zone)
    return clock if is_today else f"{local:%d/%m}, {clock}"
