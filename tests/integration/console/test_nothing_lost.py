"""Nothing that was typed is lost: by another form's Save, by leaving, by a login that ended."""

import html
import re
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from shop.staff import second_factor
from storage.engine import session
from storage.models import FaqAnswer, Product, Staff, StaffSession
from tests.integration.console.people import PASSWORD
from tests.integration.console.test_queue import say


def answers():
    with session() as opened:
        return {each.topic: each.answer for each in opened.scalars(select(FaqAnswer))}


def number_of(topic):
    with session() as opened:
        return opened.scalars(select(FaqAnswer.id).where(FaqAnswer.topic == topic)).one()


def end_logins():
    with session() as opened:
        opened.query(StaffSession).delete()


def hidden_fields(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    found += re.findall(r'<textarea name="([^"]+)" hidden>([^<]*)', page)
    return {name: html.unescape(value) for name, value in found}


def test_saving_one_answer_keeps_what_was_typed_in_another(page):
    page.goto("/answers")
    saved, typed = (page.locator(f"#answer-{number_of(each)}") for each in ("hours", "payment"))
    typed.locator("[name=answer]").fill("Cash only")
    saved.locator("[name=answer]").fill("Always")
    saved.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    expect(typed.locator("[name=answer]")).to_have_value("Cash only")
    typed.get_by_role("button", name="Save").click()
    page.get_by_text("How can I pay? Saved.").wait_for()
    assert (answers()["hours"], answers()["payment"]) == ("Always", "Cash only")


def test_a_part_that_is_not_saved_says_so(page):
    page.goto("/shop")
    hours, zone = page.locator("form[action='/shop/hours']"), page.locator("#zones")
    page.get_by_label("Monday: opens").first.fill("08:00")
    expect(hours.locator(".unsaved-mark")).to_have_text("Not saved yet")
    page.get_by_label("Monday: opens").first.fill("")
    page.get_by_label("Always open").check()
    expect(hours.locator(".unsaved-mark")).to_have_count(0)
    page.get_by_label("Tuesday: opens").first.fill("08:00")
    page.get_by_label("Tuesday: closes").first.fill("20:00")
    zone.get_by_label("PIN codes").fill("411038")
    page.locator("#settings-title ~ form").get_by_role("button", name="Save").click()
    page.get_by_text("“The shop” is saved").wait_for()
    expect(page.locator(".unsaved")).to_have_text("Not saved yet: Hours, New zone")
    expect(zone.locator(".unsaved-mark")).to_be_visible()
    expect(page.get_by_label("Tuesday: closes").first).to_have_value("20:00")
    page.get_by_role("button", name="Save the hours").click()
    expect(page.locator("#hours").get_by_text("The hours are saved.")).to_be_visible()
    expect(page.locator(".unsaved")).to_have_text("Not saved yet: New zone")
    expect(hours.locator(".unsaved-mark")).to_have_count(0)


def test_who_leaves_a_page_finds_again_what_was_typed(page, meera):
    page.goto(f"/inbox/{meera}")
    page.get_by_label("Your answer").fill("One moment, I look")
    page.get_by_role("link", name="Orders").first.click()
    page.wait_for_url("**/orders")
    page.goto(f"/inbox/{meera}")
    expect(page.get_by_label("Your answer")).to_have_value("One moment, I look")


def test_taking_a_conversation_over_keeps_what_was_typed(page, meera):
    say(meera, "Hi")
    page.goto(f"/inbox/{meera}")
    page.get_by_label("Your answer").fill("One moment please")
    page.get_by_role("button", name="Take over").click()
    page.get_by_role("button", name="Hand back").click()
    page.get_by_role("button", name="Take over").wait_for()
    expect(page.get_by_label("Your answer")).to_have_value("One moment please")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#transcript").get_by_text("One moment please").wait_for()
    expect(page.get_by_label("Your answer")).to_have_value("")


def test_a_form_whose_login_had_ended_comes_back_after_the_login(page):
    page.goto("/answers")
    page.locator(f"#answer-{number_of('hours')} [name=answer]").fill("From 8 to 8")
    end_logins()
    page.locator(f"#answer-{number_of('hours')}").get_by_role("button", name="Save").click()
    page.get_by_text("What you sent is kept").wait_for()
    page.get_by_label("Name").fill("Asha")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.locator("blockquote", has_text="From 8 to 8").wait_for()
    assert answers()["hours"] != "From 8 to 8"
    page.get_by_role("button", name="Make the change now").click()
    page.get_by_text("Saved.").wait_for()
    assert answers()["hours"] == "From 8 to 8"


def test_an_answer_whose_login_had_ended_comes_back_too(page, meera):
    page.goto(f"/inbox/{meera}")
    page.get_by_label("Your answer").fill("We are on it")
    end_logins()
    page.get_by_label("Your answer").press("Enter")
    page.get_by_text("What you sent is kept").wait_for()
    page.get_by_label("Name").fill("Asha")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Make the change now").click()
    page.locator("#transcript").get_by_text("We are on it").wait_for()


def test_the_second_factor_keeps_the_form_as_well(asha):
    path = f"/answers/{number_of('hours')}"
    with session() as opened:
        staff = opened.scalars(select(Staff).where(Staff.name == "Asha")).one()
        second_factor.draw_secret(staff)
        staff.second_factor_since = datetime.now(UTC)
        totp = pyotp.TOTP(staff.second_factor)
    end_logins()
    sent = asha.http.post(asha.console + path, data={"answer": "At noon", "csrf": "old"})
    assert sent.status_code == 401
    login = hidden_fields(sent.text)
    wrong = send(asha, "/login", login, name="Asha", password="wrong")
    assert hidden_fields(wrong.text)["kept"] == login["kept"]
    asks = send(asha, "/login", login, name="Asha", password=PASSWORD)
    code = hidden_fields(asks.text)
    assert send(asha, "/login/code", code, code="000000").status_code == 401
    kept = send(asha, "/login/code", code, code=totp.now())
    assert "At noon" in kept.text
    asha.http.post(asha.console + path, data=hidden_fields(kept.text))
    assert answers()["hours"] == "At noon"


def send(worker, path, fields, **typed):
    return worker.http.post(worker.console + path, data={**fields, **typed})


@pytest.mark.parametrize(
    "kept",
    ["", "x", "[]", '["//evil.example", []]', '["/answers", 3]', '["/a\\u0000", [["a","b"]]]'],
)
def test_a_kept_form_that_makes_no_sense_is_left_out(asha, kept):
    end_logins()
    page = asha.http.get(asha.console + "/login").text
    fields = {**hidden_fields(page), "kept": kept, "name": "Asha", "password": PASSWORD}
    answer = asha.http.post(asha.console + "/login", data=fields, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


# A form of each room: where it is sent, what is typed in it, and what is stored then.
FORMS = {
    "product": ("/products/coffee", {"name": "Filter coffee", "price": "130"}),
    "new product": ("/products", {"name": "Lassi", "price": "60", "aliases": "lassi\nchaas"}),
    "shop": ("/shop/zones", {"name": "Saket", "postcodes": "110017, 110030", "minutes": "40"}),
    "reply": ("/answers/replies", {"name": "Late", "in.en": "Sorry, late", "in.hi": "देर है"}),
    "order": ("/orders/new", {"many.coffee": "2", "name": "Meera Iyer", "note": "less sugar"}),
    "team": ("/team", {"name": "Ravi Kumar", "role": "staff"}),
}


@pytest.mark.parametrize("room", FORMS)
def test_each_form_comes_back_with_every_field(asha, room):
    path, typed = FORMS[room]
    end_logins()
    sent = asha.http.post(asha.console + path, data={**typed, "csrf": "old"})
    assert sent.status_code == 401
    kept = send(asha, "/login", hidden_fields(sent.text), name="Asha", password=PASSWORD)
    fields = hidden_fields(kept.text)
    assert {name: fields.get(name) for name in typed} == typed
    again = asha.http.post(asha.console + path, data=fields, allow_redirects=False)
    assert again.status_code in (200, 303), again.text


def test_what_was_written_beside_a_picture_comes_back(asha, meera):
    path = f"/inbox/{meera}/answer"
    end_logins()
    sent = asha.http.post(
        asha.console + path,
        data={"words": "Our menu, with prices", "csrf": "old"},
        files={"picture": ("menu.png", b"\x89PNG", "image/png")},
    )
    kept = send(asha, "/login", hidden_fields(sent.text), name="Asha", password=PASSWORD)
    assert "has to be chosen again" in kept.text
    asha.http.post(asha.console + path, data=hidden_fields(kept.text))
    assert "Our menu, with prices" in asha.sees(f"/inbox/{meera}")


def test_who_sent_a_picture_alone_comes_back_to_its_page(asha):
    end_logins()
    page = "/products/coffee"
    sent = asha.http.post(
        asha.console + page + "/picture",
        files={"picture": ("coffee.png", b"\x89PNG", "image/png")},
        headers={"Referer": asha.console + page},
        allow_redirects=False,
    )
    assert sent.headers["Location"] == "/login?next=/products/coffee"


def opened_form(worker, path, action):
    """The fields of a form as somebody has it before them."""
    page = worker.sees(path)
    form = re.search(rf'<form method="post"[^>]*? action="{action}".*?</form>', page, re.S)[0]
    found = re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', form)
    found += re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)', form)
    return {name: html.unescape(value) for name, value in found}


def test_two_who_change_one_answer_see_both(asha, hire):
    path = f"/answers/{number_of('hours')}"
    meena = hire("Meena", "owner")
    mine, theirs = (opened_form(one, "/answers", path) for one in (asha, meena))
    asha.sends(path, **{**mine, "csrf": asha.csrf(), "answer": "From 9 to 9"})
    late = meena.sends(path, **{**theirs, "csrf": meena.csrf(), "answer": "From 8 to 8"})
    assert late.status_code == 422
    assert "From 9 to 9" in late.text
    assert "From 8 to 8" in late.text
    assert answers()["hours"] == "From 9 to 9"
    again = {**theirs, "csrf": meena.csrf(), "answer": "From 8 to 8", "was.answer": "From 9 to 9"}
    assert meena.sends(path, **again).status_code == 303
    assert answers()["hours"] == "From 8 to 8"


def test_two_who_change_one_product_keep_both_changes(asha, hire):
    path, meena = "/products/coffee", hire("Meena", "owner")
    mine, theirs = opened_form(asha, path, path), opened_form(meena, path, path)
    assert asha.sends(path, **{**mine, "csrf": asha.csrf(), "price": "130"}).status_code == 303
    theirs = {**theirs, "csrf": meena.csrf(), "description": "Filter coffee"}
    assert meena.sends(path, **theirs).status_code == 303
    with session() as opened:
        coffee = opened.scalars(select(Product).where(Product.sku == "coffee")).one()
        assert (coffee.price, coffee.description) == (130, "Filter coffee")
    clash = {**theirs, "csrf": meena.csrf(), "price": "140"}
    late = meena.sends(path, **clash)
    assert late.status_code == 422
    assert "It is 130 meanwhile" in late.text
    assert 'value="140"' in late.text
