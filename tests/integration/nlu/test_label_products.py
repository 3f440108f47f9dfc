"""Products that were misread are listed with their words and a remedy."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.label_products import find_misread, write_misread
from nlu.message_reading import read_message
from storage.models import UserProfile
from tests.integration.customers import add_customer


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return add_customer(session)


def hears(session: Session, customer: UserProfile, words: str, intent: str = "new_order") -> None:
    """A message as Rasa keeps it."""
    entities: list[dict[str, Any]] = read_message(words, seed_catalogue()).entities
    parsed = {"intent": {"name": intent}, "entities": entities}
    event = {"event": "user", "text": words, "parse_data": parsed}
    session.execute(
        text("INSERT INTO events (sender_id, type_name, data) VALUES (:who, 'user', :data)"),
        {"who": str(customer.id), "data": json.dumps(event)},
    )


def test_what_is_not_sold_is_listed_with_how_often(session: Session, asha: UserProfile) -> None:
    for _ in range(2):
        hears(session, asha, "2 burgers and a coffee")
    [burgers] = find_misread(session)
    assert (burgers.words, burgers.times) == ("burgers", 2)
    assert burgers.examples == [("2 burgers and a coffee", "coffee × 1")]
    assert burgers.remedy == "nothing, or a product if you sell it"


def test_another_kind_is_an_option_or_a_product(session: Session, asha: UserProfile) -> None:
    hears(session, asha, "2 green tea")
    [kind] = find_misread(session)
    assert kind.reason == "another kind of a product"
    assert kind.remedy == "an option of Tea, or a product of its own"


def test_an_order_that_was_corrected_at_once(session: Session, asha: UserProfile) -> None:
    hears(session, asha, "2 coffees")
    hears(session, asha, "no i meant tea", "deny")
    [corrected] = find_misread(session)
    assert corrected.reason == "corrected by the customer at once"
    assert corrected.examples == [("2 coffees", "coffee × 2")]


def test_a_tap_and_what_was_read_well_are_not_listed(session: Session, asha: UserProfile) -> None:
    hears(session, asha, "2 coffees")
    hears(session, asha, "/edit_order", "edit_order")
    assert find_misread(session) == []


def test_nothing_of_who_does_not_want_to_be_written_to(session: Session, asha: UserProfile) -> None:
    hears(session, asha, "2 burgers and a coffee")
    asha.subscription = "unsubscribed"
    session.flush()
    assert find_misread(session) == []


def test_the_file_says_words_lines_and_remedy(
    session: Session, asha: UserProfile, tmp_path: Path
) -> None:
    hears(session, asha, "2 burgers and a coffee, call 9876543210")
    listed = write_misread(find_misread(session), tmp_path).read_text()
    assert '1 × "burgers": nothing that is sold' in listed
    assert "read as coffee × 1" in listed
    assert "would mend it:" in listed
    assert "9876543210" not in listed
