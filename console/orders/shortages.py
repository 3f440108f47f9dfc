"""Views to mark a line as run out and ask its customer, with a preview of the message."""

from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.orders.short_notes import read_short_notes
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.opening.reading import read_settings
from shop.orders.due_news import is_customer_of_order
from shop.orders.order_status import OPEN
from shop.orders.shortages import answering, marking
from shop.orders.shortages.lines import (
    PlacedLine,
    line_with_key,
    lines_in_words,
    name_short_line,
    read_placed_lines,
)
from shop.orders.shortages.question import Asked, build_question
from shop.orders.shortages.replacements import find_replacements
from shop.products.catalogue import offered_products
from shop.whatsapp import bodies, service_window
from storage import engine
from storage.models import Order, Shortage, UserProfile

ALIKE, NOTHING = "alike", "nothing"


def shortage_values(desk: RequestContext, order: Order) -> dict[str, Any]:
    """The page's values about items that ran out."""
    notes = read_short_notes(desk.session, [order]).get(order.order_id, [])
    asked = {note.shortage.line for note in notes if note.is_open}
    lines = read_placed_lines(desk.session, order.items) if order.status in OPEN else []
    lines = [line for line in lines if line.key not in asked]
    wanted, offer = desk.query("line"), desk.query("offer", ALIKE)
    line = line_with_key(lines, wanted) or next(iter(lines), None)
    return {
        "short_notes": notes,
        "short_lines": lines,
        "short_line": line,
        "offer": offer,
        "products": offered_products(desk.session) if line else [],
        "stops_selling": bool(desk.query("stop_selling")),
        "is_marking": bool(wanted),
        "shop_name": read_settings(desk.session).shop_name,
        "preview": _preview(desk, order, line, offer) if line else None,
    }


def show_short_form(desk: RequestContext) -> Response:
    """The form alone as it is filled in, with a preview that follows each choice."""
    order = _find_order(desk)
    return desk.part("orders/short_form.html", order=order, **shortage_values(desk, order))


def mark_line_view(desk: RequestContext) -> Response:
    """Marks a line as run out; the customer is asked after the time for an undo."""
    order, form = _find_order(desk), desk.form
    try:
        shortage = marking.mark_short(
            desk.session,
            order,
            form.text("line"),
            _chosen(form.text("offer", ALIKE)),
            stop_selling=form.flag("stop_selling"),
        )
    except marking.Unmarkable as reason:
        raise Refused(409, str(reason)) from None
    said = name_short_line(desk.session, shortage)
    desk.record("asked about", order.order_id, line=said)
    return desk.go(f"/orders/{order.order_id}", f"The customer is asked about {said}.")


def take_back_view(desk: RequestContext) -> Response:
    """Takes the mark back: the item was found after all."""
    shortage, order = _find_question(desk)
    said = name_short_line(desk.session, shortage)
    if not marking.take_back_shortage(desk.session, shortage, order):
        raise Refused(409, "This question is answered already.")
    desk.record("found", order.order_id, line=said)
    return desk.go(f"/orders/{order.order_id}", f"{said} stays on the order.")


def answer_for_customer_view(desk: RequestContext) -> Response:
    """Saves the answer that the customer gave by phone or at the counter."""
    shortage, order = _find_question(desk)
    answer, before = desk.form.text("answer"), lines_in_words(desk.session, order)
    try:
        if answer == "without":
            answering.leave_out(desk.session, shortage, order)
        else:
            place = answer.removeprefix("swap")
            answering.swap_line(
                desk.session, shortage, order, int(place) if place.isdecimal() else 0
            )
    except answering.NotAnswerable as reason:
        raise Refused(409, str(reason)) from None
    desk.record("changed", order.order_id, before=before, after=lines_in_words(desk.session, order))
    return desk.go(f"/orders/{order.order_id}", f"{order.order_id} is changed.")


def _preview(desk: RequestContext, order: Order, line: PlacedLine, offer: str) -> dict[str, Any]:
    """The preview's values: the message as it would be sent, and whether it can be sent."""
    customer = _customer(desk, order)
    offered = find_replacements(desk.session, line, _chosen(offer))
    language = customer.language if customer else None
    question = build_question(Asked(0, order, line, offered, language))
    now = engine.now(desk.session)
    return {
        "interactive": question.as_interactive(),
        "reaches": customer is not None and customer.subscription == "subscribed",
        "is_open": customer is not None and service_window.is_window_open(customer, now),
        "has_template": bodies.notice_template() is not None,
    }


def _customer(desk: RequestContext, order: Order) -> UserProfile | None:
    own = select(UserProfile).join(Order, is_customer_of_order())
    return desk.session.scalars(own.where(Order.order_id == order.order_id)).first()


def _chosen(offer: str) -> list[str] | None:
    """The skus to offer as replacement; None means similar products."""
    return None if offer == ALIKE else [] if offer == NOTHING else [offer]


def _find_order(desk: RequestContext) -> Order:
    return desk.find_row(Order, "order_id", "order")


def _find_question(desk: RequestContext) -> tuple[Shortage, Order]:
    order = _find_order(desk)
    shortage = desk.session.get(Shortage, desk.path("number"))
    if shortage is None or shortage.order_id != order.order_id:
        raise NotFound("question")
    return shortage, order


ROUTES = [
    Route("/orders/{order_id}/short", staff_page(show_short_form), methods=["GET"]),
    Route("/orders/{order_id}/short", staff_change(mark_line_view), methods=["POST"]),
    Route(
        "/orders/{order_id}/short/{number:row}/found",
        staff_change(take_back_view),
        methods=["POST"],
    ),
    Route(
        "/orders/{order_id}/short/{number:row}/answer",
        staff_change(answer_for_customer_view),
        methods=["POST"],
    ),
]
