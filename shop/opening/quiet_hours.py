"""Quiet hours, in which no alerts are sent; those still open afterwards are sent then."""

from datetime import datetime, time

from shop.opening.reading import shop_zone
from storage.models import ShopSettings


def is_quiet(settings: ShopSettings, now: datetime) -> bool:
    """Whether this moment is within the shop's quiet hours, which may go past midnight."""
    start, end = settings.quiet_from, settings.quiet_until
    if start is None or end is None or start == end:
        return False
    return _is_within(now.astimezone(shop_zone(settings)).time(), start, end)


def _is_within(clock: time, start: time, end: time) -> bool:
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end
