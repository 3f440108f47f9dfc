"""Views to export and erase all data of one customer. For owners."""

import json

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from console import wording
from console.authentication import staff_change, staff_page
from console.inbox.talk import shown_customer
from console.refusals import Refused
from console.request_context import RequestContext
from shop.customers import mentions, personal_data
from shop.orders.placing import unfinished_orders
from storage.models import Erasure

_SHORTEST_SIGN = 6


def export_customer(desk: RequestContext) -> Response:
    """A file with every row about the customer, of every table."""
    customer = shown_customer(desk)
    data = personal_data.export_personal_data(desk.session, customer)
    rows = {table: len(found) for table, found in data.items()}
    desk.record("exported the data of", str(customer.id), rows=rows)
    headers = {"Content-Disposition": f'attachment; filename="customer-{customer.id}.json"'}
    body = json.dumps(data, ensure_ascii=False, indent=1)
    return Response(body, media_type="application/json", headers=headers)


def ask_before_erasure(desk: RequestContext) -> Response:
    """Shows what would be erased, before it is."""
    customer = shown_customer(desk)
    values = {
        "customer": customer,
        "counts": personal_data.count_rows(desk.session, customer),
        "unfinished": unfinished_orders(desk.session, customer),
    }
    return desk.page("customers/erase.html", **values)


def erase_customer(desk: RequestContext) -> Response:
    """Erases, verifies and shows the result; a long search continues in the background."""
    erased = personal_data.erase_personal_data(desk.session, shown_customer(desk))
    desk.record("erased a customer", personal_data.ERASED, rows=erased.gone)
    mentioned = mentions.search_mentions(desk.session, erased.signs, mentions.AT_ONCE)
    if mentioned is not None:
        return _show(desk, Erasure(state="done", gone=erased.gone, mentioned=mentioned))
    erasure = mentions.begin_search(desk.session, erased.gone)
    return _search(desk, erasure, erased.signs)


def show_erasure(desk: RequestContext) -> Response:
    """Shows the progress of the search."""
    return _show(desk, _find_erasure(desk))


def search_again(desk: RequestContext) -> Response:
    """Searches again for a number or id that the owner types; an interrupted search has lost it."""
    erasure, sign = _find_erasure(desk), desk.form.text("sign").strip().lstrip("+")
    if len(sign) < _SHORTEST_SIGN:
        raise Refused(400, "Type the whole phone number, with the country's code, or the id.")
    mentions.repeat_search(erasure)
    desk.record("searched once more for", personal_data.ERASED)
    return _search(desk, erasure, [sign])


def _search(desk: RequestContext, erasure: Erasure, signs: list[str]) -> Response:
    desk.session.flush()
    response = desk.go(f"/customers/erasures/{erasure.id}")
    sessions = desk.request.app.state.sessions
    response.background = BackgroundTask(mentions.continue_search, sessions, erasure.id, signs)
    return response


def _show(desk: RequestContext, erasure: Erasure) -> Response:
    known_at = erasure.updated_at or wording.local_now()
    silent = erasure.state == "looking" and wording.local_now() - known_at > mentions.SILENT_FOR
    return desk.page("customers/erased.html", erasure=erasure, interrupted=silent)


def _find_erasure(desk: RequestContext) -> Erasure:
    return desk.find_row(Erasure, "erasure_id", "erasure")


ROUTES = [
    Route(
        "/customers/{customer_id:uuid}/export",
        staff_page(export_customer, "owner"),
        methods=["GET"],
    ),
    Route(
        "/customers/{customer_id:uuid}/erase",
        staff_page(ask_before_erasure, "owner"),
        methods=["GET"],
    ),
    Route(
        "/customers/erasures/{erasure_id:uuid}", staff_page(show_erasure, "owner"), methods=["GET"]
    ),
    Route(
        "/customers/erasures/{erasure_id:uuid}",
        staff_change(search_again, "owner"),
        methods=["POST"],
    ),
    Route(
        "/customers/{customer_id:uuid}/erase",
        staff_change(erase_customer, "owner"),
        methods=["POST"],
    ),
]
