"""An owner's phone as the second factor, and the sessions that one can look at and end."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from shop.staff import links, login_limits, people, second_factor
from storage.engine import session
from storage.models import AuditEntry, LoginAttempt, Staff, StaffSession
from tests.integration.console.people import PASSWORD, Worker


@pytest.fixture
def with_phone(asha):
    """Asha, who has switched the second factor on as the page says."""
    asha.sends("/account/code", "/account/code", password=PASSWORD)
    page = asha.sees("/account/code")
    assert "<svg" in page
    secret = re.search(r'class="mono">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    asha.totp = pyotp.TOTP(secret)
    answer = asha.sends("/account/code/on", "/account/code", code=asha.totp.now())
    assert answer.headers["Location"] == "/account"
    let_time_pass()
    return asha


def let_time_pass() -> None:
    """As if the codes used so far were old: a test cannot wait for the next ones."""
    with session() as opened:
        opened.execute(update(Staff).values(second_factor_step=0))


def code_after(worker: Worker, password: str = PASSWORD) -> str:
    """Where the password leads."""
    return worker.log_in(password).headers["Location"]


def test_a_password_alone_opens_nothing(with_phone):
    thief = Worker(with_phone.console, "Asha")
    assert code_after(thief) == "/login/code?next=/"
    assert thief.gets("/orders").headers["Location"].startswith("/login")
    thief.http.cookies.set("console_session", thief.cookies["console_code"])
    assert thief.gets("/orders").headers["Location"].startswith("/login")
    assert thief.gets("/live").status_code == 401
    assert thief.sends("/login/code", "/login/code", code="000000").status_code == 401
    assert thief.gets("/orders").status_code == 303


def test_the_code_opens_once(with_phone):
    owner, other = Worker(with_phone.console, "Asha"), Worker(with_phone.console, "Asha")
    code_after(owner)
    code_after(other)
    code = with_phone.totp.now()
    spaced = f" {code[:3]} {code[3:]} "
    answer = owner.sends("/login/code", "/login/code", code=spaced, next="/team")
    assert answer.headers["Location"] == "/team"
    assert owner.gets("/team").status_code == 200
    assert other.sends("/login/code", "/login/code", code=code).status_code == 401
    assert other.gets("/orders").status_code == 303


def test_without_a_password_first_the_page_leads_to_login(with_phone):
    stranger = Worker(with_phone.console, "Asha")
    assert stranger.gets("/login/code").headers["Location"] == "/login"
    answer = stranger.sends("/login/code", "/login", code=with_phone.totp.now())
    assert answer.headers["Location"] == "/login"


def test_codes_cannot_be_tried_without_end(with_phone):
    thief = Worker(with_phone.console, "Asha")
    code_after(thief)
    csrf = thief.csrf("/login/code")
    guess = {"csrf": csrf, "code": "000000"}
    answers = [thief.sends("/login/code", "/login/code", **guess).status_code for _ in range(8)]
    assert answers == [401] * 4 + [429] * 4


def test_the_page_for_the_code_does_not_wait_for_ever(with_phone):
    owner = Worker(with_phone.console, "Asha")
    code_after(owner)
    with session() as opened:
        opened.execute(
            update(StaffSession)
            .where(StaffSession.awaits_code)
            .values(expires_at=datetime.now(UTC) - timedelta(seconds=1))
        )
    assert owner.gets("/login/code").headers["Location"] == "/login"


def test_it_is_switched_off_by_a_code(with_phone):
    assert "second factor" in with_phone.sees("/team")
    wrong = with_phone.sends("/account/code/off", "/account/code", code="12345x")
    assert wrong.status_code == 422
    with_phone.sends("/account/code/off", "/account/code", code=with_phone.totp.now())
    assert code_after(Worker(with_phone.console, "Asha")) == "/"


def test_it_is_not_on_before_a_code_was_right(asha):
    assert asha.sends("/account/code", "/account/code", password="guess").status_code == 422
    asha.sends("/account/code", "/account/code", password=PASSWORD)
    assert asha.sends("/account/code/on", "/account/code", code="000000").status_code == 422
    assert code_after(Worker(asha.console, "Asha")) == "/"


def test_it_is_for_owners(ravi):
    assert ravi.sends("/account/code", password=PASSWORD).status_code == 403
    assert "Second factor" not in ravi.sees("/account")


def test_who_lost_the_phone_comes_in_by_a_link(with_phone):
    with session() as opened:
        link = links.draw_staff_link(opened, people.find_staff(opened, "Asha"))
    owner = Worker(with_phone.console, "Asha")
    new = "another long password"
    owner.sends(f"/welcome/{link}", f"/welcome/{link}", password=new, again=new)
    assert code_after(Worker(with_phone.console, "Asha"), new) == "/"


def test_a_phone_whose_clock_is_half_a_minute_off_is_right():
    totp = pyotp.TOTP(pyotp.random_base32())
    now = datetime(2026, 11, 29, 12, 0, 10, tzinfo=UTC)
    for seconds, fits in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        somebody = Staff(name="Asha", second_factor=totp.secret)
        code = totp.at(now + timedelta(seconds=seconds))
        if fits:
            second_factor.accept_code(somebody, code, now)
        with pytest.raises(second_factor.WrongCode):
            second_factor.accept_code(somebody, code, now)
    with pytest.raises(second_factor.WrongCode):
        second_factor.accept_code(Staff(name="Asha"), "", now)


def test_the_log_tells_of_it_without_codes(with_phone):
    code_after(Worker(with_phone.console, "Asha"))
    page = with_phone.sees("/log")
    assert "switched the second factor on" in page
    assert with_phone.totp.secret not in page


def test_one_device_is_ended_and_the_others_stay(ravi):
    other = Worker(ravi.console, "Ravi")
    other.http.headers["User-Agent"] = "Mozilla/5.0 (Android 14) Chrome/120"
    other.log_in()
    page = ravi.sees("/account")
    assert "Chrome, Android" in page
    assert "from 127.0.0.1" in page
    wanted = re.search(r'name="session" value="([0-9a-f]+)"', page)[1]
    assert ravi.sends("/account/logout/one", session=wanted).headers["Location"] == "/account"
    assert other.gets("/orders").status_code == 303
    assert ravi.gets("/orders").status_code == 200


def test_nobody_ends_the_session_of_somebody_else_by_its_name(asha, ravi):
    with session() as opened:
        hers = opened.scalars(
            select(StaffSession.token_hash).join(Staff).where(Staff.name == "Asha")
        ).one()
    assert ravi.sends("/account/logout/one", session=hers).status_code == 404
    assert asha.gets("/orders").status_code == 200


def test_an_owner_logs_somebody_out_everywhere(asha, ravi):
    with session() as opened:
        key = people.find_staff(opened, "Ravi").id
    assert asha.sends(f"/team/{key}/logout").status_code == 303
    assert ravi.gets("/orders").status_code == 303
    with session() as opened:
        entries = select(AuditEntry.subject).where(AuditEntry.action == "logged out everywhere")
        assert opened.scalars(entries).all() == ["Ravi"]


def test_a_stolen_session_is_no_way_to_try_passwords(asha):
    answers = [
        asha.sends("/account/code", "/account/code", password=f"guess {number}").status_code
        for number in range(login_limits.SAME_NAME_AND_ADDRESS.most + 1)
    ]
    assert answers == [422] * login_limits.SAME_NAME_AND_ADDRESS.most + [429]
    with session() as opened:
        assert len(opened.scalars(select(LoginAttempt.id)).all()) == len(answers) - 1
