"""A recorded conversation becomes stories that Rasa reads."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

from emulator.bench.rules import followed_rules
from emulator.bench.stories import marked, payload, write_stories
from emulator.chat import Message
from settings import ROOT
from tests.journeys.stories import read_story

COFFEES = [
    {"entity": "quantity", "value": "2", "start": 0, "end": 1, "group": "1"},
    {"entity": "product", "value": "coffee", "start": 2, "end": 9, "group": "1"},
]


def turn(text: str, intent: str, steps: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": 1.0}]
    return {
        "text": text,
        "intent": ranking[0],
        "ranking": ranking,
        "entities": [],
        "steps": steps,
    } | more


def typed(text: str) -> Message:
    return Message("wamid.1", "customer", "text", {"body": text})


def bubble(text: str) -> Message:
    return Message("wamid.2", "shop", "text", {"body": text})


ORDERED = turn(
    "2 coffees",
    "new_order",
    [
        {"action": "action_new_order"},
        {"slot": "cart", "value": {}},
        {"slot": "step", "value": "confirmation"},
    ],
    entities=COFFEES,
)
CONFIRMED = turn(
    "/confirm_order", "confirm_order", [{"action": "action_confirm_order"}, {"session": "new"}]
)
GREETED = turn(
    "hi there", "greet", [{"action": "action_show_menu"}, {"slot": "step", "value": "menu_shown"}]
)
TAP = Message(
    "wamid.3",
    "customer",
    "interactive",
    {"button_reply": {"id": "confirm_order", "title": "Confirm"}},
)


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


def recorded() -> str:
    return write_stories(
        "two coffees",
        [
            (typed("2 coffees"), ORDERED, [bubble("📋 Order Summary:\nCoffee × 2 = ₹240")]),
            (TAP, CONFIRMED, [bubble("✅ Order Confirmed!\n\nOrder ID: ORD-1")]),
            (typed("hi there"), GREETED, [bubble("Welcome!")]),
        ],
    )


def test_each_session_is_a_story() -> None:
    first, second = yaml.safe_load(recorded())["stories"]
    assert (first["story"], second["story"]) == ("two coffees, part 1", "two coffees, part 2")
    assert first["steps"] == [
        {
            "user": '[2]{"entity": "quantity", "value": "2", "group": "1"} '
            '[coffees]{"entity": "product", "value": "coffee", "group": "1"}\n',
            "intent": "new_order",
        },
        {"action": "action_new_order"},
        {"slot_was_set": [{"step": "confirmation"}]},
        {"user": "/confirm_order\n", "intent": "confirm_order"},
        {"action": "action_confirm_order"},
    ]
    assert first["metadata"]["turns"] == [
        {"says": ["📋 Order Summary:", "Coffee × 2 = ₹240"]},
        {"says": "✅ Order Confirmed!"},
    ]


def test_rasa_reads_what_was_recorded(tmp_path: Path, domain: Domain) -> None:
    file = tmp_path / "test_recorded.yml"
    file.write_text(recorded())
    steps = YAMLStoryReader(domain).read_from_file(str(file))
    assert len(steps) == 2
    assert YAMLStoryReader.is_test_stories_file(str(file))


def test_make_test_stories_reads_it_as_well() -> None:
    story = read_story("test_recorded", yaml.safe_load(recorded())["stories"][0])
    assert [each.does for each in story.turns] == [{"text": "2 coffees"}, {"tap": "confirm_order"}]
    assert [each.says for each in story.turns] == [
        ["📋 Order Summary:", "Coffee × 2 = ₹240"],
        ["✅ Order Confirmed!"],
    ]


def test_typed_words_that_stand_for_a_tap_are_kept() -> None:
    menu = turn('/show_menu{"menu": "main_menu"}', "show_menu", [{"action": "action_show_menu"}])
    [story] = yaml.safe_load(write_stories("menu", [(typed("menu"), menu, [])]))["stories"]
    assert story["steps"][0]["user"] == '/show_menu{"menu": "main_menu"}\n'
    assert story["metadata"]["turns"] == [{"silent": True, "does": {"text": "menu"}}]


def test_an_intent_that_was_decided_later_is_told_as_a_payload() -> None:
    person = turn("hello?", "for_a_person", [{"action": "action_leave_to_person"}])
    person["ranking"] = [{"name": "greet", "confidence": 0.9}]
    [story] = yaml.safe_load(write_stories("left", [(typed("hello?"), person, [])]))["stories"]
    assert story["steps"][0] == {"user": "/for_a_person\n", "intent": "for_a_person"}
    assert story["metadata"]["turns"][0]["does"] == {"text": "hello?"}


def test_of_two_entities_at_one_place_one_is_marked() -> None:
    option = {"entity": "option", "value": "4", "start": 2, "end": 9}
    assert marked("2 coffees", [*COFFEES, option]).count("[") == 2
    assert payload("new_order", [{"entity": "place", "value": {"latitude": 1}}]) == "/new_order"


def test_the_rule_of_a_turn_is_named() -> None:
    steps = [("intent", "greet"), ("action", "action_show_menu"), ("slot", ("step", "menu_shown"))]
    assert followed_rules(steps) == ["a greeting is answered with the main menu"]
    assert followed_rules([("intent", "nobody")]) == []
