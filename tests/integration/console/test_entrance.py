"""Login, logout and what keeps others out."""

import contextlib
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests
from sqlalchemy import select, update

from console import first_owner
from shop.staff import links, login_limits, logins, passwords, people
from storage.engine import session
from storage.models import AuditEntry, LoginAttempt, Staff, StaffSession
from tests.integration.console.people import PASSWORD, Worker


def test_nobody_comes_in_without_a_login(console):
    for path in ("/orders", "/team", "/log", "/account", "/orders/board"):
        answer = requests.get(console + path, allow_redirects=False)
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/login")
    assert requests.get(console + "/live").status_code == 401


def test_login_leads_to_where_one_wanted_to_go(hire):
    ravi = hire("Ravi")
    stranger = Worker(ravi.console, "ravi")
    answer = stranger.sends(
        "/login", "/login", name="ravi", password=PASSWORD, next="/orders/ORD-1"
    )
    assert answer.headers["Location"] == "/orders/ORD-1"


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil", "/a\nb"])
def test_login_leads_nowhere_else(hire, next):
    ravi = hire("Ravi")
    answer = ravi.sends("/login", "/login", name="Ravi", password=PASSWORD, next=next)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("Ravi", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_login_says_the_same_whoever_it_is(hire, name, password):
    stranger = Worker(hire("Ravi").console, name)
    answer = stranger.log_in(password)
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert logins_cookie(answer) is None


def test_the_cookie_is_kept_from_scripts_and_other_sites(hire):
    ravi = hire("Ravi")
    answer = ravi.log_in()
    kept = logins_cookie(answer)
    assert kept
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept


def test_a_stolen_session_is_worth_nothing_after_logout(ravi):
    stolen = dict(ravi.cookies)
    assert ravi.sends("/logout").status_code == 303
    answer = requests.get(ravi.console + "/orders", cookies=stolen, allow_redirects=False)
    assert answer.headers["Location"].startswith("/login")
    assert requests.get(ravi.console + "/live", cookies=stolen).status_code == 401


@pytest.mark.parametrize(
    "late",
    [
        {"expires_at": "2020-01-01"},
        {"last_seen_at": "2020-01-01"},
    ],
)
def test_a_session_ends_by_itself(ravi, late):
    with session() as opened:
        opened.execute(update(StaffSession).values(late))
    assert ravi.gets("/orders").status_code == 303


def test_who_no_longer_works_here_is_out_at_once(asha, ravi):
    asha.sends(f"/team/{key_of('Ravi')}", role="staff")
    assert ravi.gets("/orders").status_code == 303
    assert ravi.log_in().status_code == 401


def test_two_hundred_logins_a_minute_are_stopped(hire):
    ravi = hire("Ravi")

    def knock(_: int) -> int:
        return Worker(ravi.console, "Ravi").log_in("guess").status_code

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(knock, range(200)))
    assert answers.count(401) == 5
    assert answers.count(429) == 195
    with_password = Worker(ravi.console, "Ravi").log_in()
    assert with_password.status_code == 429
    assert 0 < int(with_password.headers["Retry-After"]) <= 300
    assert ravi.gets("/orders").status_code == 200


def test_trying_many_names_is_stopped_as_well(console):
    answers = [Worker(console, f"name{n}").log_in("guess").status_code for n in range(25)]
    assert answers.count(401) == 20


def test_nobody_is_locked_out_by_others_elsewhere(ravi, session):
    for number in range(80):
        with contextlib.suppress(login_limits.TooManyTries):
            login_limits.admit_login(session, "Ravi", f"203.0.113.{number}")
    login_limits.admit_login(session, "Ravi", "127.0.0.1")


def test_one_name_from_many_addresses_waits_longer_each_time(ravi, session):
    for number in range(login_limits.FREE_TRIES):
        login_limits.admit_login(session, "Ravi", f"203.0.113.{number}")
    pauses = []
    for number in range(12):
        with pytest.raises(login_limits.TooManyTries) as stopped:
            login_limits.admit_login(session, " RAVI ", f"198.51.100.{number}")
        pauses.append(stopped.value.seconds)
        # As if that pause were over.
        session.execute(update(LoginAttempt).values(at=LoginAttempt.at - timedelta(minutes=16)))
        login_limits.admit_login(session, "Ravi", f"198.51.100.{number}")
    longest = login_limits.LONGEST_PAUSE.total_seconds()
    assert pauses == [min(2**n, longest) for n in range(1, 13)]
    login_limits.admit_login(session, "Somebody else", "198.51.100.99")


def test_a_whole_ipv6_network_counts_as_one_address(session):
    for number in range(login_limits.SAME_NAME_AND_ADDRESS.most):
        login_limits.admit_login(session, "Ravi", f"2001:db8::{number + 1}")
    with pytest.raises(login_limits.TooManyTries):
        login_limits.admit_login(session, "Ravi", "2001:db8::ffff")
    login_limits.admit_login(session, "Ravi", "2001:db8:0:1::1")
    login_limits.forgive_tries(session, "Ravi", "2001:db8::9")
    login_limits.admit_login(session, "Ravi", "2001:db8::ffff")


def test_failed_logins_are_in_the_log_without_what_was_typed(asha):
    Worker(asha.console, "asha").log_in("a bad guess")
    Worker(asha.console, PASSWORD).log_in("Asha")
    page = asha.sees("/log")
    assert "could not log in as <b>Asha</b>" in page
    assert "could not log in, by an unknown name" in page
    assert "127.0.0.1" in page
    assert "a bad guess" not in page
    assert PASSWORD not in page


def test_passwords_are_kept_as_dear_hashes(monkeypatch, session):
    monkeypatch.undo()
    somebody = people.add_staff(session, "Mira", "staff", passwords.hash_password(PASSWORD))
    assert somebody.password_hash.startswith("scrypt$32768$8$3$")
    assert passwords.password_matches(PASSWORD, somebody.password_hash)
    assert not passwords.password_matches(PASSWORD + " ", somebody.password_hash)


def test_the_first_owner_comes_in_by_a_link_that_works_once(console, monkeypatch, capsys):
    monkeypatch.delenv("CONSOLE_PASSWORD", raising=False)
    first_owner.main([])
    link = re.sub(r"^http://[^/]+", "", capsys.readouterr().out.strip())
    somebody = Worker(console, "Meera")
    weak = somebody.sends(link, link, name="Meera", password="short", again="short")
    assert weak.status_code == 422
    welcome = somebody.sends(link, link, name="Meera", password=PASSWORD, again=PASSWORD)
    assert welcome.headers["Location"] == "/"
    assert "Team" in somebody.sees("/team")
    assert requests.get(console + link).status_code == 410
    first_owner.main([])
    assert capsys.readouterr().out == ""


def test_an_owner_who_forgot_the_password_gets_a_link_in_the_terminal(asha, capsys):
    first_owner.main(["--forgotten"])
    link = re.sub(r"^http://[^/]+", "", capsys.readouterr().out.strip())
    somebody = Worker(asha.console, "Asha")
    new = "another long password"
    somebody.sends(link, link, password=new, again=new)
    assert somebody.log_in(new).status_code == 303
    assert somebody.gets("/team").status_code == 200


def test_the_first_owner_may_have_a_password_from_the_settings(console):
    assert first_owner.from_password("chosen at home")
    owner = Worker(console, first_owner.NAME)
    owner.log_in("chosen at home")
    assert owner.gets("/team").status_code == 200
    first_owner.from_password("another one")
    assert Worker(console, first_owner.NAME).log_in("another one").status_code == 401


def test_a_new_colleague_gets_a_link(asha, console):
    page = asha.sends("/team", name="Mira", role="staff").text
    link = re.search(r'value="http://[^/]+(/welcome/[^"]+)"', page)[1]
    mira = Worker(console, "Mira")
    mira.sends(link, link, password=PASSWORD, again=PASSWORD)
    assert mira.gets("/orders").status_code == 200
    assert mira.gets("/team").status_code == 403


def test_the_link_is_shown_whole_and_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/team")
    page.get_by_role("textbox", name="Name").fill("Mira")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "/welcome/" in copied
    assert page.locator("#link").inner_text() == copied
    assert page.locator("#link").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_before_the_first_owner_the_login_page_says_how_to_begin(console, hire):
    before = requests.get(f"{console}/login").text
    assert "makes the first owner" in before
    assert "Forgot the password?" not in before
    hire("Asha", "owner")
    after = requests.get(f"{console}/login").text
    assert "makes the first owner" not in after
    assert "Forgot the password?" in after


@pytest.mark.parametrize("path", ["/team", "/nowhere", "/orders/ORD-0"])
def test_who_is_inside_stays_inside_whatever_is_refused(ravi, path):
    answer = ravi.gets(path)
    assert answer.status_code in (403, 404)
    assert 'aria-label="Rooms"' in answer.text


def test_who_is_outside_is_led_to_the_door(console):
    for path, status in (("/nowhere", 404), ("/welcome/used", 410)):
        answer = requests.get(console + path)
        assert answer.status_code == status
        assert 'href="/login"' in answer.text
        assert "To the orders" not in answer.text


def test_the_last_owner_stays(asha):
    refused = asha.sends(f"/team/{key_of('Asha')}", role="staff", is_active="on")
    assert refused.status_code == 409
    assert asha.gets("/team").status_code == 200


def test_a_new_password_ends_every_login(ravi):
    other = Worker(ravi.console, "Ravi")
    other.log_in()
    new = "a longer password"
    ravi.sends("/account/password", old=PASSWORD, password=new, again=new)
    assert other.gets("/orders").status_code == 303
    assert ravi.gets("/orders").status_code == 303
    assert ravi.log_in(new).status_code == 303


def test_a_link_for_another_password_ends_the_old_one(asha, ravi):
    with session() as opened:
        old = links.draw_staff_link(opened, people.find_staff(opened, "ravi"))
        new = links.draw_staff_link(opened, people.find_staff(opened, "ravi"))
    assert requests.get(f"{ravi.console}/welcome/{old}").status_code == 410
    assert requests.get(f"{ravi.console}/welcome/{new}").status_code == 200


def test_every_change_is_in_the_log(asha):
    asha.sends("/team", name="Mira", role="owner")
    with session() as opened:
        entry = opened.scalars(select(AuditEntry).where(AuditEntry.subject == "Mira")).one()
        assert (entry.staff_name, entry.action, entry.details) == (
            "Asha",
            "added",
            {"role": "owner"},
        )
    assert "Mira" in asha.sees("/log?q=mira")
    assert "Mira" not in asha.sees("/log?q=nobody")


def test_what_a_page_does_by_itself_keeps_no_session_alive(ravi):
    with session() as opened:
        opened.execute(update(StaffSession).values(last_seen_at="2020-01-01"))
        opened.execute(
            update(StaffSession).values(last_seen_at=StaffSession.created_at - logins.IDLE / 2)
        )
        before = opened.scalars(select(StaffSession.last_seen_at)).one()
    ravi.gets("/orders/board", **{"X-By-Itself": "1"})
    with session() as opened:
        assert opened.scalars(select(StaffSession.last_seen_at)).one() == before
    ravi.gets("/orders")
    with session() as opened:
        assert opened.scalars(select(StaffSession.last_seen_at)).one() > before


def logins_cookie(answer: requests.Response) -> str | None:
    cookies = answer.raw.headers.getlist("Set-Cookie")
    return next((line for line in cookies if line.startswith("console_session=")), None)


def key_of(name: str) -> str:
    with session() as opened:
        return str(opened.scalars(select(Staff.id).where(Staff.name == name)).one())
