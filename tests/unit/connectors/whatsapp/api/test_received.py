"""What a message says is parsed once, stored, and read as it was."""

import json

import pytest

from connectors.whatsapp.api.contents import Text
from connectors.whatsapp.api.received import (
    PARSED,
    Received,
    add_parsed,
    parse_received,
    read_received,
)
from tests.unit.connectors.whatsapp.shapes import MESSAGES, message

EDITED = message(
    "edit",
    {
        "original_message_id": "wamid.A==",
        "message": {"type": "interactive", "interactive": {
            "type": "list_reply", "list_reply": {"id": "coffee", "title": "Coffee"}}},
    },
)  # fmt: skip
SHAPES = {name: shape for name, (shape, _summary) in MESSAGES.items()} | {"edited tap": EDITED}
ABOUT_COFFEE = {"referred_product": {"catalog_id": "1", "product_retailer_id": "coffee"}}


def stored(shape):
    """The payload as it comes back from the tray."""
    return json.loads(json.dumps(add_parsed(shape, parse_received(shape))))


@pytest.mark.parametrize("name", SHAPES)
def test_what_was_parsed_is_read_without_what_meta_sent(name):
    shape = SHAPES[name]
    only_parsed = {PARSED: stored(shape)[PARSED]}
    assert read_received(only_parsed) == parse_received(shape)


@pytest.mark.parametrize("name", SHAPES)
def test_what_meta_sent_stays_beside_it(name):
    payload = stored(SHAPES[name])
    del payload[PARSED]
    assert payload == json.loads(json.dumps(SHAPES[name]))


def test_what_stands_beside_the_content_is_parsed_too():
    shape = message(
        group_id="group-1",
        context=ABOUT_COFFEE,
        referral={"source_type": "post", "headline": " Chai \n for two ", "source_id": "7"},
    )
    expected = Received(Text("Hi"), "group-1", "post: Chai for two", "coffee")
    assert parse_received(shape) == expected == read_received(stored(shape))


@pytest.mark.parametrize(
    ("referral", "tag"),
    [
        ({"source_id": "7"}, "ad: 7"),
        ({"ctwa_clid": "x"}, "ad"),
        ({"body": "y" * 100}, f"ad: {'y' * 76}"),
        ({}, None),
    ],
)
def test_the_tag_of_an_ad(referral, tag):
    assert parse_received(message(referral=referral)).referral == tag


@pytest.mark.parametrize(
    "parsed",
    [
        {},
        {"content": {"type": "Poll", "question": "Tea?"}},
        {"content": {"type": "Text", "body": "Hi", "language": "en"}},
        {"content": {"type": "Text"}},
        {"content": {"type": "Text", "body": "Hi"}, "mood": "good"},
        "Hi",
    ],
)
def test_what_another_release_stored_otherwise_is_parsed_again(parsed):
    assert read_received({**message(), PARSED: parsed}) == Received(Text("Hi"))


def test_what_the_release_of_before_stored_is_parsed_now():
    assert read_received(message()) == Received(Text("Hi"))
