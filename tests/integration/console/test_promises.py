"""What must hold of every page and every form, the ones that are made tomorrow included."""

import re
from uuid import uuid4

import pytest
import requests

from console.app import ROUTES
from tests.browser import wait_until
from tests.integration.console.every_page import OPEN_TO_ALL, pages_of
from tests.integration.console.people import Worker

OWNERS_ONLY = re.compile(
    r"^/(menus|team|log|numbers|answers|customers|going-live|shop(?!/switch))\b"
    r"|^/products/(?!pictures/|\{sku\}/available)|^/alerts/(phone|settings)"
)
GUARDED = [route for route in ROUTES if route.path not in OPEN_TO_ALL]
GETS = sorted({route.path for route in GUARDED if "GET" in route.methods})
POSTS = sorted({route.path for route in GUARDED if "POST" in route.methods})
# What only stands behind an id is in every_page.addresses.
PAGES = [path for path in pages_of(ROUTES) if "{" not in path]


def filled(path, number="999999"):
    """An address of this form that leads to nothing."""
    path = re.sub(r"\{\w+:uuid\}", str(uuid4()), path)
    path = re.sub(r"\{\w+:row\}", number, path)
    return re.sub(r"\{\w+(:path)?\}", "nothing", path)


@pytest.mark.parametrize("path", GETS)
def test_nobody_sees_a_page_without_a_login(console, path):
    answer = requests.get(console + filled(path), allow_redirects=False)
    assert answer.status_code in (303, 401)
    assert "Counter" not in answer.text


@pytest.mark.parametrize("path", POSTS)
def test_nobody_changes_anything_without_a_login(console, path):
    answer = requests.post(console + filled(path), allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"][:6]) == (303, "/login")


def test_no_form_is_taken_without_its_token(asha, console):
    for path in POSTS:
        for token in ("", "0" * 64):
            answer = requests.post(
                console + filled(path), {"csrf": token}, cookies=asha.cookies, allow_redirects=False
            )
            assert answer.status_code == 403, path


def test_no_form_is_taken_from_another_site(asha, console):
    for path in POSTS:
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}):
            answer = requests.post(
                console + filled(path),
                {"csrf": asha.csrf()},
                cookies=asha.cookies,
                headers=headers,
                allow_redirects=False,
            )
            assert answer.status_code == 403, path


def test_owners_pages_are_closed_to_staff(ravi):
    token = ravi.csrf()
    for path in GETS:
        closed = ravi.gets(filled(path)).status_code == 403 if path != "/live" else False
        assert closed == bool(OWNERS_ONLY.match(path)), path
    for path in POSTS:
        answer = ravi.sends(filled(path), csrf=token)
        if OWNERS_ONLY.match(path):
            assert answer.status_code == 403, path
        if path in ("/logout", "/account/logout"):
            ravi.log_in()
            token = ravi.csrf()


def test_what_is_not_there_is_not_found(asha):
    token = asha.csrf()
    for path in [path for path in GETS if "{" in path]:
        assert asha.gets(filled(path)).status_code == 404, path
    for path in [path for path in POSTS if "{" in path]:
        assert asha.sends(filled(path), csrf=token).status_code == 404, path


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, str(2**63)], ids=len)
def test_a_number_that_no_row_can_have_is_not_found(asha, number):
    token = asha.csrf()
    for path in [path for path in GETS if ":int" in path]:
        assert asha.gets(filled(path, number)).status_code == 404, path
    for path in [path for path in POSTS if ":int" in path]:
        assert asha.sends(filled(path, number), csrf=token).status_code == 404, path


def test_everything_can_be_reached_with_the_keyboard_alone(page):
    page.goto("/orders")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    wait_until(page, "document.activeElement.id === 'main'")


def test_the_page_for_links_needs_no_login(console):
    assert Worker(console, "x").gets("/welcome/nothing").status_code == 410
