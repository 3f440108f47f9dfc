"""The board under a hand and by keyboard: nothing moves away, nothing is tapped twice."""

import time

import pytest

from storage.engine import session
from storage.models import Alert
from tests.browser import wait_until
from tests.integration.console.test_accessibility import CHECKS
from tests.integration.console.test_orders import place, status_of

SCROLLED = """() => [document.querySelector('.columns').scrollLeft,
  ...[...document.querySelectorAll('.cards')].map((list) => list.scrollTop)]"""
FOCUSED = "document.activeElement.closest('[data-order]')?.dataset.order"
PAGES = (
    "/orders", "/orders?q=98", "/orders/kitchen", "/orders/kitchen?by=station", "/orders/new",
    "/numbers?days=30",
)  # fmt: skip


def fill(many=12, status="pending"):
    return [place(f"91980000{number:04}", status=status) for number in range(many)]


def middle(page, order):
    """Where the button that moves an order on is."""
    box = page.locator(f"[data-order={order}] .onward").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def click_quickly(page, x, y, times):
    """Clicks one spot again and again, as long as it is meant as one click (holding.js)."""
    began = time.monotonic()
    for _ in range(times):
        if time.monotonic() - began < 0.4:
            page.mouse.click(x, y)
            page.wait_for_timeout(60)


@pytest.mark.parametrize("width", [1024, 390])
def test_what_arrives_and_moves_leaves_everything_where_it_is(page, ravi, width):
    page.set_viewport_size({"width": width, "height": 800})
    orders = fill()
    page.goto("/orders")
    page.evaluate(
        "() => { document.querySelector('.columns').scrollLeft = 250;"
        " document.querySelector('#column-pending .cards').scrollTop = 900; }"
    )
    page.wait_for_timeout(600)
    before = page.evaluate(SCROLLED)
    assert before[0] > 0 or width > 390
    assert before[1] > 0
    arrived = place("919811111111", "New")
    ravi.sends(f"/orders/{orders[-1]}/move", status="confirmed")
    page.locator(f"#column-confirmed [data-order={orders[-1]}]").wait_for(state="attached")
    page.locator(f"[data-order={arrived}]").wait_for(state="attached")
    assert page.evaluate(SCROLLED) == before


def test_three_clicks_on_one_spot_move_one_order(page):
    first, second, third = fill(3)
    page.goto("/orders")
    x, y = middle(page, first)
    click_quickly(page, x, y, 3)
    page.locator(f"#column-confirmed [data-order={first}]").wait_for()
    page.wait_for_timeout(500)
    assert (status_of(first), status_of(second)) == ("confirmed", "pending")
    # Once the hand rests, the gap closes, and the next order can be tapped there.
    page.locator(".gap").wait_for(state="detached")
    page.wait_for_timeout(500)
    page.mouse.click(*middle(page, second))
    page.locator(f"#column-confirmed [data-order={second}]").wait_for()
    assert status_of(third) == "pending"


def test_what_is_undone_comes_back_to_its_place(page):
    orders = fill(4)
    page.goto("/orders")
    card = page.locator(f"[data-order={orders[1]}]")
    before = card.bounding_box()["y"]
    card.locator(".onward").click()
    page.locator(".gap").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator(f"#column-pending [data-order={orders[1]}]").wait_for()
    assert card.bounding_box()["y"] == before
    assert page.locator(".gap").count() == 1


def test_a_second_click_on_what_was_found_does_not_go_two_steps(page):
    order = place()
    page.goto("/orders?q=meera")
    x, y = middle(page, order)
    click_quickly(page, x, y, 4)
    page.locator(f".found [data-order={order}] .status-confirmed").wait_for()
    page.wait_for_timeout(300)
    assert status_of(order) == "confirmed"


def test_whoever_was_aimed_at_is_tapped_when_the_gap_closes_then(page):
    first, second, _ = fill(3)
    page.goto("/orders")
    x, y = middle(page, second)
    # A gap comes and goes: another order comes to stand where this one was, right before the tap.
    page.evaluate(
        "([x, y]) => { let has_gap = false; new MutationObserver((_, watch) => {"
        " const gap = document.querySelector('#column-pending .gap');"
        " if (gap || !has_gap) { has_gap = Boolean(gap); return; } watch.disconnect();"
        " const there = document.elementFromPoint(x, y);"
        " const at = {bubbles: true, clientX: x, clientY: y};"
        " for (const what of ['pointerdown', 'pointerup'])"
        " there.dispatchEvent(new PointerEvent(what, at)); there.click(); })"
        ".observe(document.getElementById('board'), {childList: true, subtree: true}); }",
        [x, y],
    )
    page.locator(f"[data-order={first}] .onward").click()
    page.mouse.move(10, 10)
    page.locator(f"#column-confirmed [data-order={second}]").wait_for()


def test_the_first_tap_is_taken_whatever_the_bell_says(page):
    [order, _] = fill(2)
    page.goto("/orders")
    page.locator("#ring").wait_for()
    before = middle(page, order)
    page.mouse.click(*before)
    page.locator(f"#column-confirmed [data-order={order}]").wait_for()
    page.get_by_role("button", name="Seen").click()
    page.locator("#ring").wait_for(state="hidden")
    assert page.locator("#column-pending .cards").bounding_box()["y"] > 0
    top = page.locator(".columns").bounding_box()["y"]
    place("919822222222", "New")
    page.locator("#ring").wait_for()
    assert page.locator(".columns").bounding_box()["y"] == top


def test_the_board_by_keyboard(page):
    first, second, third = fill(3)
    other = place("919833333333", "Zoya", status="confirmed")
    page.goto("/orders")
    page.locator("#order-search").focus()
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if order := page.evaluate(FOCUSED):
            stops.append(order)
    # One stop for all orders, and its own buttons.
    assert set(stops) == {first}
    page.locator(f"[data-order={first}]").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == second
    page.keyboard.press("Enter")
    page.locator(f"#column-confirmed [data-order={second}]").wait_for()
    assert page.evaluate(FOCUSED) == third
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) in (second, other)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUSED) in (first, third)


def test_focus_stays_when_the_focused_order_changes(page, ravi):
    order = place()
    page.goto("/orders")
    page.locator(f"[data-order={order}] .onward").focus()
    ravi.sends("/orders/seen")
    page.locator(f"[data-order={order}]:not(.is-new)").wait_for()
    wait_until(page, f"document.activeElement.ariaLabel === 'Confirm {order}'")


def test_without_a_connection_nothing_is_lost_in_silence(page):
    order = place()
    page.goto("/orders")
    page.route("**/move*", lambda route: route.abort())
    page.get_by_role("button", name=f"Confirm {order}").click()
    page.get_by_text("nothing was changed. Tap again.").wait_for()
    page.unroute("**/move*")
    page.locator(f"[data-order={order}]:not([data-busy])").wait_for()
    page.get_by_role("button", name=f"Confirm {order}").click()
    page.locator(f"#column-confirmed [data-order={order}]").wait_for()


# 640: a desk at 200 %.
@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400), (1024, 600)])
def test_the_rooms_can_be_used_on_a_small_screen(page, width, height):
    fill(3)
    place("919844444444", "Venkataraman Subramaniam Iyer", status="preparing")
    page.set_viewport_size({"width": width, "height": height})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate(CHECKS) == [], path


def test_a_gap_keeps_its_words_when_the_clocks_go_on(page):
    [order] = fill(1)
    page.goto("/orders")
    said = page.evaluate(
        "(order) => { holding.leave(document.querySelector(`[data-order=${order}]`), 'It left.');"
        " countAllClocks(); return document.querySelector('.gap').textContent; }",
        order,
    )
    assert said == "It left."


@pytest.mark.parametrize("width", [1280, 390])
def test_no_new_order_covers_what_is_wrong(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    with session() as opened:
        opened.add(Alert(kind="messages_wait", subject="", words="3 wait", place="/inbox"))
    place()
    page.goto("/orders")
    page.locator("#ring").wait_for()
    wrong, new = (page.locator(each).bounding_box() for each in (".stopped", "#ring"))
    assert wrong["y"] + wrong["height"] <= new["y"]
