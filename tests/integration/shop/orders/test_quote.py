"""What an order would come to, before it is placed."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from shop.carts.terms import OrderTerms
from shop.opening import switch
from shop.orders.placing import place_order
from shop.orders.quote import quote_order, terms_of_last_order
from tests.integration.shop.orders.trading import HOME, add_zone, cart_of, settle, somebody


def test_the_defaults(session: Session) -> None:
    quote = quote_order(session, Decimal(240), OrderTerms())
    assert (quote.terms.fulfilment, quote.terms.fee, quote.missing) == ("pickup", 0, 0)
    assert (quote.ways, quote.minutes, quote.is_usual) == (["pickup"], 15, True)
    assert (quote.has_to_wait, quote.zone, quote.opening.is_open) == (False, None, True)


def test_a_rush_is_not_usual(session: Session) -> None:
    switch.set_busy(session, 20)
    session.flush()
    quote = quote_order(session, Decimal(240), OrderTerms())
    assert (quote.minutes, quote.is_usual) == (35, False)


@pytest.mark.parametrize(
    ("address", "where", "fee", "missing"),
    [
        (None, "needs_postcode", 0, 0),
        (HOME, "inside", 30, 60),
    ],
)
def test_a_delivery(session: Session, address, where, fee, missing) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    add_zone(session, name="Centre", postcodes=["5600*"], fee=30, minimum=300)
    quote = quote_order(session, Decimal(240), OrderTerms("delivery", address))
    assert (quote.zone.where, quote.terms.fee, quote.missing) == (where, fee, missing)


def test_where_there_is_a_choice_nothing_is_assumed(session: Session) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    assert quote_order(session, Decimal(1), OrderTerms()).terms.fulfilment is None


def test_what_is_known_from_last_time(session: Session) -> None:
    asha = somebody(session)
    assert terms_of_last_order(session, asha) == OrderTerms()
    settle(session, fulfilment=["pickup", "delivery"])
    cart = cart_of(session, fulfilment="delivery", address=HOME)
    place_order(session, asha, cart, "wamid.1")
    session.flush()
    assert terms_of_last_order(session, asha) == OrderTerms("delivery", HOME)
    assert terms_of_last_order(session, somebody(session, "919800000002")) == OrderTerms()
    settle(session, fulfilment=["pickup"])
    session.commit()
    assert terms_of_last_order(session, asha) == OrderTerms()
