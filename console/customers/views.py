"""Export and erasure of everything that is known of one customer. For owners."""

import json

from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.inbox.talk import find_customer
from shop import orders, personal_data


def export(desk: Desk) -> Response:
    """A file with every row of every table."""
    customer = find_customer(desk)
    data = personal_data.export(desk.session, customer)
    rows = {table: len(found) for table, found in data.items()}
    desk.record("exported the data of", str(customer.id), rows=rows)
    headers = {"Content-Disposition": f'attachment; filename="customer-{customer.id}.json"'}
    body = json.dumps(data, ensure_ascii=False, indent=1)
    return Response(body, media_type="application/json", headers=headers)


def ask(desk: Desk) -> Response:
    """What would go, before it does."""
    customer = find_customer(desk)
    values = {
        "customer": customer,
        "counts": personal_data.counts(desk.session, customer),
        "unfinished": orders.unfinished(desk.session, customer),
    }
    return desk.page("customers/erase.html", **values)


def erase(desk: Desk) -> Response:
    """Erases, looks whether it is so, and says it."""
    erasure = personal_data.erase(desk.session, find_customer(desk))
    desk.record("erased a customer", personal_data.ERASED, rows=erasure.gone)
    return desk.page("customers/erased.html", erasure=erasure)


ROUTES = [
    Route("/customers/{customer_id:uuid}/export", screen(export, "owner"), methods=["GET"]),
    Route("/customers/{customer_id:uuid}/erase", screen(ask, "owner"), methods=["GET"]),
    Route("/customers/{customer_id:uuid}/erase", change(erase, "owner"), methods=["POST"]),
]
