"""The kitchen's page: what is to be cooked, in sums and as tickets."""

import re

from storage.engine import session
from storage.models import OrderNotice
from tests.integration.console.test_board_changes import gone, post, shown
from tests.integration.console.test_board_trade import MINUTE, now, trade
from tests.integration.console.test_orders import place, status_of

CHAI = [
    {"product": "tea", "product_name": "Chai", "quantity": 2, "options": [{"name": "Large"}]},
    {"product": "samosa", "product_name": "Samosa", "quantity": 3},
]


def test_it_shows_what_is_to_be_cooked_and_its_sums(ravi):
    cooked = [place(items=CHAI, status=status) for status in ("pending", "confirmed", "preparing")]
    others = [place(items=CHAI, status=status) for status in ("ready", "delivered", "cancelled")]
    later = place(items=CHAI, due_at=now() + 600 * MINUTE, accepted_at=now())
    page = ravi.sees("/orders/kitchen")
    assert set(shown(page)) == set(cooked)
    assert not any(order in page for order in [*others, later])
    sums = re.search(r'id="all-day">(.*?)</p>', page, re.S)[1]
    assert re.findall(r">(\d+)</b> (\w+)", sums) == [("9", "Samosa"), ("6", "Chai")]
    assert '2 × Chai<span class="line-option">Large</span>' in page


def test_what_nobody_accepted_is_not_cooked(ravi):
    trade(accepts_orders="by_staff")
    order = place(items=CHAI)
    assert order not in ravi.sees("/orders/kitchen")


def test_a_ticket_has_a_short_number_and_its_note(ravi):
    order = place(items=CHAI, notes={"tea": "no sugar"}, promised_at=now() - MINUTE)
    page = ravi.sees("/orders/kitchen")
    number = order.removeprefix("ORD-")
    assert f"<small>{number[:-3]}</small>{number[-3:]}" in page
    assert "no sugar" in page
    assert "is-late" in page


def test_the_kitchen_needs_one_tap(ravi):
    order = place(items=CHAI, accepted_at=now())
    answer = post(ravi, f"/orders/{order}/cook?from=pending", status="preparing", view="kitchen")
    assert status_of(order) == "preparing"
    assert set(shown(answer.text)) == {order}
    answer = post(ravi, f"/orders/{order}/cook?from=preparing", status="ready", view="kitchen")
    assert status_of(order) == "ready"
    assert gone(answer.text) == f'["{order}"]'
    assert "nothing to make" in answer.text
    late = post(ravi, f"/orders/{order}/cook?from=preparing", status="ready", view="kitchen")
    assert late.status_code == 409


def test_of_the_steps_between_the_customer_hears_the_last(ravi):
    order = place(items=CHAI, accepted_at=now())
    ravi.sends(f"/orders/{order}/cook", status="ready")
    with session() as opened:
        notices = opened.query(OrderNotice).filter_by(order_id=order).order_by(OrderNotice.id)
        # Those that the order has moved on from are dropped (shop/orders/due_news.py).
        assert [notice.status for notice in notices][-1] == "ready"


def test_no_order_is_served_or_cancelled_from_the_kitchen(ravi):
    order = place(items=CHAI)
    for status in ("delivered", "cancelled", "confirmed", "", "nonsense"):
        assert ravi.sends(f"/orders/{order}/cook", status=status).status_code == 409
    assert status_of(order) == "pending"


def test_new_tickets_come_and_sums_follow(page, ravi):
    page.goto("/orders/kitchen")
    page.get_by_text("Nothing to make.").wait_for()
    order = place(items=CHAI)
    ticket = page.locator(f".ticket[data-order={order}]")
    ticket.wait_for()
    assert "3 Samosa" in page.locator("#all-day").inner_text().replace("\n", " ")
    page.wait_for_timeout(700)
    page.get_by_role("button", name=f"{order} is ready").click()
    ticket.wait_for(state="detached")
    page.locator("#all-day").get_by_text("nothing to make").wait_for()
    assert status_of(order) == "ready"


STATIONS = "/orders/kitchen?by=station"


def test_one_column_a_station(page, ravi):
    order = place(items=CHAI)
    gone_by_now = [{"product": "halwa", "product_name": "Halwa", "quantity": 1}]
    other = place(items=gone_by_now)
    page.goto(STATIONS)
    heads = page.locator(".station-heads .station")
    assert [" ".join(words.split()) for words in heads.all_inner_texts()] == [
        "Beverages 2 Chai",
        "Snacks 3 Samosa 1 Halwa",
    ]
    cells = page.locator(f"[data-order={order}] .station").all_inner_texts()
    assert [" ".join(words.split()) for words in cells] == ["2 × Chai Large", "3 × Samosa"]
    assert page.locator(f"[data-order={other}] .station").all_inner_texts()[0] == ""
    edges = "(all) => all.map((one) => one.getBoundingClientRect().left)"
    for each in (order, other):
        columns = page.locator(f"[data-order={each}] .station").evaluate_all(edges)
        for here, above in zip(columns, heads.evaluate_all(edges), strict=True):
            assert abs(here - above) < 1
    arrived = place(items=CHAI)
    page.locator(f".ticket[data-order={arrived}]").wait_for()
    page.wait_for_timeout(700)
    page.get_by_role("button", name=f"{order} is ready").click()
    page.locator(f"[data-order={order}]").wait_for(state="detached")
    assert page.locator(f"[data-order={arrived}] .station").count() == 2
    assert "2 Chai" in heads.first.inner_text().replace("\n", " ")
    assert status_of(order) == "ready"


def test_one_ticket_is_printed_alone(page):
    first, second = place(items=CHAI), place(items=CHAI)
    page.goto("/orders/kitchen")
    page.evaluate(
        "window.print = () => { window.printed = "
        "[...document.querySelectorAll('.is-printed')].map((one) => one.dataset.order); }"
    )
    page.get_by_role("button", name=f"Print {first}").click()
    assert page.evaluate("window.printed") == [first]
    page.emulate_media(media="print")
    assert page.locator(f"[data-order={first}]").is_visible()
    assert not page.locator(f"[data-order={second}]").is_visible()
    assert not page.locator(".head").is_visible()
