"""The address of every page, read from the router: a page that is made tomorrow is among them.

A page behind an id needs an example of what it shows. One that has none fails the tests that go
over all pages, and says so.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args

from sqlalchemy import select
from starlette.routing import Route

from console.app import ROUTES
from storage.engine import session
from storage.models import (
    Alert,
    AuditEntry,
    FaqAnswer,
    Option,
    OptionGroup,
    Order,
    Ticket,
    UserProfile,
    WhatsappMessage,
    WorkflowTemplate,
    WorkflowTemplateVersion,
)
from storage.models.orders import OrderStatus
from storage.models.unclear import UnclearMessage

OPEN_TO_ALL = {"/", "/alive", "/login", "/login/code", "/service-worker.js", "/welcome/{token}"}
# Parts of pages, and what is downloaded or shown in them.
NO_PAGES = {
    "/live",
    "/live/now",
    "/orders/board",
    "/orders/new/line",
    "/orders/{order_id}/short",
    "/inbox/talks",
    "/inbox/{customer_id}/transcript",
    "/inbox/media/{message_id}",
    "/going-live/findings",
    "/customers/{customer_id}/export",
    "/numbers/{table}.csv",
    "/products/export/{kind}",
    "/products/pictures/{name}",
    # An erasure that is under way: tests/integration/console/test_personal_data.py.
    "/customers/erasures/{erasure_id}",
}


def pages_of(routes: Iterable[Route]) -> list[str]:
    """The forms of the addresses of all pages behind the login."""
    guarded = {route.path for route in routes if "GET" in (route.methods or ())} - OPEN_TO_ALL
    return sorted(path for path in guarded if _plain(path) not in NO_PAGES)


def addresses(examples: Mapping[str, object]) -> list[str]:
    """The address of every page, with an example for each id in it.

    Raises:
        KeyError: there is no example for an id; add it to `fill_shop`.
    """
    found = (_plain(path) for path in pages_of(ROUTES))
    return [re.sub(r"\{(\w+)\}", lambda name: str(examples[name[1]]), path) for path in found]


def _plain(path: str) -> str:
    return re.sub(r":\w+\}", "}", path)


def fill_shop(words: str, long: str) -> dict[str, object]:
    """Something to see on every page, called `words` and `long`; returns what the ids stand for."""
    now = datetime.now(UTC)
    with session() as opened:
        customer = UserProfile(
            whatsapp_phone="919800000001", display_name=words, last_interaction=now
        )
        opened.add_all([customer, UserProfile(whatsapp_phone="919800000002", display_name=words)])
        opened.flush()
        message = WhatsappMessage(customer_id=customer.id, content=words, status="dead")
        group = OptionGroup(name=words)
        opened.add_all([message, group, *_orders(customer, long, now)])
        opened.add(Ticket(customer_id=customer.id, description=long, category=words))
        opened.add(Alert(kind="messages_wait", subject="", words=words, place="/orders"))
        opened.add(AuditEntry(staff_name=words, action=words, subject=words, details={words: long}))
        opened.flush()
        opened.add(Option(group_id=group.id, name=words, aliases=[words]))
        opened.add(
            UnclearMessage(cause_id=message.id, customer_id=customer.id, text=long, guess="greet")
        )
        template = opened.scalars(select(WorkflowTemplate).limit(1)).one()
        version = select(WorkflowTemplateVersion.id).limit(1)
        return {
            "order_id": "ORD-pending",
            "customer_id": customer.id,
            "row": message.id,
            "answer_id": opened.scalars(select(FaqAnswer.id).limit(1)).one(),
            "response": "utter_order_confirmed",
            "sku": "coffee",
            "key": group.id,
            "name": template.template_name,
            # A menu's editor begins with the menu itself.
            "draft_id": template.id,
            "version_id": opened.scalars(version).one(),
            "kind": "list",
        }


def _orders(customer: UserProfile, long: str, now: datetime) -> list[Order]:
    """One of each status."""
    items = [{"product": "coffee", "product_name": long, "quantity": 2}]
    return [
        Order(
            order_id=f"ORD-{status}",
            customer_id=customer.id,
            items=items,
            status=status,
            total=Decimal(240),
            due_at=now + timedelta(minutes=20),
        )
        for status in get_args(OrderStatus)
    ]
