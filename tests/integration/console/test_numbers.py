"""Numbers: each of them reconciles with the tables."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, text, update

import settings
from console.numbers import costs, reading, sales
from console.wording import local_midnight, to_local
from shop import figures
from shop.customers import unclear
from shop.opening.reading import read_settings
from shop.tariffs import price_message
from storage.engine import session
from storage.models import AuditEntry, Order, Ticket, UserProfile, WhatsappMessage
from tests.integration.customers import add_customer

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """When the test begins: others may have taken so long that it is another day."""
    monkeypatch.setitem(globals(), "NOW", datetime.now(UTC))


def customer(opened, phone="919800000001"):
    return add_customer(opened, phone)


def talk(opened, who, name, *steps, ordered=False, at=None):
    """A conversation that came so far; returns its order."""
    at = at or NOW
    for place, step in enumerate(steps):
        asked = WhatsappMessage(customer_id=who.id, timestamp=at, created_at=at)
        opened.add(asked)
        opened.flush()
        flow = "main_menu" if step == "menu_shown" else "new_order"
        opened.add(
            WhatsappMessage(
                customer_id=who.id, direction="outgoing", timestamp=at, cause_id=asked.id,
                position=0, sent_at=at + timedelta(seconds=place + 1),
                said_in={"session": name, "flow": flow if step else "", "step": step},
            )
        )  # fmt: skip
    if ordered:
        opened.add(Order(customer_id=who.id, session=name, total=100, created_at=at))
        opened.flush()


def age_menus(opened):
    """The menus are older than what this test tells."""
    opened.execute(
        text("UPDATE workflow_template_versions SET changed_at = now() - interval '3 days'")
    )


def test_the_funnel_by_version_of_the_menu(asha):
    with session() as opened:
        age_menus(opened)
        who = customer(opened)
        talk(opened, who, "1", "menu_shown")
        talk(opened, who, "2", "menu_shown", "category_selection")
        talk(opened, who, "3", "menu_shown", "category_selection", "confirmation", ordered=True)
        talk(opened, who, "4", "confirmation", ordered=True)
        talk(opened, who, "5", "confirmation")
        talk(opened, who, "6", "")
        talk(opened, who, "1", "menu_shown", at=NOW - timedelta(days=40))
    with session() as opened:
        found = reading.read_funnels(opened, reading.period_start(7))
        counts = {one.name: [step.count for step in one.steps] for one in found}
    assert counts == {
        "All conversations": [5, 4, 3, 2],
        "Main menu, version 1": [3, 2, 1, 1],
        "Without the menu": [2, 2, 2, 1],
    }
    page = asha.sees("/numbers?days=7")
    assert "Main menu, version 1" in page


def test_a_new_version_of_the_menu_has_a_line_of_its_own(engine):
    with session() as opened:
        who = customer(opened)
        age_menus(opened)
        talk(opened, who, "1", "menu_shown", at=NOW - timedelta(days=2))
        opened.execute(text("UPDATE workflow_templates SET trigger_keywords = '{hi}'"
                            " WHERE template_name = 'main_menu'"))  # fmt: skip
    with session() as opened:
        who = opened.query(UserProfile).one()
        # Not NOW: that is before the change above.
        talk(opened, who, "2", "menu_shown", at=datetime.now(UTC) + timedelta(seconds=5))
    with session() as opened:
        names = [one.name for one in reading.read_funnels(opened, reading.period_start(7))]
    assert names == ["All conversations", "Main menu, version 2", "Main menu, version 1"]


def test_messages_and_sales_add_up_to_what_the_tables_hold(engine):
    with session() as opened:
        who = customer(opened)
        talk(opened, who, "1", "menu_shown", "confirmation", ordered=True)
        opened.add(Order(total=Decimal("49.50"), status="cancelled", items=[]))
        opened.add(Order(total=Decimal("0.50"), created_at=local_midnight() - timedelta(seconds=1)))
    with session() as opened:
        incoming, outgoing = reading.by_hour(opened, reading.period_start(7))
        amounts, orders = reading.by_day(opened, reading.period_start(7))
        today, _ = reading.by_day(opened, reading.period_start(1))
    assert (incoming.total, outgoing.total) == (2, 2)
    assert incoming.figures[to_local(NOW).hour] == 2
    assert (amounts.total, orders.total, today.total) == (Decimal("100.50"), 2, 100)
    assert amounts.figures[-2:] == [Decimal("0.50"), Decimal(100)]


def test_what_it_takes(engine):
    with session() as opened:
        who = customer(opened)
        talk(opened, who, "1", "menu_shown", "category_selection", "confirmation", ordered=True)
        opened.add(Ticket(ticket_id="TKT-1", created_at=NOW - timedelta(minutes=30)))
        opened.add(Ticket(ticket_id="TKT-2"))
        opened.flush()
        opened.add(AuditEntry(staff_name="Ravi", action="assigned", subject="TKT-1", at=NOW))
        for product in ("coffee", "coffee", "tea", 5, None):
            opened.add(Order(items=[{"product": product, "quantity": 2}], total=1))
        opened.execute(update(Order).where(Order.session == "1").values(items={"odd": 1}))
    with session() as opened:
        # Half an hour ago may have been yesterday.
        begin = reading.period_start(7)
        said = reading.read_tables(opened, begin)
        sold = sales.sum_products(opened, reading.counted_messages(opened, begin))
    assert (said["effort"]["orders"], said["effort"]["median"]) == (1, 4)
    assert (said["replies"]["answers"], said["replies"]["median"]) == (3, 2)
    assert (said["tickets"]["tickets"], said["tickets"]["waiting"]) == (2, 1)
    assert float(said["tickets"]["median"]) == pytest.approx(1800, abs=2)
    assert sold[0] == sales.Sold("Coffee", pieces=4, orders=2, revenue=Decimal(0))


def missed(opened, who, *sentences):
    """What was not understood, as a turn keeps it."""
    for cause, words in enumerate(sentences, 1):
        unclear.store_unclear(opened, who, who.total_messages * 100 + cause, words, "support")


def test_what_was_not_understood(asha):
    with session() as opened:
        who = customer(opened)
        missed(opened, who, "Momos?", " momos? ", "<b>odd</b>", "my card is 4111 1111 1111 1111",
               "pay asha.rao@okbank, see www.example.com/asha")  # fmt: skip
        opened.execute(
            text("INSERT INTO events (sender_id, type_name, timestamp, intent_name, data)"
                 " VALUES ('x', 'user', :at, 'nlu_fallback', :data)"),
            {"at": NOW.timestamp(), "data": json.dumps({"text": "the raw words"})},
        )  # fmt: skip
    with session() as opened:
        found = reading.list_misunderstood(opened, reading.period_start(1))
    assert (found[0]["words"], found[0]["times"]) == ("momos?", 2)
    page = asha.sees("/numbers?days=1")
    assert "&lt;b&gt;odd" in page
    assert "my card is 0000 0000 0000 0000" in page
    assert "pay name@example.org, see www.example.org" in page
    for raw in ("4111", "okbank", "example.com/asha", "the raw words"):
        assert raw not in page


def test_nothing_is_shown_of_whoever_asked_us_to_stop(asha):
    with session() as opened:
        who = customer(opened)
        missed(opened, who, "momos please")
        opened.execute(text("UPDATE user_profiles SET subscription = 'unsubscribed'"))
        other = add_customer(opened, "919800000002", total_messages=1)
        missed(opened, other, "what about dosas")
        opened.execute(text("ALTER TABLE user_profiles DISABLE TRIGGER USER"))
        opened.execute(text("UPDATE user_profiles SET subscription = 'unsubscribed'"))
    page = asha.sees("/numbers")
    assert "momos please" not in page
    assert "what about dosas" not in page


def test_a_shop_that_keeps_nothing_shows_nothing(asha, monkeypatch):
    with session() as opened:
        missed(opened, customer(opened), "momos please")
    monkeypatch.setenv("KEEP_UNCLEAR_MESSAGES", "no")
    settings.load_settings.cache_clear()
    page = asha.sees("/numbers")
    assert "momos please" not in page
    assert "is not kept: whoever runs this system can allow it" in page
    assert "Everything was understood" not in page


def all_figures():
    """Everything that the page says of 7 days from what is added up."""
    begin = reading.period_start(7)
    with session() as opened:
        said = reading.read_tables(opened, begin)
        found = reading.counted_messages(opened, begin)
        return (
            [
                (one.name, [step.count for step in one.steps])
                for one in reading.read_funnels(opened, begin)
            ],
            [series.figures for series in reading.by_hour(opened, begin)],
            [series.figures for series in reading.by_day(opened, begin)],
            [sales.sum_products(opened, found), said["effort"], said["replies"]],
            [sales.sum_totals(found, 0), sales.sum_hours(found)],
        )


def add_up():
    """As the sender's process does it from minute to minute."""
    rounds = [figures.add_up(session) for _ in range(20)]
    assert rounds[0] == 0
    return sum(rounds)


def test_what_is_added_up_is_what_the_tables_say(engine):
    with session() as opened:
        opened.execute(
            text("UPDATE workflow_template_versions SET changed_at = now() - interval '9 days'")
        )
        who = customer(opened)
        for hours in (1, 5, 9, 30, 31, 60):
            at = NOW - timedelta(hours=hours)
            talk(opened, who, f"{hours}", "menu_shown", "confirmation", ordered=True, at=at)
            talk(opened, who, f"{hours}b", "menu_shown", at=at + timedelta(minutes=10))
        coffee = [{"product": "coffee", "quantity": 2, "price": 20}]
        opened.execute(update(Order).values(items=coffee))
    before = all_figures()
    assert before[0][0] == ("All conversations", [12, 6, 6, 6])
    assert before[3][0] == [sales.Sold("Coffee", pieces=12, orders=6, revenue=Decimal(240))]
    assert before[4][0].returning == pytest.approx(5 / 6)
    # Each half hour from the first message on; the empty ones before it are done by one statement.
    assert 2 * 56 < add_up() < 2 * 61
    with session() as opened:
        done = opened.scalar(text("SELECT count(*) FROM figure_slots WHERE is_done"))
    assert done > 31 * 48
    assert all_figures() == before
    with session() as opened:
        # From now on only what is not added up is read from the tables.
        old = WhatsappMessage.timestamp < NOW - timedelta(hours=20)
        opened.execute(delete(WhatsappMessage).where(old))
    assert all_figures()[0] == before[0]


def test_an_order_that_is_cancelled_later_counts_no_more(engine):
    with session() as opened:
        who = customer(opened)
        talk(opened, who, "1", "confirmation", ordered=True, at=NOW - timedelta(hours=30))
    add_up()
    for status, amount in (("cancelled", 0), ("pending", 100)):
        with session() as opened:
            opened.execute(update(Order).values(status=status))
        for _ in range(3):
            with session() as opened:
                assert reading.by_day(opened, reading.period_start(7))[0].total == amount
            figures.add_up(session)


@pytest.mark.parametrize("days", ["1", "7", "30", "0", "x", "99999999999999999999"])
def test_a_shop_that_nobody_wrote_to_has_numbers_too(asha, days):
    assert "Everything was understood" in asha.sees(f"/numbers?days={days}")


def test_hours_without_messages_are_left_out_of_the_figures(asha):
    with session() as opened:
        talk(opened, customer(opened), "1", "menu_shown")
    page = asha.sees("/numbers?days=7")
    [figures] = re.findall(r"<th>Hour</th>.*?</table>", page, re.S)
    assert re.findall(r'<th scope="row">([^<]+)', figures) == [f"{to_local(NOW):%H}", "All"]


def test_the_phones_charts_are_as_narrow_as_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/numbers")
    word = page.locator(".of-phone .chart-word:visible").first
    assert word.bounding_box()["height"] >= 10
    assert page.locator(".of-desk:visible").count() == 0


def test_a_day_is_the_shops_own(asha):
    with session() as opened:
        read_settings(opened).time_zone = "Pacific/Kiritimati"
        talk(opened, customer(opened), "1", "menu_shown")
    page = asha.sees("/numbers?days=7")
    [figures] = re.findall(r"<th>Hour</th>.*?</table>", page, re.S)
    there = NOW.astimezone(ZoneInfo("Pacific/Kiritimati"))
    assert re.findall(r'<th scope="row">([^<]+)', figures) == [f"{there:%H}", "All"]


def test_numbers_are_for_owners(ravi):
    assert ravi.gets("/numbers").status_code == 403


def test_every_period_ends_today():
    for days in reading.PERIODS:
        assert len(reading.days_of(reading.period_start(days))) == days


def cost(opened, who, kind, category, count=1, *, billable=True, at=None):
    """Messages of a kind whose receipts said what they cost."""
    at = at or NOW
    opened.add_all(
        WhatsappMessage(
            customer_id=who.id, direction="outgoing", timestamp=at, message_type=kind,
            price_category=category, is_billable=billable,
        )
        for _ in range(count)
    )  # fmt: skip


def test_what_whatsapp_costs_by_kind_and_by_version_of_the_menu(asha):
    with session() as opened:
        age_menus(opened)
        who = customer(opened)
        cost(opened, who, "template", "utility", 4)
        cost(opened, who, "template", "marketing", 2)
        cost(opened, who, "interactive", "service", 5, billable=False)
        cost(opened, who, "text", "referral", 3)
        cost(opened, who, "text", None, billable=None)
        talk(opened, who, "1", "confirmation", ordered=True)
        talk(opened, who, "2", "confirmation", ordered=True)
    expected = 4 * price_message("utility", NOW.date()) + 2 * price_message("marketing", NOW.date())
    with session() as opened:
        found = costs.sum_costs(figures.read_figures(opened, reading.period_start(7)))
    assert (found.total.paid, found.total.free, found.total.unpriced) == (9, 5, 3)
    assert (found.total.rupees, found.total.orders) == (expected, 2)
    assert found.total.per_order == expected / 2
    assert [(one.name, one.paid, one.free) for one in found.kinds] == [
        ("Notices by template", 6, 0),
        ("Answers in words alone", 3, 0),
        ("Answers with buttons or a list", 0, 5),
    ]
    assert [(one.name, one.orders, one.rupees) for one in found.menus] == [
        ("Version 1", 2, expected)
    ]
    assert found.unpriced == ["referral"]
    page = asha.sees("/numbers?days=7")
    assert f"₹{expected / 2:.2f}" in page
    assert "WhatsApp charges for 3 messages (referral) whose price is not known here" in page
