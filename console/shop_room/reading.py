"""Reads what the switch shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from console.translation import say
from shop.opening import switch
from shop.opening.reading import read_schedule, read_settings
from shop.opening.state import FOREVER_YEAR, opening_state
from shop.opening.switch import Position
from storage import engine

_WEEK = 7


@dataclass(frozen=True)
class Shown:
    """The switch's state, and the text beside it."""

    position: Position
    title: str
    until: str | None
    is_for_long: bool
    note: str | None
    shop_name: str


def read_switch(session: Session) -> Shown:
    """The switch's state now."""
    settings, now = read_settings(session), engine.now(session)
    schedule = read_schedule(session, settings, now)
    state = opening_state(settings, schedule, now)
    position = switch.switch_position(settings, schedule, now)
    title = {
        "open": "Open",
        "busy": f"Busy +{settings.busy_minutes} min",
        "paused": "Paused",
        "closed": "Closed",
    }[position]
    until = {"open": state.closes_at, "busy": settings.busy_until}.get(position, state.opens_at)
    local = until.astimezone(state.now.tzinfo) if until else None
    paused = settings.paused_until
    is_for_long = position in ("paused", "closed") and bool(paused and paused.year >= FOREVER_YEAR)
    return Shown(
        position,
        title,
        _said(local, state.now),
        is_for_long,
        settings.pause_note,
        settings.shop_name,
    )


def _said(moment: datetime | None, now: datetime) -> str | None:
    """A time by the shop's clock: `22:00`, `Tue 08:00`, `25 Dec 08:00`."""
    if moment is None:
        return None
    days = (moment.date() - now.date()).days
    if days == 0:
        return f"{moment:%H:%M}"
    day = say(f"{moment:%a}") if days < _WEEK else f"{moment.day} {say(f'{moment:%b}')}"
    return f"{day} {moment:%H:%M}"
