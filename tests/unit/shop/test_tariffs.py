"""Tariffs hold from a day on; what none has is not guessed."""

from datetime import date
from decimal import Decimal

from shop.tariffs import price_message, read_tariffs


def test_a_price_holds_from_its_day_on():
    assert price_message("marketing", date(2025, 12, 31)) == Decimal("0.7846")
    assert price_message("marketing", date(2026, 1, 1)) == Decimal("0.8631")
    assert price_message("marketing", date(2030, 1, 1)) == Decimal("0.8631")
    assert price_message("marketing", date(2025, 6, 30)) is None
    # Answers were free until then.
    assert price_message("service", date(2026, 9, 30)) is None
    assert price_message("service", date(2026, 10, 1)) == Decimal("0.115")
    assert price_message("nothing", date(2026, 1, 1)) is None


def test_every_tariff_has_a_day_of_its_own_and_prices():
    days = [tariff.since for tariff in read_tariffs()]
    assert days == sorted(set(days))
    assert all(price > 0 for tariff in read_tariffs() for price in tariff.rupees.values())
