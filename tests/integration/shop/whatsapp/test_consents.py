"""News of orders and offers are two things; each decision is kept with its time, words and way."""

from datetime import timedelta

import pytest

from shop.customers.stop_and_start import set_subscription
from shop.orders import due_news
from shop.whatsapp import consents
from storage.engine import now
from storage.models import Order
from tests.integration.customers import add_customer


@pytest.fixture
def asha(session):
    return add_customer(session, last_interaction=now(session))


def says_stop(session, customer, cause="wamid.stop", ago=timedelta()):
    set_subscription(session, customer, "unsubscribed", cause, "Stop, thanks")
    for consent in consents.read_consents(session, customer):
        if consent.cause == cause:
            consent.given_at = now(session) - ago
    session.flush()


def wants_offers(session, customer):
    newest = next(c for c in consents.read_consents(session, customer) if c.topic == "offers")
    return customer.subscription != "unsubscribed" and newest.wants


def orders(session, customer, ago=timedelta()):
    order = Order(customer_id=customer.id, created_at=now(session) - ago)
    session.add(order)
    session.flush()
    order.status = "ready"
    session.flush()
    return order


def is_told(session, order):
    [reason] = [
        due_news._against(due)
        for due in due_news.due_notices(session)
        if due.order and due.order.order_id == order.order_id
    ]
    return reason is None


def test_stop_silences_what_was_ordered_before_it(session, asha):
    order = orders(session, asha, ago=timedelta(hours=1))
    says_stop(session, asha)
    assert not is_told(session, order)


def test_an_order_after_stop_is_told(session, asha):
    says_stop(session, asha, ago=timedelta(hours=1))
    order = orders(session, asha)
    assert is_told(session, order)
    says_stop(session, asha, "wamid.again")
    assert not is_told(session, order)


def test_whoever_was_unsubscribed_by_hand_is_told_nothing(session, asha):
    asha.subscription = "unsubscribed"
    assert not is_told(session, orders(session, asha))


def test_stop_and_start_are_about_both_and_kept_with_words_and_way(session, asha):
    says_stop(session, asha, ago=timedelta(minutes=1))
    assert not wants_offers(session, asha)
    set_subscription(session, asha, "subscribed", "wamid.start", "start")
    session.flush()
    kept = [(c.topic, c.wants, c.way, c.words) for c in consents.read_consents(session, asha)]
    assert sorted(kept[:2]) == [
        ("news", True, "message", "start"),
        ("offers", True, "message", "start"),
    ]
    assert sorted(kept[2:]) == [
        ("news", False, "message", "Stop, thanks"), ("offers", False, "message", "Stop, thanks"),
    ]  # fmt: skip
    assert wants_offers(session, asha)


def test_whatsapps_own_menu_ends_offers_alone(session, asha):
    consents.record_consent(
        session, asha.id, ["offers"], wants=False, way=consents.BY_WHATSAPP, cause="stop:1"
    )
    assert not wants_offers(session, asha)
    assert is_told(session, orders(session, asha))


def test_a_second_delivery_of_the_same_decision_changes_nothing(session, asha):
    for _ in range(2):
        consents.record_consent(
            session, asha.id, ["offers"], wants=False, way=consents.BY_WHATSAPP, cause="stop:1"
        )
    assert len(consents.read_consents(session, asha)) == 1
