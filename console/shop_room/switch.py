"""The switch on top of every page: Open, Busy, Paused, Closed."""

from collections.abc import Callable

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change
from console.refusals import Refused
from console.request_context import RequestContext
from console.shop_room.reading import read_switch
from shop.opening import switch
from storage.models import ShopSettings

BUSY = (10, 20, 40)
LONGEST_NOTE = 200


def _busy(minutes: int) -> Callable[[Session, str | None], ShopSettings]:
    return lambda session, _note: switch.set_busy(session, minutes)


MOVES: dict[str, Callable[[Session, str | None], ShopSettings]] = {
    "open": lambda session, _note: switch.open_shop(session),
    **{f"busy-{minutes}": _busy(minutes) for minutes in BUSY},
    "pause-30": lambda session, note: switch.pause_for(session, note=note),
    "pause-tomorrow": switch.pause_until_tomorrow,
    "pause-reopened": switch.pause_until_reopened,
    "closed": switch.close_until_next_opening,
}


def turn_switch(desk: RequestContext) -> Response:
    """Opens, pauses or closes the shop for customers at once."""
    move = MOVES.get(desk.form.text("to"))
    note = desk.form.text("note")
    if move is None or len(note) > LONGEST_NOTE:
        raise Refused(400, "The switch cannot stand there.")
    before = read_switch(desk.session).title
    move(desk.session, note or None)
    desk.session.flush()
    after = read_switch(desk.session).title
    desk.record("turned the switch", "shop", before=before, after=after, note=note)
    back = desk.form.text("back")
    return desk.go(back if back.startswith("/") and not back.startswith("//") else "/shop")


ROUTES = [Route("/shop/switch", staff_change(turn_switch), methods=["POST"])]
