"""Conversations, tickets and messages that went wrong."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import requests

from console.inbox import failures, talks
from shop.customers import customer_search, handover
from shop.support import tickets
from storage.engine import session
from storage.models import (
    AuditEntry,
    ConversationState,
    MediaFile,
    Ticket,
    UserProfile,
    WhatsappMessage,
)
from tests.browser import wait_until
from tests.integration.customers import add_customer

MENU = {
    "type": "button",
    "body": {"text": "Welcome!"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "Place Order"}}]},
}


@pytest.fixture
def meera(meera):
    """Two things were said, and one was answered."""
    with session() as opened:
        said(opened, meera, "Hi")
        answer = said(opened, meera, "Welcome!", "outgoing", "interactive", status="read")
        answer.payload = {"interactive": MENU}
        said(opened, meera, "<b>two</b> *coffees*")
    return meera


def said(opened, customer, content, direction="incoming", kind="text", **values):
    message = WhatsappMessage(
        customer_id=customer,
        content=content,
        direction=direction,
        message_type=kind,
        **values,
    )
    opened.add(message)
    opened.flush()
    return message


def test_a_conversation_is_read_as_it_was(ravi, meera):
    page = ravi.sees(f"/inbox/{meera}")
    page = page[page.index('id="transcript"') :]
    said_order = [page.index(words) for words in (">Hi<", "Place Order", "&lt;b&gt;two")]
    assert said_order == sorted(said_order)
    assert "<b>coffees</b>" in page
    assert "left to answer freely" in ravi.sees(f"/inbox/{meera}")
    assert "Meera" in ravi.sees("/inbox")


def test_the_window_closes(ravi, meera):
    with session() as opened:
        customer = opened.get_one(UserProfile, meera)
        customer.last_interaction = datetime.now(UTC) - timedelta(hours=25)
    assert "only templates until they write" in ravi.sees(f"/inbox/{meera}")


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=meer", True), ("q=98000+00001", True), ("q=asha", False), ("q=%25", False),
     ("only=person", False), ("only=tickets", False), ("only=nonsense", True)],
)  # fmt: skip
def test_conversations_are_found(ravi, meera, query, found):
    assert ("Meera" in ravi.sees(f"/inbox/talks?{query}")) == found


def test_the_list_says_when_what_it_shows_was_said(ravi, meera):
    with session() as opened:
        opened.get_one(UserProfile, meera).last_interaction = datetime.now(UTC) - timedelta(days=3)
        later = add_customer(opened, "919811111111", last_interaction=datetime.now(UTC))
        said(opened, later.id, "Hi")
        said(opened, meera, "It is ready!", "outgoing")
    page = ravi.sees("/inbox/talks")
    assert "3 days" not in page
    assert page.index("Meera") < page.index("98111 11111")


def test_conversations_of_a_person_and_with_tickets_are_found(ravi, meera):
    with session() as opened:
        handover.take_over(opened, opened.get_one(UserProfile, meera), "Ravi")
        opened.add(Ticket(customer_id=meera, description="Cold"))
    assert "Meera" in ravi.sees("/inbox/talks?only=person")
    assert "Meera" in ravi.sees("/inbox/talks?only=tickets")


@pytest.mark.parametrize(
    ("context", "shown"),
    [
        ({"product": "coffee", "product_name": "Coffee", "price": 120, "quantity": 2, "total": 240},
         ("2 × Coffee", "₹240")),
        ({"items": [{"product": "tea", "product_name": "Tea", "quantity": 3}], "total": 240},
         ("3 × Tea", "₹240")),
        ({"order_id": "ORD-1"}, ('href="/orders/ORD-1"',)),
        ({"items": "broken", "total": "x"}, ("confirmation",)),
        ({}, ("confirmation",)),
    ],
)  # fmt: skip
def test_where_the_conversation_stands(ravi, meera, context, shown):
    with session() as opened:
        opened.add(
            ConversationState(
                customer_id=meera,
                conversation_flow="new_order",
                current_step="confirmation",
                context=context,
            )
        )
    page = ravi.sees(f"/inbox/{meera}")
    for words in shown:
        assert words in page


def test_who_the_customer_is_stands_there_in_plain_words(ravi, meera):
    with session() as opened:
        opened.get_one(UserProfile, meera).language = "hi"
    page = ravi.sees(f"/inbox/{meera}")
    assert "writes Hindi" in page
    assert "Tier" not in page
    with session() as opened:
        opened.get_one(UserProfile, meera).customer_tier = "gold"
    assert "<dt>Tier</dt><dd>gold</dd>" in ravi.sees(f"/inbox/{meera}")


def test_long_conversations_are_read_in_pieces(ravi, meera):
    with session() as opened:
        for number in range(100):
            said(opened, meera, f"number {number:03}")
    page = ravi.sees(f"/inbox/{meera}")
    assert "number 099" in page
    assert "number 010" not in page
    earlier = re.search(r'href="(/inbox/[^"]+before=\d+)"', page)[1]
    assert "number 010" in ravi.sees(earlier)


def test_tickets_are_taken_and_closed(ravi, asha, meera):
    with session() as opened:
        ticket = Ticket(customer_id=meera, description="Cold <samosas>", category="delivery")
        opened.add(ticket)
        opened.flush()
        number = ticket.ticket_id
    page = ravi.sees("/inbox/tickets")
    assert number in page
    assert "Cold &lt;samosas&gt;" in page
    somebody = re.search(r'<option value="([0-9a-f-]+)"\s*>Ravi', page)[1]
    ravi.sends(f"/inbox/tickets/{number}/assign", staff=somebody)
    assert f"{number}: Ravi." in ravi.sees("/inbox/tickets")
    assert number not in ravi.sees("/inbox/tickets?status=open")
    assert f'value="{somebody}" selected' in ravi.sees("/inbox/tickets?status=working")
    path = f"/inbox/tickets/{number}/status"
    assert ravi.sends(path, status="closed", customer=str(meera)).status_code == 400
    ravi.sends(path, status="closed", customer=str(meera), reason="They called")
    closed = ravi.sees("/inbox/tickets?status=closed")
    assert number in closed
    assert "Not answered: They called" in closed
    ravi.sends(f"/inbox/tickets/{number}/assign", staff="")
    assert ravi.sends(f"/inbox/tickets/{number}/status", status="lost").status_code == 400
    assert ravi.sends(f"/inbox/tickets/{number}/assign", staff="nobody").status_code == 404
    with session() as opened:
        entries = opened.query(AuditEntry).filter_by(subject=number).all()
        assert [entry.action for entry in entries] == [
            "assigned", "changed the ticket", "assigned",
        ]  # fmt: skip


def test_a_wish_to_be_forgotten_leads_its_owner_to_the_erasure(ravi, asha, meera):
    with session() as opened:
        customer = opened.get_one(UserProfile, meera)
        tickets.open_ticket(opened, customer, tickets.DELETION, "forget me", cause="wamid.1")
        tickets.open_ticket(opened, customer, "other", "Cold", cause="wamid.2")
    link = f'href="/customers/{meera}/erase"'
    assert asha.sees("/inbox/tickets").count(link) == 1
    staff_sees = ravi.sees("/inbox/tickets")
    assert "data deletion" in staff_sees
    assert link not in staff_sees


def test_a_wish_to_be_forgotten_is_not_closed_without_being_asked(page, meera):
    with session() as opened:
        customer = opened.get_one(UserProfile, meera)
        tickets.open_ticket(opened, customer, tickets.DELETION, "forget me", cause="wamid.1")
    for path in ("/inbox/tickets", f"/inbox/{meera}"):
        page.goto(path)
        page.get_by_text("Close …").click()
        page.get_by_role("button", name="Close without erasing").click()
        wait_until(page, "document.activeElement.validity?.valueMissing")
    with session() as opened:
        assert opened.query(Ticket).one().status == "open"
    page.goto("/inbox/tickets")
    page.get_by_text("Close …").click()
    page.get_by_label("Why is nothing erased?").fill("They changed their mind")
    page.get_by_role("button", name="Close without erasing").click()
    page.get_by_text("is closed.").wait_for()


def test_a_ticket_is_there_to_be_answered(ravi, meera):
    with session() as opened:
        opened.add(Ticket(customer_id=meera, category=tickets.PERSON))
    page = ravi.sees("/inbox/tickets")
    assert re.search(f'<a class="button small" href="/inbox/{meera}">.*Answer</a>', page, re.DOTALL)
    assert "wants a person" in page


def test_what_went_wrong_is_listed(ravi, meera):
    with session() as opened:
        said(opened, meera, "Not understood", status="dead", failure_reason="server away")
        said(opened, meera, "Ready!", "outgoing", status="failed", failure_reason="131026 gone")
        said(opened, meera, "Fine", "outgoing", status="read")
    page = ravi.sees("/inbox/troubles")
    assert "Meera could not be reached" in page
    # What only we can read is in the logs.
    assert "server away" not in page
    assert "131026" not in page
    assert "Fine" not in page
    assert "Not sent: Meera could not be reached" in ravi.sees(f"/inbox/{meera}")


def test_an_answer_that_came_too_late_is_tried_again_once_it_can_be(ravi, meera):
    with session() as opened:
        customer = opened.get_one(UserProfile, meera)
        customer.last_interaction = datetime.now(UTC) - timedelta(hours=30)
        refused = "131047 Re-engagement message: too late"
        said(opened, meera, "Sorry!", "outgoing", status="failed", failure_reason=refused)
    for path in ("/inbox/troubles", f"/inbox/{meera}"):
        page = ravi.sees(path)
        assert "24 hours have passed since Meera last wrote" in page
        assert "Try again" not in page
    with session() as opened:
        opened.get_one(UserProfile, meera).last_interaction = datetime.now(UTC)
    for path in ("/inbox/troubles", f"/inbox/{meera}"):
        page = ravi.sees(path)
        assert "they have written since" in page
        assert "Try again" in page


def test_what_went_wrong_is_dismissed_once(ravi, meera):
    with session() as opened:
        failed = said(opened, meera, "Ready!", "outgoing", status="failed").id
        fine = said(opened, meera, "Fine", "outgoing", status="read").id
    for row, answers in ((failed, (303, 409)), (fine, (409,))):
        for answer in answers:
            assert ravi.sends(f"/inbox/troubles/{row}/dismiss").status_code == answer
    assert "Everything arrived" in ravi.sees("/inbox/troubles")
    assert ravi.gets("/live/now").json()["troubles"] == 0
    assert "Not sent" in ravi.sees(f"/inbox/{meera}")


def test_what_went_wrong_is_tried_again_once(ravi, meera):
    with session() as opened:
        dead = said(opened, meera, "Not understood", status="dead").id
        failed = said(opened, meera, "Ready!", "outgoing", status="failed", written_by="Asha").id
        fine = said(opened, meera, "Fine", "outgoing", status="read").id
    assert ravi.sees("/inbox/troubles").count("Try again") == 2
    assert ravi.sees(f"/inbox/{meera}").count("Try again") == 2
    for row, answers in ((dead, (303, 409)), (failed, (303, 409)), (fine, (409, 409))):
        for answer in answers:
            assert ravi.sends(f"/inbox/troubles/{row}/again").status_code == answer
    assert "Everything arrived" in ravi.sees("/inbox/troubles")
    with session() as opened:
        assert opened.get_one(WhatsappMessage, dead).status == "received"
        assert opened.get_one(WhatsappMessage, failed).status == "retried"
        copies = opened.query(WhatsappMessage).filter_by(status="queued").all()
        assert [(copy.content, copy.written_by) for copy in copies] == [("Ready!", "Asha")]
        log = opened.query(AuditEntry).filter_by(action="tried again").all()
        assert [entry.details["message"] for entry in log] == [dead, failed]


@pytest.mark.parametrize(
    ("kind", "served", "saved"),
    [
        ("image/jpeg", "image/jpeg", False),
        ("audio/ogg; codecs=opus", "audio/ogg", False),
        ("image/svg+xml", "application/octet-stream", True),
        ("text/html", "application/octet-stream", True),
        (None, "application/octet-stream", True),
    ],
)
def test_files_of_customers_can_do_no_harm(ravi, meera, kind, served, saved):
    with session() as opened:
        said(opened, meera, "photo", kind="image", message_id="wamid.a/b=")
        file = opened.get_one(MediaFile, "wamid.a/b=")
        file.media_type, file.content = kind, b"<script>"
    answer = ravi.gets("/inbox/media/wamid.a/b=")
    assert answer.headers["Content-Type"] == served
    assert ("attachment" in answer.headers.get("Content-Disposition", "")) == saved
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "/inbox/media/wamid.a/b=" in ravi.sees(f"/inbox/{meera}")
    assert requests.get(ravi.console + "/inbox/media/wamid.a/b=").url.startswith(
        ravi.console + "/login"
    )


def test_a_new_message_appears_by_itself(page, meera):
    page.goto("/inbox")
    page.get_by_role("link", name="Meera").click()
    with session() as opened:
        said(opened, meera, "Are you there?")
    page.locator("#transcript").get_by_text("Are you there?").wait_for()
    page.locator(".talk-last", has_text="Are you there?").wait_for()
    box = page.locator("#transcript")
    assert box.evaluate("b => b.scrollHeight - b.scrollTop - b.clientHeight") < 5


def test_the_list_is_searched_as_one_types(page, meera):
    with session() as opened:
        add_customer(opened, "919811111111", display_name="Someone Else")
    page.goto("/inbox")
    page.get_by_role("searchbox").type("meer")
    page.get_by_text("Someone Else").wait_for(state="detached")
    assert page.locator(".talk-row").count() == 1


def test_an_order_of_the_database_tells_why_its_customer_knows_nothing(ravi, meera):
    with session() as opened:
        opened.connection().exec_driver_sql(
            "INSERT INTO orders (order_id, customer_id, total) VALUES ('ORD-1', %s, 5)", (meera,)
        )
    ravi.sends("/orders/ORD-1/move", status="confirmed")
    with session() as opened:
        opened.connection().exec_driver_sql(
            "UPDATE order_notices SET state = 'held', reason = '24 hours are over'"
        )
    assert "Customer not told: 24 hours are over" in ravi.sees("/orders")
    page = ravi.sees("/orders/ORD-1")
    assert "has not told the customer yet that it is confirmed: 24 hours are over" in page
    assert "moved it from new to confirmed" in page


def test_failures_come_page_by_page(ravi, meera):
    with session() as opened:
        for number in range(failures.MOST_TROUBLES + 1):
            said(opened, meera, f"failure {number}.", "outgoing", status="failed")
    page = ravi.sees("/inbox/troubles")
    assert page.count("failure ") == failures.MOST_TROUBLES
    assert "failure 0." not in page
    [older] = re.findall(r'href="(/inbox/troubles\?before=\d+)"', page)
    page = ravi.sees(older)
    assert page.count("failure ") == 1
    assert "failure 0." in page
    assert "Older ones" not in page


@pytest.mark.parametrize("most", [1, 2_000])
def test_a_search_finds_who_wrote_long_ago_and_just_now(meera, monkeypatch, most):
    monkeypatch.setattr(talks, "NEWEST", 1)
    monkeypatch.setattr(customer_search, "MOST", most)
    with session() as opened:
        other = UserProfile(display_name="Meera Rao")
        opened.add(other)
        opened.flush()
        said(opened, other.id, "Hello")
        for name in ("Meera", "Nobody"):
            last = UserProfile(display_name=f"{name} Sen")
            opened.add(last)
            opened.flush()
            said(opened, last.id, "Hi")
    with session() as opened:
        found = talks.list_conversations(opened, "Meera", "")
        names = [talk.customer.display_name for talk in found]
    assert names[:2] == ["Meera Sen", "Meera Rao"]
    assert len(names) == len(set(names)) == 3
