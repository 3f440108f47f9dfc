"""Addresses that customers gave before."""

import pytest
from sqlalchemy.orm import Session

from shop.fulfilment.addresses import Address
from shop.fulfilment.saved_addresses import (
    MOST_KEPT,
    as_address,
    find_own_address,
    own_addresses,
    remember_address,
)
from storage.models import UserProfile
from tests.integration.customers import add_customer

HOME = Address("Flat 3, MG Road 560001", "560001")
WORK = Address("12 Church Street")


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return add_customer(session)


def test_the_address_used_last_comes_first(session: Session, asha: UserProfile) -> None:
    for address in (HOME, WORK, HOME):
        remember_address(session, asha, address)
    assert [row.text for row in own_addresses(session, asha)] == [HOME.text, WORK.text]
    assert own_addresses(session, None) == []


def test_the_same_words_are_the_same_address(session: Session, asha: UserProfile) -> None:
    remember_address(session, asha, HOME)
    remember_address(session, asha, Address("flat 3 MG Road,  560001", None, 12.5, 77.5))
    [kept] = own_addresses(session, asha)
    assert as_address(kept) == Address(HOME.text, "560001", 12.5, 77.5)


@pytest.mark.parametrize("key", ["", "x", "-1", "²", "9" * 30, "0", "1 OR 1=1"])
def test_a_forged_key_finds_nothing(session: Session, asha: UserProfile, key: str) -> None:
    remember_address(session, asha, HOME)
    assert find_own_address(session, asha, key) is None


def test_nobody_finds_anothers_address(session: Session, asha: UserProfile) -> None:
    kept = remember_address(session, asha, HOME)
    ravi = add_customer(session, "919800000002")
    assert find_own_address(session, asha, kept.id) == HOME
    assert find_own_address(session, asha, str(kept.id)) == HOME
    assert find_own_address(session, ravi, kept.id) is None
    assert find_own_address(session, None, kept.id) is None


def test_old_addresses_make_room(session: Session, asha: UserProfile) -> None:
    for number in range(MOST_KEPT + 3):
        remember_address(session, asha, Address(f"House {number}"))
    rows = own_addresses(session, asha, 1000)
    assert len(rows) == MOST_KEPT
    assert rows[0].text == f"House {MOST_KEPT + 2}"
