"""A new shop's first steps, and the codes that are printed for its tables."""

import re
from datetime import time
from decimal import Decimal

import pytest
from sqlalchemy import select

import settings
from console.shop_room.setup import read_steps
from console.shop_room.whatsapp_link import link_to_shop, read_shop_phone
from storage.engine import session
from storage.models import DeliveryZone, FaqAnswer, OpeningHours, Product, WhatsappMessage
from tests.integration.console.test_board_trade import trade


@pytest.fixture
def real_number(monkeypatch):
    """A shop with a number at Meta, which is no practice."""
    monkeypatch.setenv("WHATSAPP_API_URL", "https://graph.facebook.com")
    for name in ("PHONE_NUMBER_ID", "ACCESS_TOKEN", "APP_SECRET", "VERIFY_TOKEN"):
        monkeypatch.setenv(f"WHATSAPP_{name}", "1")
    settings.load_settings.cache_clear()


def done():
    with session() as opened:
        return [step.is_done for step in read_steps(opened, read_shop_phone(opened))]


def test_the_steps_say_what_the_tables_say(asha, real_number):
    page = asha.sees("/shop/setup")
    assert "0 of 5 steps are done" in page
    assert "Still the sample&#39;s name: Chai Corner." in page
    assert "Still as in the sample: Coffee" in page
    assert done() == [False, False, False, False, False]
    trade(shop_name="Asha's Kitchen", fulfilment=["pickup", "delivery", "dine_in"])
    with session() as opened:
        opened.add(OpeningHours(weekday=1, opens=time(9), closes=time(21)))
        for product in opened.scalars(select(Product)):
            product.is_available = False
        opened.add(Product(sku="dosa", name="Dosa", price=Decimal(90)))
        opened.add(WhatsappMessage(direction="incoming", to_phone="919800099999"))
    assert done() == [True, True, False, True, True]
    page = asha.sees("/shop/setup")
    assert "Open on 1 day of the week." in page
    assert "You deliver everywhere, for nothing." in page
    assert 'href="https://wa.me/919800099999?text=Hi"' in page
    assert "<svg" in page
    with session() as opened:
        opened.add(DeliveryZone(name="Centre", postcodes=["560001"]))
    assert "All is done" in asha.sees("/shop/setup")


def test_where_the_shop_is_and_how_customers_pay_stand_in_the_steps(asha):
    page = asha.sees("/shop/setup")
    assert "do not hear it yet" in page
    assert "Asked how to pay, the bot says: 💳 You pay when you get your order" in page
    with session() as opened:
        answer = opened.scalars(select(FaqAnswer).where(FaqAnswer.topic == "address")).one()
        answer.answer, answer.translations = "📍 12 MG Road,\nopposite the bank.", {}
    assert "the bot says: 📍 12 MG Road, opposite the bank." in asha.sees("/shop/setup")


def test_an_answer_whose_hindi_is_the_samples_is_not_done(asha):
    trade(shop_name="Amma's Oven")
    assert done()[0]
    with session() as opened:
        answer = opened.scalars(select(FaqAnswer).where(FaqAnswer.topic == "address")).one()
        answer.answer = "📍 12 MG Road"
    assert not done()[0]
    page = asha.sees("/shop/setup")
    assert "Where you are still stands in the sample&#39;s words in: Hindi." in page
    with session() as opened:
        answer = opened.scalars(select(FaqAnswer).where(FaqAnswer.topic == "address")).one()
        answer.translations = {"hi": "📍 एमजी रोड"}
    assert done()[0]


def test_practice_is_on_the_emulators_phone(asha):
    with session() as opened:
        opened.add(WhatsappMessage(direction="incoming", to_phone="911140000100"))
    page = asha.sees("/shop/setup")
    assert f'href="http://127.0.0.1:{settings.load_settings().emulator_port}"' in page
    assert "wa.me" not in page


def test_every_link_of_the_steps_leads_somewhere(asha):
    trade(fulfilment=["delivery", "dine_in"])
    links = re.findall(r'button quiet small" href="([^"]+)"', asha.sees("/shop/setup"))
    assert len(links) == 13
    for link in links:
        path, _, part = link.partition("#")
        assert f'id="{part or "main"}"' in asha.sees(path)


def test_codes_for_tables(asha):
    assert 'role="listitem"' not in asha.sees("/shop/tables")
    page = asha.sees("/shop/tables?tables=12&phone=%2B91+98000+99999")
    assert re.findall(r"<figcaption>(.*?)</figcaption>", page) == [
        f"Table {number}" for number in range(1, 13)
    ]
    assert page.count("Scan to order by WhatsApp") == 12
    assert link_to_shop("919800099999", "Table 4") == "https://wa.me/919800099999?text=Table%204"


def test_the_shops_number_is_known_from_its_messages(asha):
    with session() as opened:
        opened.add(WhatsappMessage(direction="incoming", to_phone="919800099999"))
        opened.add(WhatsappMessage(direction="outgoing", to_phone="919800000001"))
    assert 'value="+919800099999"' in asha.sees("/shop/tables")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tables=0&phone=919800099999", "A whole number from 1 to 100."),
        ("tables=101&phone=919800099999", "A whole number from 1 to 100."),
        ("tables=four&phone=919800099999", "A whole number from 1 to 100."),
        ("tables=4&phone=12", "number on WhatsApp"),
        ("tables=4", "number on WhatsApp"),
    ],
)
def test_codes_that_cannot_be_drawn(asha, query, said):
    answer = asha.gets(f"/shop/tables?{query}")
    assert answer.status_code == 422
    assert said in answer.text
    assert "<figcaption>" not in answer.text


def test_the_page_prints_the_codes_alone(page):
    page.goto("/shop/tables?tables=2&phone=919800099999")
    assert page.locator(".table-codes svg").count() == 2
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible()
    assert page.get_by_text("Table 2").is_visible()


def test_the_first_steps_are_for_owners(ravi):
    for path in ("/shop/setup", "/shop/tables"):
        assert ravi.gets(path).status_code == 403
