"""Customers who wait for a person are seen: in the list, on the tabs, in the title."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from shop.customers import handover
from shop.support import tickets, waiting
from storage.engine import session
from storage.models import Ticket, UserProfile, WhatsappMessage


def say(customer, words, direction="incoming", **values):
    with session() as opened:
        opened.add(
            WhatsappMessage(customer_id=customer, content=words, direction=direction, **values)
        )


def take_over(customer, how_long=handover.UNTIL_BACK):
    with session() as opened:
        handover.take_over(opened, opened.get_one(UserProfile, customer), "Ravi", how_long)


def call_a_person(customer):
    with session() as opened:
        opened.add(Ticket(customer_id=customer, category=tickets.PERSON, description="Help"))


def waits():
    with session() as opened:
        return len(opened.execute(waiting.waiting_customers()).all()) == 1


def test_with_the_bot_nobody_waits(meera):
    say(meera, "Hi")
    assert not waits()


def test_who_writes_to_a_person_waits_until_something_is_said(meera):
    take_over(meera)
    assert not waits()
    say(meera, "Are you there?")
    assert waits()
    say(meera, "Yes!", "outgoing", status="queued", written_by="Ravi")
    assert not waits()


@pytest.mark.parametrize("status", ["withdrawn", "failed", "retried"])
def test_what_did_not_arrive_is_no_answer(meera, status):
    take_over(meera)
    say(meera, "Are you there?")
    say(meera, "Yes!", "outgoing", status=status, written_by="Ravi")
    assert waits()


def test_nobody_is_forgotten_when_a_person_has_had_the_conversation_for_too_long(meera):
    take_over(meera, timedelta(seconds=5))
    say(meera, "Are you there?")
    with session() as opened:
        passed = datetime.now(UTC) - timedelta(minutes=5)
        opened.get_one(UserProfile, meera).handed_over_until = passed + timedelta(minutes=2)
        opened.query(WhatsappMessage).update({"created_at": passed})
    assert waits()
    say(meera, "Hello?")
    assert not waits()


def test_handed_back_nobody_waits(meera):
    take_over(meera)
    say(meera, "Are you there?")
    with session() as opened:
        handover.hand_back(opened, opened.get_one(UserProfile, meera))
    assert not waits()


def test_who_called_for_a_person_waits_until_one_writes(meera):
    call_a_person(meera)
    say(meera, "Somebody will write to you.", "outgoing", status="read")
    assert waits()
    say(meera, "Ravi here.", "outgoing", status="queued", written_by="Ravi")
    assert not waits()


def test_a_closed_call_waits_no_more(meera):
    call_a_person(meera)
    with session() as opened:
        opened.query(Ticket).update({"status": "closed"})
    assert not waits()


def test_the_list_marks_them_and_finds_them(ravi, meera):
    assert "waits for an answer" not in ravi.sees("/inbox")
    assert "Meera" not in ravi.sees("/inbox/talks?only=waiting")
    call_a_person(meera)
    assert "waits for an answer" in ravi.sees("/inbox")
    assert "Meera" in ravi.sees("/inbox/talks?only=waiting")


def test_a_complaint_waits_as_a_call_does(ravi, meera):
    with session() as opened:
        opened.add(Ticket(customer_id=meera, category="supp_other", description="Cold coffee"))
    assert waits()
    assert "Meera" in ravi.sees("/inbox/talks?only=waiting&q=Meera")


def test_the_tabs_add_up_to_the_badge(ravi, meera):
    call_a_person(meera)
    say(meera, "Never understood", status="dead")
    news = ravi.gets("/live/now").json()
    # A ticket waits with its customer, in one queue.
    assert (news["waiting"], news["troubles"], news["inbox"]) == (1, 1, 2)
    for path in ("/inbox", "/inbox/tickets", "/inbox/troubles"):
        page = ravi.sees(path)
        for what in ("waiting", "troubles"):
            assert f'data-count="{what}">1<' in page


def test_a_customer_who_begins_to_wait_is_seen_at_once(page, meera):
    page.goto(f"/inbox/{meera}")
    row = page.get_by_role("link", name="Meera")
    page.get_by_role("button", name="Take over").click()
    expect(row).to_contain_text("Asha")
    say(meera, "Are you there?")
    expect(row).to_contain_text("waits for an answer")
    expect(page).to_have_title("(1) Inbox · Counter")
    expect(page.get_by_label("Inbox").get_by_role("link", name="Chats")).to_contain_text("1")
    expect(row).to_have_attribute("aria-current", "page")
