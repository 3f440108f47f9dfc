"""Reads the questions about items that ran out, for the board and an order's page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.translation import say
from shop.carts.lines import name_line, options_of_item
from shop.orders.order_status import OPEN
from shop.orders.shortages.lines import line_now, line_with_key, read_placed_lines
from shop.orders.shortages.marking import BY_TEMPLATE
from storage.models import Order, OrderNotice, Shortage

# Whether the customer got the question, in words, by the state of its notice.
_ASKED = {
    "waiting": "About to ask the customer about {item}",
    "queued": "Asked the customer about {item}",
}


@dataclass(frozen=True)
class ShortNote:
    """A question about a line; `said`: its state in words, `problem`: why it was not sent."""

    shortage: Shortage
    line: str
    said: str
    problem: str | None = None

    @property
    def is_open(self) -> bool:
        return self.shortage.state == "open"

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The answers that staff can give for the customer, each with its label."""
        swaps = [
            (f"swap{place}", say("{item} instead", item=_item_name(item)))
            for place, item in enumerate(self.shortage.offered, start=1)
        ]
        is_all = len(self.shortage.items) == 1
        return [*([] if is_all else [("without", say("Without it"))]), *swaps]


def read_short_notes(session: Session, orders: Iterable[Order]) -> dict[str, list[ShortNote]]:
    """The questions of open orders with their answers, by order, the oldest first."""
    by_number = {order.order_id: order for order in orders if order.status in OPEN}
    if not by_number:
        return {}
    query = (
        select(Shortage, OrderNotice)
        .outerjoin(OrderNotice, OrderNotice.id == Shortage.notice_id)
        .where(
            Shortage.order_id.in_(list(by_number)),
            Shortage.state.in_(("open", "without", "swapped")),
        )
        .order_by(Shortage.id)
    )
    found: defaultdict[str, list[ShortNote]] = defaultdict(list)
    for shortage, notice in session.execute(query).tuples():
        order = by_number[shortage.order_id]
        if shortage.state != "open" or line_now(session, shortage, order):
            found[shortage.order_id].append(_note(session, shortage, notice))
    return found


def _note(session: Session, shortage: Shortage, notice: OrderNotice | None) -> ShortNote:
    line = line_with_key(read_placed_lines(session, shortage.items), shortage.line)
    name = line.said if line else shortage.line
    if shortage.state == "without":
        return ShortNote(shortage, name, say("The customer does without {item}", item=name))
    if shortage.state == "swapped":
        instead = ", ".join(map(_item_name, shortage.offered))
        said = say("The customer takes {instead} instead of {item}", instead=instead, item=name)
        return ShortNote(shortage, name, said)
    state = notice.state if notice else "dropped"
    if state in _ASKED or (notice and notice.reason == BY_TEMPLATE):
        said = say(_ASKED.get(state, _ASKED["queued"]), item=name)
        return ShortNote(shortage, name, said)
    reason = notice.reason if notice else None
    said = say("Could not ask about {item}", item=name)
    return ShortNote(shortage, name, said, reason or say("no reason known"))


def _item_name(item: dict[str, object]) -> str:
    name = name_line(str(item.get("product_name")), options=options_of_item(item))
    return f"{name} × {item.get('quantity')}"
