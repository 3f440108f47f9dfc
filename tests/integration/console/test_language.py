"""The console speaks the language that each person has chosen."""

import re

import pytest
from playwright.sync_api import expect

from console import translation
from storage.engine import session
from storage.models import Staff
from tests.integration.console.people import Worker
from tests.integration.console.test_orders import place
from tests.integration.console.test_queue import say

# What is English in the other language, too: names, numbers of orders, and the program's own name.
HINDI = translation.known_languages()["hi"].phrases


@pytest.fixture
def hindi(ravi):
    assert ravi.sends("/account/language", language="hi").status_code == 303
    return ravi


def test_each_person_has_a_language_of_their_own(hindi, asha, console):
    assert f"<h1>{HINDI['Orders']}</h1>" in hindi.sees("/orders")
    assert '<html lang="hi"' in hindi.sees("/orders")
    assert "<h1>Orders</h1>" in asha.sees("/orders")
    with session() as opened:
        assert opened.query(Staff).filter_by(name="Ravi").one().language == "hi"
    # The page for logging in knows the browser alone.
    assert HINDI["Log in"] in hindi.http.get(console + "/login").text
    assert "Welcome to the counter" in Worker(console, "Meera").http.get(console + "/login").text


def test_a_language_that_nobody_speaks_is_refused(ravi):
    assert ravi.sends("/account/language", language="xx").status_code == 404


def test_what_is_refused_is_said_in_the_same_language(hindi):
    order = place()
    answer = hindi.sends(f"/orders/{order}/move?from=ready", status="delivered")
    assert HINDI["new"] in answer.text
    assert order in answer.text
    moved = hindi.sends(f"/orders/{order}/move?from=pending", status="confirmed")
    assert moved.status_code == 303
    assert f"{order}: {HINDI['confirmed']}।" in hindi.sees("/orders")


def test_the_board_and_its_scripts_speak_it(page, hindi, meera):
    with session() as opened:
        opened.query(Staff).filter_by(name="Asha").one().language = "hi"
    order = place()
    page.goto("/orders")
    expect(page.locator("#ring")).to_contain_text(HINDI["new order"])
    expect(page.locator(f"[data-order={order}] [data-since]")).to_have_text(HINDI["now"])
    page.locator(f"[data-order={order}] .onward").click()
    expect(page.locator("#toast")).to_contain_text(HINDI["confirmed"])
    say(meera, "Hi")
    for path in ("/orders", f"/orders/{order}", "/orders/kitchen", "/inbox", f"/inbox/{meera}"):
        page.goto(path)
        words = page.locator("main").inner_text()
        english = set(re.findall(r"[A-Z][a-z]{3,} [a-z]+", words)) - {"Meera"}
        assert english == set(), path
