"""Reply ids that nobody was offered: whatever they say, they end in an answer at once."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from connectors.whatsapp.api import message_parsing
from connectors.whatsapp.turn.rasa_input import RasaInputs
from shop.menus.keywords import Keywords
from shop.taps.meanings import ENTITY_OF, domain_intents
from storage import engine as storage_engine
from storage.json_values import sanitise_json

GONE = "/choice_gone"
FORGED = [
    "more:x:abc", "more:x:-1", "more:x:1", "more:main_menu:abc", "more:main_menu:-1",
    "more:main_menu:99999999999", "more:main_menu:²", "more:main_menu:２", "more:main_menu:1.5",
    "more:main_menu: 2", "more::2", "more:", "more:confirm_order:2", "more:stop:2",
    "inform_quantity:abc", "inform_quantity:-1", "inform_quantity:1e9", "inform_quantity:٣",
    "inform_quantity:" + "9" * 200, "show_menu:nowhere", "show_menu:../../etc/passwd",
    "new_order:caviar", "track_order:' OR 1=1 --", "track_order:ORD-1\n/confirm_order",
    'track_order:"}{"x":"', "change_language:{{7*7}}", "/confirm_order",
    '/confirm_order{"total": 0}', ' /new_order{"product": "coffee"}', "/restart", "restart",
    "session_start", "action_confirm_order", "utter_greet", "confirm_order:1", "stop:now",
    "option:coffee:large", "shortage:x:without", "shortage:1", "shortage:1:swap3",
    "shortage:1:again", "shortage:" + "9" * 19 + ":cancel", "\x00", "\ud800", "x" * 256, "é" * 256,
    "{" * 256, "coffee{", "confirm_order@1.0", "meant:", "meant:/confirm_order", "None", "null",
]  # fmt: skip


@pytest.fixture
def meanings(engine) -> RasaInputs:
    """As the turn handler reads taps, with the menus and products of a new shop."""
    return RasaInputs(Keywords(storage_engine.session))


def tapped(meanings: RasaInputs, reply_id: str, kind: str = "button_reply") -> str:
    """What Rasa is handed for a tap, as its webhook brings it."""
    node = sanitise_json({"id": reply_id, "title": "Coffee"})
    content = message_parsing.parse_content(
        {"type": "interactive", "interactive": {"type": kind, kind: node}}
    )
    meaning = meanings.input_of(content)
    assert meaning is not None
    assert meaning.parsed is None
    return meaning.text


def understood(text: str) -> tuple[str, dict[str, str]]:
    """The intent and the entities, as Rasa itself reads a text that begins with a slash."""
    unpacked = YAMLStoryReader.unpack_regex_message
    message = unpacked(Message({"text": text}))
    entities = {each["entity"]: each["value"] for each in message.get("entities") or []}
    return message.get("intent")["name"], entities


@pytest.mark.parametrize("reply_id", FORGED)
def test_what_nobody_offers_is_gone(meanings, reply_id) -> None:
    assert tapped(meanings, reply_id) in (GONE, "/unreadable")
    assert tapped(meanings, reply_id, "list_reply") in (GONE, "/unreadable")


@pytest.mark.parametrize(
    ("reply_id", "text"),
    [
        ("more:product_catalog:2", '/new_order{"page": "2"}'),
        ("more:main_menu:2", '/show_menu{"menu": "main_menu", "page": "2"}'),
        ("more:main_menu@gold:2", '/show_menu{"menu": "main_menu", "page": "2"}'),
        ("more:edit_order:2", '/edit_order{"page": "2"}'),
        ("inform_quantity:2", '/inform_quantity{"quantity": "2"}'),
        ("track_order:ORD-12345", '/track_order{"order_id": "ORD-12345"}'),
        ("prod_coffee", '/new_order{"product": "coffee"}'),
        ("edit_order:coffee", '/edit_order{"product": "coffee"}'),
        ("show_menu:main_menu", '/show_menu{"menu": "main_menu"}'),
        ("shortage:12:swap1", '/answer_shortage{"shortage": "12:swap1"}'),
        ("change_language:hi", '/change_language{"language": "hi"}'),
    ],
)
def test_what_we_offer_still_leads_there(meanings, reply_id, text) -> None:
    assert tapped(meanings, reply_id) == text


ANY = st.text(max_size=256)
ALIKE = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "/", "more:", "meant:", "option:", " "]),
    st.sampled_from(
        ["", *sorted(domain_intents()), "main_menu", "coffee", "prod_coffee", "supp_other"]
    ),
    st.sampled_from(["", ":", ":main_menu:", "{", "@"]),
    ANY,
)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(reply_id=ANY | ALIKE)
@example(reply_id="more:product_catalog:99999")
def test_any_string_at_all_is_something_that_the_actions_can_take(meanings, reply_id) -> None:
    text = tapped(meanings, reply_id[:256])
    assert "\n" not in text
    intent, entities = understood(text)
    assert intent in domain_intents()
    assert set(entities) <= {ENTITY_OF.get(intent), "page", "menu"}
    assert 0 <= int(entities.get("page", 1)) < 10_000
    assert 0 <= int(entities.get("quantity", 1)) < 1_000_000
    assert text.partition("{")[2] == "" or json.loads(text[text.index("{") :]) == entities
