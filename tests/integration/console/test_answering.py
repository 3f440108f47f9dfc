"""A person takes a conversation over, answers, and hands it back."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from settings import load_settings
from shop.whatsapp import bodies
from storage import engine
from storage.engine import session
from storage.models import AuditEntry, Order, UserProfile, WhatsappMessage
from trays import turn_end


@pytest.fixture
def meera(meera):
    """An answer of the bot still waits to be sent."""
    with session() as opened:
        asked = WhatsappMessage(customer_id=meera, content="Where is it?", status="processed")
        opened.add(asked)
        opened.flush()
        said = {"direction": "outgoing", "status": "queued", "content": "I did not get that."}
        opened.add(WhatsappMessage(customer_id=meera, cause_id=asked.id, position=0, **said))
    return meera


def sent_to(customer):
    with session() as opened:
        rows = opened.query(WhatsappMessage).filter_by(customer_id=customer, direction="outgoing")
        found = rows.order_by(WhatsappMessage.id).all()
        return [(row.content, row.status, row.written_by) for row in found]


def holder(customer):
    with session() as opened:
        return opened.get_one(UserProfile, customer).handed_over_to


def be_silent_since(customer, hours):
    with session() as opened:
        profile = opened.get_one(UserProfile, customer)
        profile.last_interaction = datetime.now(UTC) - timedelta(hours=hours)


def test_whoever_answers_has_the_conversation_and_the_bot_is_taken_back(ravi, meera):
    answer = ravi.sends(f"/inbox/{meera}/answer", words=" Two minutes! ")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/inbox/{meera}")
    assert sent_to(meera) == [
        ("I did not get that.", "withdrawn", None),
        ("Two minutes!", "queued", "Ravi"),
    ]
    assert holder(meera) == "Ravi"
    page = ravi.sees(f"/inbox/{meera}")
    assert "<b>You</b> have this conversation" in page
    assert "<span>Ravi</span>" in page


def test_taken_over_and_handed_back(ravi, asha, meera):
    ravi.sends(f"/inbox/{meera}/take")
    assert holder(meera) == "Ravi"
    assert "<b>Ravi</b> has this conversation" in asha.sees(f"/inbox/{meera}")
    asha.sends(f"/inbox/{meera}/back", had="Ravi")
    assert holder(meera) is None
    assert "The <b>bot</b> answers" in ravi.sees(f"/inbox/{meera}")
    with session() as opened:
        log = opened.query(AuditEntry).filter_by(subject=str(meera)).order_by(AuditEntry.id)
        assert [(entry.staff_name, entry.action.split()[0]) for entry in log] == [
            ("Ravi", "took"), ("Asha", "handed"),
        ]  # fmt: skip
    assert f'<a href="/inbox/{meera}">Meera</a>' in asha.sees("/log")


def test_nobody_answers_past_a_colleague_they_did_not_see(ravi, asha, meera):
    asha.sends(f"/inbox/{meera}/take")
    refused = ravi.sends(f"/inbox/{meera}/answer", words="Hello?", had="")
    assert refused.status_code == 409
    assert "Asha has taken this conversation over" in refused.text
    assert [words for words, _, _ in sent_to(meera)] == ["I did not get that."]
    ravi.sends(f"/inbox/{meera}/answer", words="Hello?", had="Asha")
    assert (holder(meera), sent_to(meera)[-1][2]) == ("Ravi", "Ravi")


@pytest.mark.parametrize(("words", "said"), [(" \n ", "Nothing is written"), ("x" * 4097, "long")])
def test_what_cannot_be_a_message_is_refused(ravi, meera, words, said):
    refused = ravi.sends(f"/inbox/{meera}/answer", words=words)
    assert refused.status_code == 400
    assert said in refused.text
    assert holder(meera) is None


def test_outside_the_24_hours_nobody_writes_freely(ravi, meera):
    be_silent_since(meera, 25)
    assert "none is chosen" in ravi.sees(f"/inbox/{meera}")
    assert ravi.sends(f"/inbox/{meera}/answer", words="Hello").status_code == 400
    assert len(sent_to(meera)) == 1


def test_outside_the_24_hours_the_template_is_offered(ravi, meera, monkeypatch):
    monkeypatch.setenv("WHATSAPP_NOTICE_TEMPLATE", "order_news")
    load_settings.cache_clear()
    be_silent_since(meera, 25)
    assert "they have none" in ravi.sees(f"/inbox/{meera}")
    with session() as opened:
        opened.add(Order(order_id="ORD-1", customer_id=meera))
        opened.add(Order(order_id="ORD-2"))
    assert '<option value="ORD-1">' in ravi.sees(f"/inbox/{meera}")
    others = ravi.sends(f"/inbox/{meera}/answer", words="x", order="ORD-2")
    assert others.status_code == 404
    ravi.sends(f"/inbox/{meera}/answer", words="It waits\nfor you.", order="ORD-1")
    assert sent_to(meera)[-1][1:] == ("queued", "Ravi")
    assert "order_news: ORD-1 · It waits for you." in ravi.sees(f"/inbox/{meera}")


def test_answers_news_and_turns_of_one_customer_do_not_block_each_other(ravi, meera):
    """Each locks the customer and the lane in its own way; the database ends none of them."""

    def answer():
        assert ravi.sends(f"/inbox/{meera}/answer", csrf=token, words="Soon").status_code == 303

    def tell_news():
        with session() as opened:
            turn_end.queue_reply(engine.driver(opened), meera, bodies.text_body("Ready!"))

    def end_turn():
        with session() as opened:
            customer = opened.get_one(UserProfile, meera)
            opened.refresh(customer, with_for_update={"read": True})
            turn_end.queue_reply(engine.driver(opened), meera, bodies.text_body("Welcome!"))

    token, rounds = ravi.csrf(), 25
    with ThreadPoolExecutor(12) as pool:
        tasks = [pool.submit(act) for _ in range(rounds) for act in (answer, tell_news, end_turn)]
        for task in tasks:
            task.result(60)
    said = Counter(words for words, _, _ in sent_to(meera))
    assert [said[words] for words in ("Soon", "Ready!", "Welcome!")] == [rounds] * 3


def test_an_answer_in_the_browser(page, meera):
    page.goto(f"/inbox/{meera}")
    page.get_by_label("Your answer").fill("<b>Two</b> minutes")
    page.keyboard.press("Enter")
    expect(page.locator("#transcript .ours").last).to_contain_text("<b>Two</b> minutes")
    expect(page.get_by_label("Your answer")).to_have_value("")
    expect(page.locator("#holder")).to_contain_text("You have this conversation")
    page.get_by_role("button", name="Hand back to the bot").click()
    expect(page.locator("#holder")).to_contain_text("The bot answers")
    assert holder(meera) is None
    page.get_by_role("button", name="Take over").click()
    expect(page.locator("#holder")).to_contain_text("You have this conversation")


def test_a_colleague_is_seen_to_take_over_while_one_types(page, ravi, meera):
    page.goto(f"/inbox/{meera}")
    page.get_by_label("Your answer").fill("I am just")
    ravi.sends(f"/inbox/{meera}/take")
    expect(page.locator("#holder")).to_contain_text("Ravi has this conversation")
    expect(page.get_by_label("Your answer")).to_have_value("I am just")


def test_words_that_were_refused_stay_in_the_box(page, ravi, meera):
    page.route("**/live*", lambda route: route.abort())  # news of the colleague comes late
    page.route("**/live/now", lambda route: route.abort())
    page.goto(f"/inbox/{meera}")
    ravi.sends(f"/inbox/{meera}/take")
    page.get_by_label("Your answer").fill("Hello")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#toast")).to_contain_text("Ravi has taken this conversation over")
    expect(page.get_by_label("Your answer")).to_have_value("Hello")
