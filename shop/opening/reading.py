"""Reads the shop's settings and hours in the caller's transaction."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shop.opening.schedule import Hours, Schedule
from storage import engine
from storage.models import OpeningException, OpeningHours, ShopSettings
from storage.read_once import kept_reads

FALLBACK_ZONE = ZoneInfo("Asia/Kolkata")

# The name under which a transaction keeps the settings that it has read.
_KEPT = "shop_settings"

logger = logging.getLogger(__name__)


def read_settings(session: Session) -> ShopSettings:
    """The shop's settings, read once a transaction: a turn asks for them a dozen times."""
    kept: ShopSettings | None = kept_reads(session).get(_KEPT)
    return kept or _read_anew(session, select(ShopSettings))


def read_settings_locked(session: Session) -> ShopSettings:
    """The same, read again and locked against changes until this transaction ends.

    It is the first lock of placing an order: settings, slot, products by sku.
    """
    return _read_anew(session, select(ShopSettings).with_for_update(read=True))


def read_settings_to_change(session: Session) -> ShopSettings:
    """The same for changing them; waits for orders that are being placed."""
    return _read_anew(session, select(ShopSettings).with_for_update())


def _read_anew(session: Session, query: Select[tuple[ShopSettings]]) -> ShopSettings:
    settings = session.scalars(query.execution_options(populate_existing=True)).one()
    kept_reads(session)[_KEPT] = settings
    return settings


def shop_zone(settings: ShopSettings) -> ZoneInfo:
    """The shop's time zone, or a default if only the database knows it."""
    try:
        return ZoneInfo(settings.time_zone)
    except (KeyError, ValueError, OSError):
        logger.warning("Time zone %r is not known here.", settings.time_zone)
        return FALLBACK_ZONE


def read_local_now(session: Session) -> datetime:
    """This moment by the database's clock, in the shop's time zone."""
    return engine.now(session).astimezone(shop_zone(read_settings(session)))


def read_schedule(session: Session, settings: ShopSettings, now: datetime) -> Schedule:
    """The hours around `now` and later."""
    zone = shop_zone(settings)
    weekly: defaultdict[int, list[Hours]] = defaultdict(list)
    rows = session.execute(select(OpeningHours.weekday, OpeningHours.opens, OpeningHours.closes))
    for weekday, opens, closes in rows:
        weekly[weekday].append(Hours(opens, closes))
    since = now.astimezone(zone).date() - timedelta(days=3)
    query = select(OpeningException).where(OpeningException.day >= since)
    query = query.order_by(OpeningException.id).execution_options(populate_existing=True)
    other = session.scalars(query).all()
    return Schedule(
        zone,
        {weekday: tuple(hours) for weekday, hours in weekly.items()},
        exceptional_hours(other),
        {row.day: row.note for row in other if row.note},
    )


def exceptional_hours(rows: Iterable[OpeningException]) -> dict[date, tuple[Hours, ...]]:
    """The hours by day; a row without hours closes the day, whatever other rows say."""
    hours: defaultdict[date, list[Hours]] = defaultdict(list)
    closed = set()
    for row in rows:
        if row.opens is None or row.closes is None:
            closed.add(row.day)
        else:
            hours[row.day].append(Hours(row.opens, row.closes))
    open_days = {day: tuple(found) for day, found in hours.items()}
    return open_days | dict.fromkeys(closed, ())
