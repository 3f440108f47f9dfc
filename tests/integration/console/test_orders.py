"""The orders board, by HTTP and in a real browser."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
import requests
from sqlalchemy import select, text, update

from console.orders import finding, reading
from shop.orders import order_status
from storage.engine import session
from storage.models import AuditEntry, Order, UserProfile
from tests.browser import wait_until


def place(phone="919800000001", name="Meera", items=None, **values):
    """An order, its number returned."""
    with session() as opened:
        customer = opened.query(UserProfile).filter_by(whatsapp_phone=phone).first()
        customer = customer or UserProfile(whatsapp_phone=phone, display_name=name)
        opened.add(customer)
        opened.flush()
        order = Order(
            customer_id=customer.id,
            customer_phone=phone,
            items=items or [{"product": "coffee", "product_name": "Coffee", "quantity": 2}],
            total=values.pop("total", Decimal(240)),
            **values,
        )
        opened.add(order)
        opened.flush()
        return order.order_id


def status_of(order_id):
    with session() as opened:
        return opened.get_one(Order, order_id).status


def test_an_order_goes_its_way_in_one_tap_each(ravi):
    order = place()
    for status in ("confirmed", "preparing", "ready", "delivered"):
        answer = ravi.sends(f"/orders/{order}/move", status=status)
        assert answer.status_code == 303
        assert status_of(order) == status
    with session() as opened:
        moves = opened.scalars(select(AuditEntry).where(AuditEntry.subject == order)).all()
        assert len(moves) == 4
        assert (moves[-1].staff_name, moves[-1].details["after"]) == ("Ravi", "delivered")


@pytest.mark.parametrize("status", ["delivered", "pending", "nonsense", ""])
def test_no_order_takes_another_way(ravi, status):
    order = place()
    answer = ravi.sends(f"/orders/{order}/move", status=status)
    assert answer.status_code == 409
    assert status_of(order) == "pending"


def test_two_taps_at_once_move_it_once(engine):
    order = place()
    together, refused = Barrier(2, timeout=60), []

    def tap():
        with session() as opened:
            found = opened.get_one(Order, order)
            together.wait()
            try:
                order_status.move_order(opened, found, "confirmed")
            except order_status.NoWay as no_way:
                refused.append(str(no_way))

    taps = [Thread(daemon=True, target=tap) for _ in range(2)]
    [tap.start() for tap in taps]
    [tap.join() for tap in taps]
    assert status_of(order) == "confirmed"
    assert len(refused) == 1


def test_every_status_has_a_way_and_no_way_leads_nowhere():
    for status in order_status.STATUSES:
        for way in order_status.next_statuses(status):
            assert way in order_status.STATUSES
    assert order_status.next_statuses("cancelled") == ()
    assert order_status.next_statuses("ready") == ("delivered", "preparing", "cancelled")


def test_a_forged_move_changes_nothing(ravi):
    order = place()
    url = f"{ravi.console}/orders/{order}/move"
    without = requests.post(url, data={"status": "confirmed"}, cookies=ravi.cookies)
    token = ravi.csrf()
    forged = {"Origin": "https://evil.example"}
    data = {"status": "confirmed", "csrf": token}
    elsewhere = requests.post(url, data=data, cookies=ravi.cookies, headers=forged)
    by_site = {"Sec-Fetch-Site": "cross-site"}
    cross = requests.post(url, data=data, cookies=ravi.cookies, headers=by_site)
    another = {"status": "confirmed", "csrf": "0" * 64}
    guessed = requests.post(url, data=another, cookies=ravi.cookies)
    assert {without.status_code, elsewhere.status_code, cross.status_code} == {403}
    assert guessed.status_code == 403
    assert status_of(order) == "pending"


@pytest.mark.parametrize("wanted", ["meera", "98000 00001", "+91 98000 00001", "ORD-"])
def test_search_finds_by_name_phone_and_number(ravi, wanted):
    order = place()
    other = place("919811111111", "Someone Else")
    page = ravi.gets(f"/orders?q={requests.utils.quote(wanted)}").text
    assert order in page
    assert (other in page) == (wanted == "ORD-")


@pytest.mark.parametrize("wanted", ["mg road", "Road bengaluru", "560001", "560 001", "flat 3"])
@pytest.mark.parametrize("newest", [1_000, 0])
def test_search_finds_by_address(ravi, monkeypatch, wanted, newest):
    monkeypatch.setattr(finding, "NEWEST", newest)
    words = "Flat 3, MG Road, Bengaluru"
    order = place(address={"text": words, "postcode": "560001"})
    others = [place(address={"text": "Brigade Road", "postcode": "560025"}), place()]
    page = ravi.gets(f"/orders?q={requests.utils.quote(wanted)}").text
    assert order in page
    assert not any(other in page for other in others)


def test_search_takes_signs_for_signs(ravi):
    order = place()
    assert order not in ravi.sees("/orders?q=%25")
    assert "No order found" in ravi.sees("/orders?q=_")


def test_the_days_totals_reconcile(session):
    place(total=Decimal("100.50"))
    place(total=Decimal(50))
    cancelled = place(total=Decimal(999))
    old = place(total=Decimal(7))
    session.execute(update(Order).where(Order.order_id == cancelled).values(status="cancelled"))
    session.execute(
        update(Order).where(Order.order_id == old).values(created_at=text("now() - interval '2 d'"))
    )
    day = reading.day_figures(session)
    assert (day.orders, day.sales, day.cancelled, day.average) == (
        2, Decimal("150.50"), 1, Decimal("75.25"),
    )  # fmt: skip


def test_the_figures_of_the_day_are_of_the_same_orders(ravi):
    place(total=Decimal(100))
    place(total=Decimal(50))
    place(total=Decimal(999), status="cancelled")
    page = ravi.sees("/orders")
    shown = re.findall(r'<dt>([^<]+)</dt><dd class="figure">([^<]+)<', page)
    assert shown == [
        ("Orders today", "2"),
        ("Sales today", "₹150"),
        ("Average", "₹75"),
        ("Cancelled", "1"),
    ]


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([{"product": "coffee", "quantity": 2}], "2 × Coffee"),
        ([{"product": "caviar", "quantity": 1}], "1 × caviar"),
        ([{"product": "tea"}], "1 × Tea"),
        (["coffee"], "₹240"),
        ({}, "₹240"),
        ([{"product": None, "quantity": None}], "None × None"),
    ],
)
def test_orders_written_by_hand_are_shown(ravi, items, said):
    place(items=items)
    assert said in ravi.sees("/orders")


def test_where_an_order_is_to_be_brought(ravi):
    text = "Connaught Place, Block A, New Delhi"
    order = place(
        fulfilment="delivery", address={"text": text, "latitude": 28.6315, "longitude": 77.2167}
    )
    page = ravi.sees(f"/orders/{order}")
    assert f"<address>{text}</address>" in page
    shown = 'href="https://www.google.com/maps/search/?api=1&amp;query=28.6315%2C77.2167"'
    for seen in (page, ravi.sees("/orders")):
        assert f'{shown} target="_blank" rel="noopener noreferrer"' in seen
        assert "Delivery" in seen
    assert text in ravi.sees("/orders")
    place(address={"text": "Flat 3, MG Road", "postcode": "560001"})
    assert "query=Flat+3%2C+MG+Road%2C+560001" in ravi.sees("/orders")


def test_how_an_order_is_to_be_made(ravi):
    items = [
        {"product": "coffee", "product_name": "Coffee", "quantity": 2},
        {"product": "tea", "product_name": "Tea", "quantity": 1},
    ]
    order = place(items=items, notes={"tea": "no <sugar>", "": "ring the bell"})
    for page in ("/orders", f"/orders/{order}"):
        seen = ravi.sees(page)
        assert "Tea: no &lt;sugar&gt;" in seen
        assert "ring the bell" in seen


def test_a_script_in_a_name_stays_text(ravi):
    place(name="<script>alert(1)</script>")
    page = ravi.sees("/orders")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_order_appears_by_itself_and_rings_until_seen(page):
    page.goto("/orders")
    page.get_by_role("heading", name="Orders").click()
    order = place()
    card = page.locator(f"#column-pending [data-order={order}]")
    card.wait_for()
    page.get_by_text("1 new order").wait_for()
    wait_until(page, "document.documentElement.dataset.rung >= 2")
    page.get_by_role("button", name="Seen").click()
    page.get_by_text("1 new order").wait_for(state="hidden")
    rung = page.evaluate("document.documentElement.dataset.rung")
    page.wait_for_timeout(4500)
    assert page.evaluate("document.documentElement.dataset.rung") == rung


def test_the_board_moves_orders_without_being_loaded_again(page):
    order = place()
    page.goto("/orders")
    page.evaluate("window.stays = true")
    page.get_by_role("button", name=f"Confirm {order}").click()
    page.locator(f"#column-confirmed [data-order={order}]").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator(f"#column-pending [data-order={order}]").wait_for()
    page.get_by_role("button", name=f"Cancel {order}").click()
    page.get_by_role("button", name="Cancel the order", exact=True).click()
    page.locator(f"#column-cancelled [data-order={order}]").wait_for()
    assert page.evaluate("window.stays")
    assert status_of(order) == "cancelled"


def test_an_order_is_kept_unless_one_says_so(page):
    order = place()
    page.goto("/orders")
    for path in ("/orders", f"/orders/{order}"):
        page.goto(path)
        page.get_by_role("button", name=re.compile("^Cancel")).click()
        page.get_by_text(f"Cancel {order}? This cannot be taken back.").wait_for()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for(state="detached")
        assert status_of(order) == "pending"
    page.get_by_role("button", name="Cancel the order").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the order").click()
    page.get_by_text(f"{order} is cancelled.").wait_for()
    assert status_of(order) == "cancelled"


def test_a_question_outlives_news_of_the_board(page, ravi):
    order, other = place(), place()
    page.goto("/orders")
    page.get_by_role("button", name=f"Cancel {order}").click()
    ravi.sends(f"/orders/{other}/move", status="confirmed")
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="Cancel the order", exact=True).click()
    page.locator(f"#column-cancelled [data-order={order}]").wait_for()
    assert status_of(other) == "confirmed"


def test_every_button_of_the_board_says_which_order_it_is_for(page):
    orders = [place(status=status) for status in ("pending", "confirmed", "ready", "delivered")]
    page.goto("/orders")
    names = page.locator("#board button").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert len(names) == len(set(names)) == 9
    assert all(any(order in name for order in orders) for name in names)


@pytest.mark.parametrize("width", [360, 1024, 1280, 1600])
def test_nothing_on_a_card_runs_over_its_edge(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    long_ago = datetime.now(UTC) - timedelta(days=500)
    for status in order_status.STATUSES:
        place(status=status, total=Decimal("12345.50"), name="Venkataraman Subramaniam Iyer")
        place(status=status, created_at=long_ago)
    for path in ("/orders", "/orders?q=ORD"):
        page.goto(path)
        over = page.locator(".order").evaluate_all(
            "all => all.flatMap((card) => [...card.querySelectorAll('*')].filter((one) =>"
            " one.checkVisibility() && !one.closest('.sr')"
            " && one.getBoundingClientRect().right > card.getBoundingClientRect().right - 4))"
            ".map((one) => one.outerHTML)"
        )
        assert over == [], path


def test_what_a_colleague_does_is_seen_too(page, ravi):
    order = place()
    page.goto("/orders")
    ravi.sends(f"/orders/{order}/move", status="confirmed")
    page.locator(f"#column-confirmed [data-order={order}]").wait_for()


def test_without_an_event_stream_the_board_asks(page):
    page.route("**/live", lambda route: route.abort())
    page.goto("/orders")
    page.wait_for_timeout(1000)
    order = place()
    page.locator(f"#column-pending [data-order={order}]").wait_for()


def test_of_several_tabs_one_listens_and_all_hear(page):
    asked = []
    page.context.on("request", lambda request: request.url.endswith("/live") and asked.append(1))
    page.goto("/orders")
    other = page.context.new_page()
    other.goto("/orders")
    order = place()
    for tab in (page, other):
        tab.locator(f"#column-pending [data-order={order}]").wait_for()
    assert len(asked) == 1


def test_search_as_one_types(page):
    order = place()
    place("919811111111", "Someone Else")
    page.goto("/orders")
    page.get_by_role("searchbox").type("meer")
    page.locator(".found").wait_for()
    assert page.locator(".found .order").count() == 1
    page.get_by_role("button", name=f"Confirm {order}").click()
    page.locator(f".found [data-order={order}] .status-confirmed").wait_for()


def test_every_page_says_that_whatsapp_takes_nothing(asha):
    assert "takes none of our messages" not in asha.gets("/orders").text
    with session() as opened:
        opened.execute(
            text(
                "INSERT INTO pauses (number, until, seconds, reason)"
                " VALUES ('1', now() + interval '1 minute', 30, '190 token <expired>')"
            )
        )
    for path in ("/orders", "/products"):
        page = asha.gets(path).text
        assert "takes none of our messages" in page
        assert "190 token &lt;expired&gt;" in page
