"""Our components in Rasa's graph: trained on a few lines, asked through Rasa's own agent."""

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import tensorflow as tf  # type: ignore[import-untyped, unused-ignore]
import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.model_training import train_nlu

import settings
from connectors.whatsapp.api.contents import CatalogueOrder, OrderedItem
from connectors.whatsapp.turn.handler import parse_words
from connectors.whatsapp.turn.rasa_input import catalogue_order
from nlu.catalogue.live_catalogue import keep_to_seeds
from nlu.sentence.sentence_model import sentence_model
from shop.language.signs import KEY, Signs
from tests.cpu import cpu_seconds, over_bound
from tests.unit.nlu.long_texts import LONG_TEXTS, LONGEST

# A model so small has no domain.
pytestmark = pytest.mark.filterwarnings("ignore:.* domain:UserWarning:rasa")
EXAMPLES = {
    "greet": ["hi", "hello", "good morning", "hey there", "namaste", "how are you"],
    "track_order": ["where is my order", "track my order", "order status", "mera order kahan hai"],
    "new_order": ["i want coffee", "two teas please", "order food", "3 samosas", "chai chahiye"],
    "faq_price": ["how much is a coffee", "price of tea", "what does it cost", "kitne ka hai"],
    "out_of_scope": ["who won the match", "tell me a joke", "weather today", "bitcoin price"],
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    directory = tmp_path_factory.mktemp("model")
    data = {
        "version": "3.1",
        "nlu": [
            {"intent": intent, "examples": "".join(f"- {line}\n" for line in lines)}
            for intent, lines in EXAMPLES.items()
        ],
    }
    (directory / "nlu.yml").write_text(yaml.safe_dump(data, allow_unicode=True))
    keep_to_seeds()
    model = train_nlu(
        config=str(settings.ROOT / "config.yml"),
        nlu_data=str(directory / "nlu.yml"),
        output=str(directory),
    )
    return str(Path(model))


@pytest.fixture(scope="module")
def agent(model: str) -> Agent:
    return Agent.load(model)


def parse(agent: Agent, text: str) -> dict[str, Any]:
    return asyncio.run(agent.parse_message(text))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hello", "greet"),
        ("where is my order?", "track_order"),
        ("2", "inform_quantity"),
        ("ORD-48213", "track_order"),
        ("coffee", "new_order"),
        ("bhaiya 2 samsoa bhejo", "new_order"),
        ("how much is a coffee", "faq_price"),
    ],
)
def test_intents(agent: Agent, text: str, intent: str) -> None:
    parsed = parse(agent, text)
    assert parsed["intent"]["name"] == intent
    assert parsed["understanding"]["band"] == "act"


def test_entities_come_with_the_intent(agent: Agent) -> None:
    parsed = parse(agent, "2 coffees and a samosa")
    found = [(e["entity"], e["value"], e["group"]) for e in parsed["entities"]]
    assert found == [
        ("quantity", 2, "1"),
        ("product", "coffee", "1"),
        ("quantity", 1, "2"),
        ("product", "samosa", "2"),
    ]


def test_what_else_the_words_say_comes_beside_the_entities(agent: Agent) -> None:
    signs = Signs.of_message(parse(agent, "no coffee, 2 teas instead"))
    assert signs.before("refused_before", len("no "))
    assert signs.has("instead")
    assert not Signs.of_message(parse(agent, "/confirm_order")).found


def test_a_cart_of_whatsapps_says_its_note_as_well(agent: Agent) -> None:
    sent = CatalogueOrder(None, "no sugar please", (OrderedItem("coffee", 2, 120, "INR"),))
    meant = catalogue_order(sent)
    message = UserMessage(text=meant.text, parse_data=meant.parsed)
    assert agent.processor is not None
    parsed = asyncio.run(parse_words(agent.processor, message))
    assert {name: each for name, each in parsed.items() if name != KEY} == meant.parsed
    [note] = Signs.of_message(parsed).named("note")
    assert meant.text[note.start : note.end] == "no sugar"


def test_what_is_not_ours_is_not_acted_on(agent: Agent) -> None:
    parsed = parse(agent, "who won the football match")
    assert parsed["intent"]["name"] in {"nlu_fallback", "out_of_scope"}
    assert parsed["understanding"]["band"] != "act"


def test_the_model_builds_no_graph_of_tensorflow(agent: Agent) -> None:
    """Rasa imports TensorFlow whatever one does; building with it is what takes seconds."""
    assert agent.is_ready()
    built = [each for each in gc.get_objects() if isinstance(each, tf.Graph | tf.Variable)]
    assert built == []


def test_repeated_sentences_come_from_a_cache(agent: Agent) -> None:
    remembered = sentence_model(None).vector
    first = parse(agent, "is anybody there at this hour")
    hits = remembered.cache_info().hits
    again = parse(agent, "is anybody there at this hour")
    assert remembered.cache_info().hits == hits + 1
    assert without_id(first) == without_id(again)


def test_what_is_kept_of_a_message_is_nobody_elses(agent: Agent) -> None:
    parse(agent, "3 coffees and a tea for us")["entities"].clear()
    parsed = parse(agent, "3 coffees and a tea for us")
    parsed["entities"][0]["value"] = parsed["intent"]["name"] = "spoilt"
    parsed["intent_ranking"].clear()
    parsed["understanding"].clear()
    parsed["said"][0]["name"] = "spoilt"
    again = parse(agent, "3 coffees and a tea for us")
    assert "spoilt" not in str(again)
    assert again["intent_ranking"]
    assert again["understanding"]["band"]


def test_four_threads_read_what_one_does(model: str) -> None:
    """Each agent starts with empty memories; the vectors of sentences are forgotten between."""
    counts = ("2", "three", "do", "a dozen", "५")
    things = ("coffees", "samsoa", "चाय", "juice and 2 teas", "☕☕", "sandwich nahi chahiye")
    texts = [f"{count} {thing} {at}pm" for count in counts for thing in things for at in (1, 2)]
    shared, alone = Agent.load(model), Agent.load(model)
    sentence_model(None).vector.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: without_id(parse(shared, text)), texts))
    sentence_model(None).vector.cache_clear()
    assert together == [without_id(parse(alone, text)) for text in texts]


def test_a_long_message_holds_nobody_up(agent: Agent) -> None:
    """No letter of the longest messages costs more CPU time than one of a short message."""

    def costs(text: str) -> float:
        return cpu_seconds(lambda: parse(agent, text))

    parse(agent, "is this the first message")
    shorts = (f"where are {word} coffees" for word in ("both", "my", "those", "all", "her"))
    bound = min(map(costs, shorts)) * LONGEST / len("where are my coffees")
    assert over_bound(costs, LONG_TEXTS, bound) == {}


def without_id(parsed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parsed.items() if name != "message_id"}


@pytest.mark.parametrize("text", ["", " ", "\n", "👍", "?" * 3000])
def test_nothing_breaks_it(agent: Agent, text: str) -> None:
    parse(agent, text)
