"""Actions run in Rasa's process, as an action server would run them."""

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pickle import dumps

import pytest
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.callback import CallbackNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk import events as told
from rasa_sdk.interfaces import ActionExecutionRejection as Rejection

from connectors import action_endpoints, processor
from connectors.action_endpoints import (
    ActionsNotLoaded,
    InProcessActions,
    RemoteActions,
    action_endpoint,
    load_actions,
)

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nslots:\n  cart: {type: any, mappings: [{type: custom}]}\n"
    "actions: [action_try_out, action_that_refuses, action_that_breaks, action_that_changes]\n"
)
processor.install_processor()


class TryOut(Action):
    def name(self) -> str:
        return "action_try_out"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=f"{tracker.sender_id} has {tracker.get_slot('cart')}")
        return [told.SlotSet("cart", {"items": list(domain["slots"])})]


class ThatRefuses(Action):
    def name(self) -> str:
        return "action_that_refuses"

    async def run(self, dispatcher, tracker, domain):
        raise Rejection(self.name(), "not now")


class ThatBreaks(Action):
    def name(self) -> str:
        return "action_that_breaks"

    async def run(self, dispatcher, tracker, domain):
        raise ConnectionError("somewhere else")


class ThatChanges(Action):
    """Changes what it was given, which is not its own."""

    def name(self) -> str:
        return "action_that_changes"

    async def run(self, dispatcher, tracker, domain):
        tracker.get_slot("cart")["items"].append("forged")
        tracker.events.clear()
        return []


@pytest.fixture
def here() -> InProcessActions:
    configured = EndpointConfig.from_dict({"actions_module": "actions"})
    endpoint = action_endpoint(configured, DOMAIN)
    # The classes of this file are loaded by now, too.
    endpoint._executor._register_all_actions()
    return endpoint


def run(name: str, endpoint: EndpointConfig | None, cart=None):
    tracker = DialogueStateTracker("somebody", DOMAIN.slots)
    tracker.update(SlotSet("cart", cart))
    nlg = CallbackNaturalLanguageGenerator(EndpointConfig())
    action = RemoteAction(name, endpoint)
    return tracker, asyncio.run(action.run(CollectingOutputChannel(), nlg, tracker, DOMAIN))


def test_an_action_says_and_does_what_it_does_on_a_server(here) -> None:
    _, [said, done] = run("action_try_out", here, {"items": [1]})
    assert said.text == "somebody has {'items': [1]}"
    assert done == SlotSet("cart", {"items": list(DOMAIN.as_dict()["slots"])})


def test_a_rejection_reaches_rasa_as_one(here) -> None:
    with pytest.raises(ActionExecutionRejection, match="not now"):
        run("action_that_refuses", here)


def test_outside_a_turn_an_error_is_what_rasa_expects_of_a_server(here) -> None:
    with pytest.raises(RasaException, match="action_that_breaks"):
        run("action_that_breaks", here)


def test_an_action_that_nobody_wrote_is_an_error(here) -> None:
    with pytest.raises(RasaException, match="action_unknown"):
        run("action_unknown", here)


def test_what_an_action_gets_is_its_own(here) -> None:
    cart = {"items": ["coffee"]}
    tracker, _ = run("action_that_changes", here, cart)
    assert tracker.get_slot("cart") == {"items": ["coffee"]}
    assert len(tracker.events) == 1


def test_the_domain_is_not_copied_for_each_action(here, monkeypatch) -> None:
    # That would be a third of a turn's CPU time.
    copied = []
    monkeypatch.setattr(
        action_endpoints.pickle, "dumps", lambda call, _: copied.append(call) or dumps(call)
    )
    run("validate_quantity_form", here)
    assert [set(call) for call in copied] == [{"next_action", "sender_id", "tracker", "version"}]


def test_every_action_of_the_shop_is_loaded(here) -> None:
    assert "action_confirm_order" in here._executor.actions
    assert "validate_quantity_form" in here._executor.actions


def test_a_module_that_cannot_be_imported_is_said() -> None:
    with pytest.raises(ActionsNotLoaded):
        load_actions("actions_that_are_nowhere")


class Server(BaseHTTPRequestHandler):
    """An action server of somebody's own."""

    answer: object = {}

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(self.answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[EndpointConfig]:
    with HTTPServer(("127.0.0.1", 0), Server) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield EndpointConfig(f"http://127.0.0.1:{listening.server_port}/webhook")
        listening.shutdown()


def test_a_url_still_names_an_action_server(server) -> None:
    Server.answer = {"events": [{"event": "slot", "name": "cart", "value": 2}], "responses": []}
    endpoint = action_endpoint(server, DOMAIN)
    assert isinstance(endpoint, RemoteActions)
    _, events = run("action_elsewhere", endpoint)
    assert events == [SlotSet("cart", 2)]


def test_the_answer_of_an_action_server_is_checked(server) -> None:
    Server.answer = {"events": [{"no": "event"}], "responses": "words"}
    with pytest.raises(Exception, match=r"is not of type 'array'|'event' is a required"):
        run("action_elsewhere", action_endpoint(server, DOMAIN))
