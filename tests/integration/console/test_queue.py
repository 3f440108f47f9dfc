"""One queue for people: who waits, and open tickets, the longest first, until an answer."""

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from console.inbox import word_search
from shop.customers import handover
from shop.support import assignment, queue, tickets
from storage.engine import session
from storage.models import (
    AuditEntry,
    CannedReply,
    MediaFile,
    Order,
    Ticket,
    UserProfile,
    WhatsappMessage,
)
from tests.integration.console.test_orders import place

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(8) + b"\x08\x02 of a cake"


def customer(name, phone):
    with session() as opened:
        new = UserProfile(
            whatsapp_phone=phone, display_name=name, last_interaction=datetime.now(UTC)
        )
        opened.add(new)
        opened.flush()
        return new.id


def say(to, words, minutes=0, direction="incoming", **values):
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    with session() as opened:
        message = WhatsappMessage(
            customer_id=to,
            content=words,
            direction=direction,
            created_at=at,
            timestamp=at,
            **values,
        )
        opened.add(message)
        opened.flush()
        return message.id


def open_ticket(of, minutes=0, category="delivery", words="Cold samosas"):
    with session() as opened:
        ticket = Ticket(
            customer_id=of, category=category, description=words,
            created_at=datetime.now(UTC) - timedelta(minutes=minutes),
        )  # fmt: skip
        opened.add(ticket)
        opened.flush()
        return ticket.ticket_id


def queued():
    with session() as opened:
        entries = queue.read_queue(opened)
        return [(entry.customer.display_name, entry.waits_since is not None) for entry in entries]


def last_sent(to):
    with session() as opened:
        rows = opened.query(WhatsappMessage).filter_by(customer_id=to, direction="outgoing")
        found = rows.order_by(WhatsappMessage.id.desc()).first()
        if found:
            opened.refresh(found)
            opened.expunge(found)
        return found


@pytest.fixture
def waiting(meera):
    """Meera has had a ticket for ten minutes, Asif has written to a person for twenty."""
    asif = customer("Asif", "919800000002")
    with session() as opened:
        handover.take_over(opened, opened.get_one(UserProfile, asif), "Ravi")
    say(asif, "Are you there?", minutes=20)
    say(asif, "Hello?", minutes=2)
    open_ticket(meera, minutes=10)
    return asif


def test_conversations_and_tickets_stand_in_one_list_the_longest_first(ravi, waiting, meera):
    nobody = customer("Zoya", "919800000003")
    say(nobody, "Hi")
    assert queued() == [("Asif", True), ("Meera", True)]
    page = ravi.sees("/inbox")
    places = [page.index(f'id="queue-{key}"') for key in (waiting, meera)]
    assert places == sorted(places)
    assert places[-1] < page.index("Everybody else") < page.index(f'id="talk-{nobody}"')
    assert f'id="talk-{meera}"' not in page


def test_who_is_answered_comes_behind_until_the_ticket_is_closed(ravi, waiting, meera):
    ravi.sends(f"/inbox/{meera}/answer", words="We bring new ones")
    with session() as opened:
        opened.query(Ticket).update({"created_at": datetime.now(UTC) - timedelta(hours=3)})
    assert queued() == [("Asif", True), ("Meera", False)]


def test_who_answers_looks_after_the_tickets_that_are_nobodys(ravi, asha, meera):
    number, other = open_ticket(meera), open_ticket(meera, category=tickets.DELETION)
    ravi.sends(f"/inbox/{meera}/answer", words="We look into it")
    with session() as opened:
        found = {case.ticket.ticket_id: case for case in assignment.list_cases(opened)}
        assert (found[number].assignee.name, found[number].ticket.status) == ("Ravi", "working")
        assert (found[other].assignee, found[other].ticket.status) == (None, "open")
    asha.sends(f"/inbox/{meera}/answer", words="I look, too", had="Ravi")
    with session() as opened:
        [case] = assignment.list_cases(opened, "working")
        assert case.assignee.name == "Ravi"


def test_the_queue_says_what_the_customer_wrote_and_not_the_bot(ravi, meera):
    open_ticket(meera, words="The samosas were cold")
    say(meera, "We are sorry. Ticket number: TKT-1", direction="outgoing", status="sent")
    row = ravi.sees("/inbox/talks").split(f'id="queue-{meera}"')[1].split("</a>")[0]
    assert "The samosas were cold" in row
    assert "We are sorry" not in row


def test_the_answer_closes_the_ticket_and_stays_with_it(ravi, meera):
    number, other = open_ticket(meera), open_ticket(meera, category=tickets.DELETION)
    page = ravi.sees(f"/inbox/{meera}")
    assert f'name="closes" value="{number}"' in page
    assert f'name="closes" value="{other}"' not in page
    ravi.sends(f"/inbox/{meera}/answer", words="New ones are on their way", closes=number)
    with session() as opened:
        ticket = opened.get_one(Ticket, number)
        assert (ticket.status, ticket.is_answered) == ("closed", True)
        assert ticket.outcome == "New ones are on their way"
        assert opened.get_one(Ticket, other).status == "open"
    assert "Answered: New ones are on their way" in ravi.sees("/inbox/tickets?status=closed")


def test_nobody_closes_the_ticket_of_somebody_else_with_an_answer(ravi, waiting, meera):
    number = open_ticket(waiting)
    answer = ravi.sends(f"/inbox/{meera}/answer", words="Yes", closes=number)
    assert answer.status_code == 404
    assert last_sent(meera) is None


def test_a_ticket_names_the_order_in_its_words_else_the_latest(engine, meera):
    with session() as opened:
        profile = opened.get_one(UserProfile, meera)
        orders = [
            Order(customer_id=meera, total=40, created_at=datetime.now(UTC) - timedelta(hours=age))
            for age in (2, 1)
        ]
        opened.add_all(orders)
        opened.flush()
        named, latest = (order.order_id for order in orders)
        words = f"{named.removeprefix('ORD-')} is cold"
        first = tickets.open_ticket(opened, profile, "delivery", words, "wamid.1")
        second = tickets.open_ticket(opened, profile, "delivery", "It is cold", "wamid.2")
        assert (first.order_id, second.order_id) == (named, latest)
        opened.query(Order).update({"created_at": datetime.now(UTC) - timedelta(days=3)})
        third = tickets.open_ticket(opened, profile, "delivery", "It was cold", "wamid.3")
        assert third.order_id is None


def test_who_waits_rings_until_somebody_has_seen_it(ravi, waiting, meera):
    assert ravi.gets("/live/now").json()["calls"] == 2
    ravi.sends("/orders/seen")
    assert ravi.gets("/live/now").json()["calls"] == 0
    say(waiting, "Please!")
    assert ravi.gets("/live/now").json()["calls"] == 0
    say(waiting, "One moment", direction="outgoing", status="sent", written_by="Ravi")
    say(waiting, "And?")
    assert ravi.gets("/live/now").json()["calls"] == 1
    with session() as opened:
        assert opened.query(AuditEntry).filter_by(action="saw who waits").count() == 2


def test_every_page_rings_for_who_waits(page, waiting):
    page.goto("/products")
    expect(page.locator("#ring")).to_contain_text("2 customers wait for you")
    open_ticket(customer("Zoya", "919800000003"))
    expect(page.locator("#ring")).to_contain_text("3 customers wait for you")
    page.get_by_role("button", name="Seen").click()
    expect(page.locator("#ring")).to_be_hidden()


def test_replies_at_hand_are_said_in_the_customers_language(ravi, asha, meera):
    words = {"in.en": "It is on its way.", "in.hi": "रास्ते में है।"}
    assert asha.sends("/answers/replies", name="Nearly there", **words).status_code == 303
    with session() as opened:
        reply = opened.query(CannedReply).filter_by(name="Nearly there").one().id
        opened.get_one(UserProfile, meera).language = "hi"
    assert 'data-reply="रास्ते में है।"' in ravi.sees(f"/inbox/{meera}")
    ravi.sends(f"/inbox/{meera}/answer", words="", reply=str(reply))
    assert last_sent(meera).content == "रास्ते में है।"


@pytest.mark.parametrize(
    ("name", "english", "hindi", "why"),
    [
        ("", "Yes", "हाँ", "needs a name"),
        ("No", "No", "", "in each language"),
        ("yes", "Yes", "हाँ", "has this name already"),
    ],
)
def test_a_reply_that_cannot_be_kept_says_why(asha, name, english, hindi, why):
    asha.sends("/answers/replies", name="YES", **{"in.en": "Yes", "in.hi": "हाँ"})
    answer = asha.sends("/answers/replies", name=name, **{"in.en": english, "in.hi": hindi})
    assert answer.status_code == 422
    assert why in answer.text
    assert f">{english}</textarea>" in answer.text


def test_there_are_at_most_twenty_replies(asha):
    with session() as opened:
        for number in range(opened.query(CannedReply).count(), 20):
            opened.add(CannedReply(name=f"Reply {number}", words={"en": "Yes", "hi": "हाँ"}))
    assert 'id="new-reply"' not in asha.sees("/answers/replies")
    answer = asha.sends("/answers/replies", name="21", **{"in.en": "Yes", "in.hi": "हाँ"})
    assert "remove one first" in answer.text
    with session() as opened:
        first = opened.query(CannedReply).first().id
    asha.sends(f"/answers/replies/{first}/remove")
    assert 'id="new-reply"' in asha.sees("/answers/replies")


def test_a_reply_at_hand_is_put_into_the_answer_where_it_can_be_changed(page, meera):
    with session() as opened:
        opened.add(CannedReply(name="In ten", words={"en": "Ten minutes.", "hi": "दस मिनट।"}))
    page.goto(f"/inbox/{meera}")
    page.get_by_label("Your answer").fill("Hi!")
    page.locator(".replies summary").click()
    boxes = [one.bounding_box() for one in page.locator(".reply-list button").all()]
    assert len(boxes) > 5
    for above, below in itertools.pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"], "one reply lies over the next"
    heights = page.locator(".reply-list button").evaluate_all(
        "all => all.map((one) => one.scrollHeight - one.clientHeight)"
    )
    assert set(heights) == {0}, "a reply is cut"
    page.get_by_role("button", name="In ten").click()
    expect(page.get_by_label("Your answer")).to_have_value("Hi!\nTen minutes.")
    page.get_by_label("Your answer").press("Enter")
    expect(page.locator("#transcript")).to_contain_text("Ten minutes.")
    assert last_sent(meera).content == "Hi!\nTen minutes."


def test_whatever_a_customer_sends_is_fetched_and_seen_in_the_talk(ravi, meera):
    for kind in ("image", "audio", "document", "video"):
        payload = {"document": {"filename": "bill.pdf"}} if kind == "document" else {}
        say(meera, None, message_type=kind, message_id=f"wamid.{kind}", payload=payload)
    assert ravi.sees(f"/inbox/{meera}").count("is being fetched") == 4
    with session() as opened:
        files = opened.query(MediaFile).all()
        assert {(file.customer_id, file.content) for file in files} == {(meera, None)}
        files[0].problem, files[0].attempts = "gone", 5
        for file in files[1:]:
            file.content = b"x"
    page = ravi.sees(f"/inbox/{meera}")
    assert "could not be fetched from WhatsApp" in page
    assert '<audio controls preload="none" src="/inbox/media/wamid.audio"' in page
    assert '<video controls preload="metadata" src="/inbox/media/wamid.video"' in page
    assert 'download="bill.pdf"' in page


def test_a_picture_goes_to_the_customer_and_is_seen_in_the_talk(ravi, meera):
    answer = ravi.http.post(
        f"{ravi.console}/inbox/{meera}/answer",
        data={"csrf": ravi.csrf(), "words": "Like this?"},
        files={"picture": ("cake.png", PNG, "image/png")},
        allow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    sent = last_sent(meera)
    assert (sent.content, sent.message_type) == ("Like this?", "image")
    name = sent.payload["image"]["id"].removeprefix("picture:")
    assert f'src="/inbox/media/{name}"' in ravi.sees(f"/inbox/{meera}")
    shown = ravi.gets(f"/inbox/media/{name}")
    assert (shown.content, shown.headers["Content-Type"]) == (PNG, "image/png")


def test_what_is_no_picture_is_not_sent(ravi, meera):
    answer = ravi.http.post(
        f"{ravi.console}/inbox/{meera}/answer",
        data={"csrf": ravi.csrf(), "words": ""},
        files={"picture": ("cake.txt", b"cake", "text/plain")},
    )
    assert answer.status_code == 400
    assert "no JPEG or PNG" in answer.text
    assert last_sent(meera) is None


def test_what_happens_to_orders_stands_in_the_talk(ravi, meera):
    say(meera, "Two coffees", minutes=5)
    order = place("919800000001", "Meera")
    ravi.sends(f"/orders/{order}/move?from=pending", status="confirmed")
    page = ravi.sees(f"/inbox/{meera}/transcript")
    steps = re.findall(r'<p class="order-step">.*?</p>', page, re.S)
    assert len(steps) == 2
    assert f"{order}</a>: ordered" in steps[0]
    assert f"{order}</a>: Ravi moved it from new to confirmed" in steps[1]


def test_messages_are_found_by_their_words_and_shown_where_they_were_said(ravi, meera):
    found = say(meera, "My daughter is allergic to PEANUTS, please take care")
    for number in range(100):
        say(meera, f"number {number:03}")
    page = ravi.sees("/inbox/talks?q=peanuts")
    assert "allergic to <mark>PEANUTS</mark>, please" in page
    link = re.search(rf'href="(/inbox/{meera}\?at={found})#m-{found}"', page)[1]
    around = ravi.sees(link)
    assert f'id="m-{found}"' in around
    assert "number 099" in around
    assert "Messages with" not in ravi.sees("/inbox/talks?q=pe")


def hits(wanted):
    with session() as opened:
        return [hit.message.content for hit in word_search.search_words(opened, wanted)]


def test_words_are_found_in_any_order_and_long_ago(meera, monkeypatch):
    monkeypatch.setattr(word_search, "NEWEST", 1)
    say(meera, "My samosa was cold, don't send it again")
    say(meera, "समोसे ठंडे थे")
    say(meera, "A cold samosa: we are sorry", direction="outgoing", status="sent")
    say(meera, "Cold samosas? Never!", direction="outgoing", status="sent", written_by="Ravi")
    say(meera, "Something else")
    both = ["Cold samosas? Never!", "My samosa was cold, don't send it again"]
    assert hits("samosa cold") == hits("COLD sam") == both
    assert hits("don't samosa") == both[1:]
    assert hits("समोसे") == ["समोसे ठंडे थे"]
    assert hits("'':* & \\ !!") == hits("samosa warm") == []


def test_older_words_are_found_by_the_index(meera):
    with session() as opened:
        older = word_search.older_messages(["samosa", "cold"])
        text_of = str(older.compile(opened.connection(), compile_kwargs={"literal_binds": True}))
        opened.execute(text("SET LOCAL enable_seqscan = off"))
        plan = opened.execute(text("EXPLAIN " + text_of.replace(":", "\\:"))).scalars()
        assert "whatsapp_messages_words" in "".join(plan)


def test_a_customer_is_told_that_the_bot_answers_again(ravi, meera):
    number = open_ticket(meera, category=tickets.PERSON)
    ravi.sends(f"/inbox/{meera}/take")
    ravi.sends(f"/inbox/{meera}/back")
    told = last_sent(meera)
    assert told.content.startswith("🤖")
    assert told.written_by is None
    # The bot's words are nobody's answer: the ticket still waits.
    assert queued() == [("Meera", True)]
    with session() as opened:
        opened.get_one(Ticket, number).status = "closed"


@pytest.mark.parametrize(
    "changed",
    [{"last_interaction": datetime(2020, 1, 1, tzinfo=UTC)}, {"subscription": "unsubscribed"}],
)
def test_who_cannot_or_will_not_be_written_to_is_not_told(ravi, meera, changed):
    with session() as opened:
        for name, value in changed.items():
            setattr(opened.get_one(UserProfile, meera), name, value)
    ravi.sends(f"/inbox/{meera}/take")
    ravi.sends(f"/inbox/{meera}/back")
    assert last_sent(meera) is None
