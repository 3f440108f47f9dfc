"""What the board asks for and gets: the cards that changed, and nothing else."""

import re

import pytest

from console.orders import standing
from shop.orders import order_status
from storage.engine import session
from storage.models import Order, OrderNotice, UserProfile
from tests.integration.console.test_board_trade import now, trade
from tests.integration.console.test_orders import place, status_of

HTMX = {"HX-Request": "true"}


def shown(page):
    """The orders of a page with their versions."""
    return dict(re.findall(r'data-order="([^"]+)"[^>]*data-version="(\w+)"', page))


def post(worker, path, **fields):
    fields.setdefault("csrf", worker.csrf())
    return worker.http.post(worker.console + path, data=fields, headers=HTMX)


def ask(worker, have, **fields):
    """What changed since a page had these orders."""
    lines = "\n".join(f"{order} {version}" for order, version in have.items())
    answer = post(worker, "/orders/changes", have=lines, **fields)
    assert answer.status_code == 200
    return answer.text


def gone(changes):
    return re.search(r"data-gone='([^']*)'", changes)[1]


def test_nothing_comes_where_nothing_changed(ravi):
    for status in order_status.STATUSES:
        place(status=status)
    have = shown(ravi.sees("/orders"))
    assert len(have) == 6
    changes = ask(ravi, have)
    assert shown(changes) == {}
    assert gone(changes) == "[]"
    assert len(changes) < 3000


def test_what_changed_comes_alone(ravi):
    moved, kept = place(), place("919800000002", "Zoya")
    have = shown(ravi.sees("/orders"))
    order = place("919800000003", "New")
    ravi.sends(f"/orders/{moved}/move", status="confirmed")
    changes = ask(ravi, have)
    assert set(shown(changes)) == {moved, order}
    assert kept not in changes
    assert '<b data-count-of="confirmed">1</b>' in changes


@pytest.mark.parametrize("what", ["name", "notice", "seen", "accepts"])
def test_whatever_a_card_shows_changes_its_version(ravi, what):
    order = place()
    have = shown(ravi.sees("/orders"))
    with session() as opened:
        if what == "name":
            opened.query(UserProfile).one().display_name = "Meera Rao"
        if what == "notice":
            opened.add(OrderNotice(order_id=order, status="pending", state="held", reason="24 h"))
    if what == "seen":
        ravi.sends("/orders/seen")
    if what == "accepts":
        trade(accepts_orders="by_staff")
    assert set(shown(ask(ravi, have))) == {order}


def test_what_is_gone_is_named(ravi):
    order = place()
    have = shown(ravi.sees("/orders"))
    with session() as opened:
        opened.delete(opened.get_one(Order, order))
    assert gone(ask(ravi, have)) == f'["{order}"]'


def test_a_search_asks_for_what_it_found(ravi):
    old = place(status="delivered", moved_at=now().replace(year=2020))
    have = shown(ravi.sees("/orders?q=meera"))
    place()
    assert set(have) == {old}
    assert shown(ask(ravi, have, view="found")) == {}
    ravi.sends(f"/orders/{old}/move", status="ready")
    assert set(shown(ask(ravi, have, view="found"))) == {old}


def test_a_move_is_answered_with_its_card_and_an_undo(ravi):
    order, other = place(), place()
    answer = post(ravi, f"/orders/{order}/move?from=pending", status="confirmed").text
    assert set(shown(answer)) == {order}
    assert other not in answer
    assert f"Undo: {order} back to new" in answer
    assert len(answer) < 6000


def test_a_tap_on_what_has_moved_on_changes_nothing(ravi):
    order = place()
    ravi.sends(f"/orders/{order}/move", status="confirmed")
    late = post(ravi, f"/orders/{order}/move?from=pending", status="confirmed")
    assert (late.status_code, late.text) == (
        409, f"{order} is confirmed by now, so nothing was changed.",
    )  # fmt: skip
    # Two people meant to go one step: it does not go two.
    late = post(ravi, f"/orders/{order}/move?from=pending", status="preparing")
    assert late.status_code == 409
    assert status_of(order) == "confirmed"


def test_pages_are_compressed_and_their_tokens_differ(ravi):
    for number in range(60):
        place(f"9198000{number:05}")
    answer = ravi.gets("/orders")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < len(answer.content) / 5
    assert ravi.csrf("/orders") != ravi.csrf("/orders")
    assert "Content-Encoding" not in ravi.http.get(f"{ravi.console}/live", stream=True).headers


def test_no_page_that_is_none_of_ours_is_served(ravi):
    answer = post(ravi, "/orders/changes", view="nothing")
    assert answer.status_code == 400


def test_a_long_column_says_how_much_more_there_is(ravi, monkeypatch):
    monkeypatch.setattr(standing, "MOST_IN_A_COLUMN", 2)
    for number in range(3):
        place(f"9198000{number:05}")
    page = ravi.sees("/orders")
    assert len(shown(page)) == 2
    assert "1 more: search finds them." in page
    place("919811111111")
    changes = ask(ravi, shown(page))
    assert shown(changes) == {}
    assert "2 more: search finds them." in changes
