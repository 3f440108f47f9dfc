"""A customer's page shows what they decided about being written to: when, how, in what words."""

from datetime import UTC, datetime, timedelta

import settings
from shop.customers.stop_and_start import set_subscription
from shop.whatsapp import consents
from storage.engine import session
from storage.models import Order, UserProfile


def says_stop(meera):
    with session() as opened:
        customer = opened.get_one(UserProfile, meera)
        set_subscription(opened, customer, "unsubscribed", "wamid.stop", "please stop")


def orders(meera, number):
    with session() as opened:
        opened.add(Order(customer_id=meera, order_id=number, created_at=datetime.now(UTC)))
        customer = opened.get_one(UserProfile, meera)
        customer.last_interaction = datetime.now(UTC) - timedelta(hours=25)


def test_each_decision_is_shown(asha, meera):
    says_stop(meera)
    with session() as opened:
        consents.record_consent(
            opened, meera, ["offers"], wants=True, way=consents.BY_WHATSAPP, cause="resume:1"
        )
    said = asha.sees(f"/inbox/{meera}")
    for words in ("News of orders", "not wanted", "please stop", "in WhatsApp’s own menu"):
        assert words in said


def test_news_by_template_is_for_orders_placed_after_stop(asha, meera, monkeypatch):
    monkeypatch.setenv("WHATSAPP_NOTICE_TEMPLATE", "order_news")
    settings.load_settings.cache_clear()
    orders(meera, "ORD-10001")
    says_stop(meera)
    orders(meera, "ORD-10002")
    for number, status in (("ORD-10001", 400), ("ORD-10002", 303)):
        answer = asha.sends(f"/inbox/{meera}/answer", words="It is ready.", order=number)
        assert answer.status_code == status, answer.text
