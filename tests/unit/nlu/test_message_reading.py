"""What a message consists of, and where its entities stand."""

import pytest
from hypothesis import example, given, settings, strategies

from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.message_reading import Reading, read_message
from nlu.order.order_entities import EXTRACTOR
from nlu.words.normalise_chat import normalise_text, translate_hindi


def reading(text: str) -> Reading:
    return read_message(text, seed_catalogue())


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("2", 2),
        ("2 please", 2),
        ("just two", 2),
        ("teen", 3),
        ("do", 2),
        ("दो", 2),
        ("bas ek", 1),
        ("2 de do", 2),
        ("0", 0),
        ("-2", -2),
        ("a million", 1_000_000),
        ("half", None),
        ("2.5", None),
    ],
)
def test_only_a_number(text: str, quantity: int | None) -> None:
    found = reading(text)
    assert found.alone == "number"
    assert [entity["value"] for entity in found.entities] == (
        [] if quantity is None else [quantity]
    )
    assert all("group" not in entity for entity in found.entities)


@pytest.mark.parametrize("text", ["do it", "please do", "kar do", "i do", "10 min", "24/7"])
def test_more_than_a_number(text: str) -> None:
    assert reading(text).alone is None


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("ORD-48213", "order_id"),
        ("my order id is 48213", "order_id"),
        ("mera order #48213 kahan hai", "order_id"),
        ("cancel ORD-48213", None),
        ("coffee", "product"),
        ("coffee please", "product"),
        ("mujhe samosa chahiye", "product"),
        ("is the coffee fresh", None),
        ("2 coffees and a samosa", "product"),
        ("0 coffees", "product"),
        ("make it 2 coffees", None),
    ],
)
def test_only_an_order_number_or_product(text: str, alone: str | None) -> None:
    assert reading(text).alone == alone


def test_entities_are_as_rasa_writes_them() -> None:
    text = "Send 2 कॉफ़ी to ORD-48213"
    quantity, product, order_id = reading(text).entities
    assert quantity == {
        "entity": "quantity",
        "start": 5,
        "end": 6,
        "value": 2,
        "confidence_entity": 1.0,
        "extractor": EXTRACTOR,
        "group": "1",
    }
    assert (product["entity"], product["value"], product["group"]) == ("product", "coffee", "1")
    assert text[product["start"] : product["end"]] == "कॉफ़ी"
    assert (order_id["value"], "group" in order_id) == ("ORD-48213", False)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("make it 3 instead of 2", 3), ("change 2 to 3", 3), ("not 2, 3", 3), ("i'll have 4", 4)],
)
def test_a_number_without_a_product(text: str, quantity: int) -> None:
    (entity,) = reading(text).entities
    assert (entity["entity"], entity["value"]) == ("quantity", quantity)


def test_blanks_and_lines_do_not_matter_to_names_nor_to_places() -> None:
    text = "  2   cold \t coffees\n\n1 tea"
    entities = reading(text).entities
    assert [text[entity["start"] : entity["end"]] for entity in entities] == [
        "2", "cold \t coffees", "1", "tea",
    ]  # fmt: skip


def test_the_classifier_reads_products_as_they_are_spelled() -> None:
    assert reading("2 samsoa, order no 48213").legible == "2 samosa, order no ORD-12345"


@given(strategies.text(alphabet=strategies.characters(exclude_categories=["Cs"])))
@example("\u0966\u0902 2\ufe0f\u20e3 \u200d \u00bd")
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_mended(text: str) -> None:
    found = reading(text)
    translate_hindi(normalise_text(found.legible))
    for entity in found.entities:
        assert 0 <= entity["start"] < entity["end"] <= len(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "?", "👍🏽", "\ue000", "a" * 4096, "a " * 2000, "2 coffee " * 450]
)
def test_nothing_breaks_it(text: str) -> None:
    reading(text)
