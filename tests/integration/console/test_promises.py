"""What must hold of every page and every form, the ones that are made tomorrow included."""

import re
from datetime import UTC, datetime
from typing import get_args
from uuid import uuid4

import pytest
import requests

from console.app import ROUTES
from storage.engine import session
from storage.models import (
    AuditEntry,
    Option,
    OptionGroup,
    Order,
    Ticket,
    UserProfile,
    WhatsappMessage,
)
from storage.models.orders import OrderStatus
from tests.integration.console.people import Worker

OPEN_TO_ALL = {"/", "/alive", "/login", "/login/code", "/service-worker.js", "/welcome/{token}"}
OWNERS_ONLY = re.compile(
    r"^/(menus|team|log|numbers|answers|customers|going-live|shop(?!/switch))\b"
    r"|^/products/(?!pictures/|\{sku\}/available)|^/alerts/(phone|settings)"
)
GUARDED = [route for route in ROUTES if route.path not in OPEN_TO_ALL]
GETS = sorted({route.path for route in GUARDED if "GET" in route.methods})
POSTS = sorted({route.path for route in GUARDED if "POST" in route.methods})
# What only stands behind an id that a test would have to make first.
PARTS = ("/live", "/live/now", "/orders/board", "/inbox/talks", "/going-live/findings")
PAGES = [path for path in GETS if "{" not in path and path not in PARTS]


def filled(path, number="999999"):
    """An address of this form that leads to nothing."""
    path = re.sub(r"\{\w+:uuid\}", str(uuid4()), path)
    path = re.sub(r"\{\w+:row\}", number, path)
    return re.sub(r"\{\w+(:path)?\}", "nothing", path)


@pytest.mark.parametrize("path", GETS)
def test_nobody_sees_a_page_without_a_login(console, path):
    answer = requests.get(console + filled(path), allow_redirects=False)
    assert answer.status_code in (303, 401)
    assert "Counter" not in answer.text


@pytest.mark.parametrize("path", POSTS)
def test_nobody_changes_anything_without_a_login(console, path):
    answer = requests.post(console + filled(path), allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"][:6]) == (303, "/login")


def test_no_form_is_taken_without_its_token(asha, console):
    for path in POSTS:
        for token in ("", "0" * 64):
            answer = requests.post(
                console + filled(path), {"csrf": token}, cookies=asha.cookies, allow_redirects=False
            )
            assert answer.status_code == 403, path


def test_no_form_is_taken_from_another_site(asha, console):
    for path in POSTS:
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}):
            answer = requests.post(
                console + filled(path),
                {"csrf": asha.csrf()},
                cookies=asha.cookies,
                headers=headers,
                allow_redirects=False,
            )
            assert answer.status_code == 403, path


def test_owners_pages_are_closed_to_staff(ravi):
    token = ravi.csrf()
    for path in GETS:
        closed = ravi.gets(filled(path)).status_code == 403 if path != "/live" else False
        assert closed == bool(OWNERS_ONLY.match(path)), path
    for path in POSTS:
        answer = ravi.sends(filled(path), csrf=token)
        if OWNERS_ONLY.match(path):
            assert answer.status_code == 403, path
        if path in ("/logout", "/account/logout"):
            ravi.log_in()
            token = ravi.csrf()


def test_what_is_not_there_is_not_found(asha):
    token = asha.csrf()
    for path in [path for path in GETS if "{" in path]:
        assert asha.gets(filled(path)).status_code == 404, path
    for path in [path for path in POSTS if "{" in path]:
        assert asha.sends(filled(path), csrf=token).status_code == 404, path


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, str(2**63)], ids=len)
def test_a_number_that_no_row_can_have_is_not_found(asha, number):
    token = asha.csrf()
    for path in [path for path in GETS if ":int" in path]:
        assert asha.gets(filled(path, number)).status_code == 404, path
    for path in [path for path in POSTS if ":int" in path]:
        assert asha.sends(filled(path, number), csrf=token).status_code == 404, path


@pytest.fixture
def busy_shop(engine):
    """Something to see on every page, with names that would like to be scripts."""
    evil = "<script>document.title='gone'</script><img src=x onerror=alert(1)>"
    with session() as opened:
        now = datetime.now(UTC)
        customer = UserProfile(
            whatsapp_phone="919800000001", display_name=evil, last_interaction=now
        )
        silent = UserProfile(whatsapp_phone="919800000002", display_name=evil)
        opened.add_all([customer, silent])
        opened.flush()
        items = [{"product": evil, "quantity": evil, "product_name": evil * 3}]
        opened.add_all(
            [
                Order(customer_id=customer.id, items=items, order_id=f"ORD-{status}", status=status)
                for status in get_args(OrderStatus)
            ]
        )
        opened.add(Ticket(customer_id=customer.id, description=evil, category=evil))
        opened.add(WhatsappMessage(customer_id=customer.id, content=evil, status="dead"))
        opened.add(OptionGroup(id=1, name=evil))
        opened.flush()
        opened.add(Option(group_id=1, name=evil, aliases=[evil]))
        opened.add(AuditEntry(staff_name=evil, action=evil, subject=evil, details={evil: evil}))
        return [
            f"/inbox/{customer.id}",
            f"/inbox/{silent.id}",
            f"/customers/{customer.id}/erase",
            "/orders/ORD-pending",
            "/menus/main_menu",
            "/products/coffee",
            "/products/options/1",
        ]


CHECKS = """() => {
  const every = (what) => [...document.querySelectorAll(what)].filter((e) => e.checkVisibility());
  const named = (e) => e.textContent.trim() || e.ariaLabel || e.querySelector("[aria-label]");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const wide = document.documentElement.scrollWidth;
  const [h1] = document.querySelectorAll("h1");
  const oneLine = 1.5 * parseFloat(getComputedStyle(h1).lineHeight);
  const isBroken = !h1.textContent.trim().includes(" ") && h1.offsetHeight > oneLine;
  const fields = every("input:not([type=hidden]), select, textarea");
  return [
    ...(document.querySelectorAll("h1").length === 1 ? [] : ["not one h1"]),
    ...(isBroken ? [`a word in two lines: ${h1.textContent}`] : []),
    ...fields.filter((e) => !e.labels?.length && !e.ariaLabel).map((e) => `no label: ${e.name}`),
    ...every("button, a, summary").filter((e) => !named(e)).map((e) => `no name: ${e.outerHTML}`),
    ...every("img:not([alt])").map((e) => `no alt: ${e.src}`),
    ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `id twice: ${id}`),
    ...(wide > innerWidth ? [`wider than the screen: ${wide}`] : []),
    ...(document.title.includes("Counter") ? [] : [`title: ${document.title}`]),
  ];
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_every_page_can_be_read_and_used_by_everybody(page, busy_shop, width, height):
    """Labels, names, no script from a customer's name, nothing wider than a small phone."""
    page.set_viewport_size({"width": width, "height": height})
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in [*PAGES, *busy_shop]:
        page.goto(path)
        assert page.evaluate(CHECKS) == [], path
    assert dialogs == []


def test_everything_can_be_reached_with_the_keyboard_alone(page):
    page.goto("/orders")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_page_for_links_needs_no_login(console):
    assert Worker(console, "x").gets("/welcome/nothing").status_code == 410
