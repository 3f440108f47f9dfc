"""The room Shop: hours, ways, promises and zones as an owner sets them, and the switch."""

from datetime import date, time
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

import storage.engine
from shop.opening.reading import read_settings
from shop.opening.state import read_opening_state
from storage.models import DeliveryZone, OpeningException, OpeningHours, ShopSettings
from tests.integration.console.people import Worker

SETTINGS = {
    "shop_name": "Chai & Co",
    "time_zone": "Asia/Kolkata",
    "accepts_orders": "by_staff",
    "when_unaccepted": "cancel",
    "alarm_phone": "98000 00001",
    "preparation_minutes": "20",
    "accept_within_minutes": "5",
    "order_ahead_days": "2",
    "slot_minutes": "30",
    "slot_capacity": "",
    "minimum_order": "99.50",
    "fulfilment": "delivery",
}
ZONE = {
    "name": "Centre",
    "postcodes": "560 001, 5600*",
    "latitude": "",
    "longitude": "",
    "radius_km": "",
    "fee": "30",
    "minimum": "200",
    "free_from": "500",
    "minutes": "40",
    "is_active": "yes",
}


def now_settings() -> ShopSettings:
    with storage.engine.session() as opened:
        found = read_settings(opened)
        opened.expunge(found)
        return found


def test_an_owner_says_how_the_shop_trades(asha: Worker) -> None:
    assert "Chai Corner" in asha.sees("/shop")
    assert asha.sends("/shop/settings", "/shop", **SETTINGS).status_code == 303
    found = now_settings()
    assert (found.shop_name, found.fulfilment) == ("Chai & Co", ["delivery"])
    assert (found.accepts_orders, found.when_unaccepted) == ("by_staff", "cancel")
    assert (found.minimum_order, found.alarm_phone) == (Decimal("99.50"), "919800000001")
    assert found.slot_capacity is None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("time_zone", "Bangalore", "No time zone has this name"),
        ("fulfilment", "teleport", "at least one way"),
        ("preparation_minutes", "soon", "A whole number from 0 to 1440"),
        ("minimum_order", "-5", "An amount in rupees"),
        ("alarm_phone", "Asha", "A phone number"),
        ("shop_name", " ", "1 to 60 characters"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    asha: Worker, field: str, value: str, said: str
) -> None:
    answer = asha.sends("/shop/settings", "/shop", **{**SETTINGS, field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Chai &amp; Co" in answer.text or field == "shop_name"
    assert now_settings().shop_name == "Chai Corner"


def test_hours_with_a_break_and_past_midnight(asha: Worker) -> None:
    hours = {"opens.1.0": "09:00", "closes.1.0": "13:00", "opens.1.1": "17:00"}
    hours |= {"closes.1.1": "22:30", "opens.6.0": "18:00", "closes.6.0": "02:00"}
    assert asha.sends("/shop/hours", "/shop", always="no", **hours).status_code == 303
    with storage.engine.session() as opened:
        rows = opened.scalars(select(OpeningHours).order_by(OpeningHours.id)).all()
        assert [(row.weekday, row.opens, row.closes) for row in rows] == [
            (1, time(9), time(13)),
            (1, time(17), time(22, 30)),
            (6, time(18), time(2)),
        ]
    assert 'value="22:30"' in asha.sees("/shop")
    asha.sends("/shop/hours", "/shop", always="yes")
    with storage.engine.session() as opened:
        assert opened.scalars(select(OpeningHours)).all() == []


def test_hours_typed_while_always_open_is_ticked_are_not_lost(asha: Worker) -> None:
    hours = {"opens.1.0": "09:00", "closes.1.0": "13:00"}
    answer = asha.sends("/shop/hours", "/shop", always="yes", **hours)
    assert answer.status_code == 422
    assert "Choose: always open, or the hours you typed." in answer.text
    assert 'value="13:00"' in answer.text
    assert asha.sends("/shop/hours", "/shop", always="no", **hours).status_code == 303
    # The hours that stand there may be left for always open.
    assert asha.sends("/shop/hours", "/shop", always="yes", **hours).status_code == 303
    with storage.engine.session() as opened:
        assert opened.scalars(select(OpeningHours)).all() == []


def test_typing_hours_chooses_them_and_any_day_may_stand_for_all(page: Page) -> None:
    page.goto("/shop")
    page.get_by_label("Tuesday: opens").first.fill("08:00")
    page.get_by_label("Tuesday: closes").first.fill("21:30")
    page.get_by_label("Copy the hours of").select_option("Tuesday")
    page.get_by_role("button", name="Copy its hours to all days").click()
    page.get_by_role("button", name="Save the hours").click()
    expect(page.get_by_text("The hours are saved.")).to_be_visible()
    with storage.engine.session() as opened:
        rows = opened.scalars(select(OpeningHours).order_by(OpeningHours.weekday)).all()
        assert [(row.weekday, row.closes) for row in rows] == [
            (day, time(21, 30)) for day in range(1, 8)
        ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("560038; 560008 560034", ["560038", "560008", "560034"]),
        ("560 001, sw1a 1aa", ["560001", "SW1A1AA"]),
        ("5600* 5601*\n560200", ["5600*", "5601*", "560200"]),
    ],
)
def test_pin_codes_may_stand_beside_each_other(asha: Worker, written: str, kept: list[str]) -> None:
    assert asha.sends("/shop/zones", "/shop", **{**ZONE, "postcodes": written}).status_code == 303
    with storage.engine.session() as opened:
        assert opened.scalars(select(DeliveryZone.postcodes)).one() == kept


def test_two_pin_codes_in_one_are_refused(asha: Worker) -> None:
    answer = asha.sends("/shop/zones", "/shop", **{**ZONE, "postcodes": "560 001 560 002"})
    assert "This is no PIN code: 560001560002" in answer.text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("411038, 41105", "A PIN code has 6 digits, and 41105 has 5."),
        ("0411038", "A PIN code has 6 digits, and 0411038 has 7."),
        ("4110380*", "A PIN code has 6 digits, and 4110380 has 7."),
    ],
)
def test_a_number_that_is_no_pin_code_is_refused(asha: Worker, written: str, said: str) -> None:
    answer = asha.sends("/shop/zones", "/shop", **{**ZONE, "postcodes": written})
    assert answer.status_code == 422
    assert said in answer.text
    assert "write a star after it" in answer.text


def test_a_folded_zone_says_where_it_is(asha: Worker) -> None:
    asha.sends("/shop/zones", "/shop", **{**ZONE, "postcodes": "411038, 4110*"})
    summary = asha.sees("/shop").split('<details class="zone"')[1].split("</summary>")[0]
    assert "411038, 4110*" in summary


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"opens.1.0": "09:00"}, "Each time needs its other one."),
        ({"opens.1.0": "9", "closes.1.0": "10"}, "Write times like 09:30"),
        (
            {
                "opens.1.0": "9:00",
                "closes.1.0": "12:00",
                "opens.1.1": "11:00",
                "closes.1.1": "15:00",
            },
            "These hours overlap.",
        ),
        ({}, "Name hours for at least one day."),
    ],
)
def test_hours_that_make_no_sense_are_kept_in_the_form(
    asha: Worker, hours: dict[str, str], said: str
) -> None:
    answer = asha.sends("/shop/hours", "/shop", always="no", **hours)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_day_with_other_hours_comes_and_goes(asha: Worker) -> None:
    sent = {"day": "2031-10-20", "opens": "", "closes": "", "note": "Closed for Diwali"}
    assert asha.sends("/shop/exceptions", "/shop", **sent).status_code == 303
    assert "20 Oct 2031" in asha.sees("/shop")
    with storage.engine.session() as opened:
        [row] = opened.scalars(select(OpeningException)).all()
        key = row.id
    assert asha.sends(f"/shop/exceptions/{key}/remove", "/shop").status_code == 303
    assert "20 Oct 2031" not in asha.sees("/shop")
    half = asha.sends("/shop/exceptions", "/shop", **{**sent, "opens": "09:00"})
    assert "Each time needs its other one." in half.text


def other_hours() -> list[tuple[time | None, time | None]]:
    with storage.engine.session() as opened:
        query = select(OpeningException).order_by(OpeningException.opens)
        return [(row.opens, row.closes) for row in opened.scalars(query)]


def test_a_day_may_have_several_stretches_in_the_place_of_its_earlier_ones(page: Page) -> None:
    with storage.engine.session() as opened:
        opened.add(OpeningException(day=date(2031, 10, 20), note="Closed"))
    page.goto("/shop")
    form = page.locator("form[action='/shop/exceptions']")
    form.get_by_label("Day", exact=True).fill("2031-10-20")
    for place, (opens, closes) in enumerate([("00:00", "13:30"), ("17:00", "21:00")]):
        form.get_by_label("Opens").nth(place).fill(opens)
        form.get_by_label("Closes").nth(place).fill(closes)
    form.get_by_role("button", name="Add the day").click()
    expect(page.get_by_text("00:00 – 13:30, 17:00 – 21:00")).to_be_visible()
    assert other_hours() == [(time(0), time(13, 30)), (time(17), time(21))]
    page.locator("#exceptions").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The weekly hours hold on that day again.")).to_be_visible()
    assert other_hours() == []


def test_what_customers_are_told_is_typed_before_the_pause(page: Page) -> None:
    page.goto("/orders")
    page.locator(".opening > summary").click()
    page.get_by_label("What customers are told").fill("Power cut")
    page.get_by_label("What customers are told").press("Enter")
    page.get_by_role("button", name="For 30 minutes").click()
    page.get_by_text("Paused", exact=True).wait_for()
    with storage.engine.session() as opened:
        state = read_opening_state(opened)
        assert (state.condition, state.note) == ("paused", "Power cut")


def test_a_zone_is_made_changed_and_removed(asha: Worker) -> None:
    assert asha.sends("/shop/zones", "/shop", **ZONE).status_code == 303
    with storage.engine.session() as opened:
        [zone] = opened.scalars(select(DeliveryZone)).all()
        assert zone.postcodes == ["560001", "5600*"]
        assert (zone.fee, zone.minimum, zone.free_from) == (30, 200, 500)
        key = zone.id
    point = {"latitude": "12.97", "longitude": "77.59", "radius_km": "3.5", "postcodes": ""}
    changed = asha.sends(f"/shop/zones/{key}", "/shop", **{**ZONE, **point})
    assert changed.status_code == 303
    half = asha.sends(f"/shop/zones/{key}", "/shop", **{**ZONE, "latitude": "12.97"})
    assert "A point needs its latitude" in half.text
    none = asha.sends("/shop/zones", "/shop", **{**ZONE, "postcodes": ""})
    assert "Name PIN codes, or a point" in none.text
    assert asha.sends(f"/shop/zones/{key}/remove", "/shop").status_code == 303
    with storage.engine.session() as opened:
        assert opened.scalars(select(DeliveryZone)).all() == []


def test_the_switch_stands_on_every_page_and_staff_may_turn_it(ravi: Worker) -> None:
    assert "Open</b>" in ravi.sees("/orders")
    sent = {"to": "pause-30", "note": "Power cut", "back": "/products"}
    answer = ravi.sends("/shop/switch", **sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/products")
    assert "Paused</b>" in ravi.sees("/products")
    with storage.engine.session() as opened:
        state = read_opening_state(opened)
        assert (state.condition, state.note) == ("paused", "Power cut")
    ravi.sends("/shop/switch", to="open")
    ravi.sends("/shop/switch", to="busy-20")
    assert "Busy +20 min" in ravi.sees("/orders")
    ravi.sends("/shop/switch", to="closed")
    assert "Closed</b>" in ravi.sees("/orders")
    ravi.sends("/shop/switch", to="open")
    with storage.engine.session() as opened:
        assert read_opening_state(opened).is_open
    assert ravi.sends("/shop/switch", to="nowhere").status_code == 400
    assert (
        ravi.sends("/shop/switch", to="open", back="//evil.example").headers["location"] == "/shop"
    )


def test_only_owners_change_how_the_shop_trades(ravi: Worker) -> None:
    assert ravi.gets("/shop").status_code == 403
    assert ravi.sends("/shop/settings", **SETTINGS).status_code == 403
