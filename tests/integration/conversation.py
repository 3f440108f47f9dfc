"""A conversation without Rasa: actions run on what was typed, with a real database."""

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.new_order import NewOrder
from actions.turn import ShopAction
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.message_reading import read_message
from nlu.said.said import find_signs
from shop.carts.lines import lines_of_items
from shop.language import signs
from tests.integration.customers import store_customer


class Conversation:
    """A customer's slots from turn to turn, and the responses that the last turn said."""

    def __init__(self, customer: str = "919800000001", catalogue: Catalogue | None = None) -> None:
        self.customer = customer
        self.catalogue = catalogue or seed_catalogue()
        self.turns = 0
        self.slots: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        # What the customer said and which slots were set, as Rasa's tracker has it.
        self.said: dict[str, dict[str, Any]] = {}
        # What was said in words of the shop's own.
        self.texts: list[str] = []

    def types(self, text: str, *done_by: ShopAction, intent: str = "", sure: float = 1.0) -> None:
        """The customer types this, it is taken for `intent`, and these actions run."""
        self.turns += 1
        self.said, self.texts = {}, []
        entities = read_message(text, self.catalogue).entities
        said = find_signs(text, entities, self.catalogue.titles)
        latest = {
            "text": text,
            "intent": {"name": intent, "confidence": sure},
            "intent_ranking": [{"name": intent, "confidence": sure}] if intent else [],
            "entities": entities,
            signs.KEY: [sign.as_json() for sign in said],
            "metadata": {"type": "text"},
            "message_id": f"wamid.{self.customer}.{self.turns}",
        }
        for action in done_by:
            self._run(action, latest)

    def taps(
        self,
        intent: str,
        entities: dict[str, str],
        *done_by: ShopAction,
        tapped: dict[str, Any] | None = None,
    ) -> None:
        """The customer taps what says this; `tapped`: the conversation in which it was offered."""
        self.turns += 1
        self.said = {}
        latest = {
            "text": f"/{intent}",
            "intent": {"name": intent, "confidence": 1.0},
            "entities": [
                {"entity": name, "value": value, "start": 0, "end": 0}
                for name, value in entities.items()
            ],
            "metadata": {"type": "interactive", "tapped": tapped},
            "message_id": f"wamid.{self.customer}.{self.turns}",
        }
        for action in done_by:
            self._run(action, latest)

    def sends_place(self, place: dict[str, Any], *done_by: ShopAction) -> None:
        """The customer sends a place on the map."""
        entity = {"entity": "place", "value": place, "start": 0, "end": 0}
        latest = {
            "text": "",
            "intent": {"name": "share_location", "confidence": 1.0},
            "entities": [entity],
            "metadata": {"type": "location"},
            "message_id": f"wamid.{self.customer}.place",
        }
        self.said = {}
        for action in done_by:
            self._run(action, latest)

    def hears(self, message_id: str, text: str) -> None:
        """A message is heard that no action of the test answers."""
        heard = {"event": "user", "text": text, "parse_data": {}, "message_id": message_id}
        self.heard.append({**heard, "timestamp": 1.0 + self.turns})

    def _run(self, action: ShopAction, latest: dict[str, Any]) -> None:
        heard = [event for event in self.heard if event["event"] == "user"]
        if not heard or heard[-1]["parse_data"] is not latest:
            self.heard.append(
                {
                    "event": "user",
                    "text": latest["text"],
                    "parse_data": latest,
                    "message_id": latest["message_id"],
                    "timestamp": 1.0 + self.turns,
                }
            )
        events = [{"event": "session_started", "timestamp": 1.0}, *self.heard]
        tracker = Tracker(self.customer, self.slots, latest, events, False, None, {}, None)
        dispatcher = CollectingDispatcher()
        done = asyncio.run(action.run(dispatcher, tracker, {}))
        if any(each["event"] == "session_started" for each in done):
            self.slots = {}
        set_now = {each["name"]: each["value"] for each in done if each["event"] == "slot"}
        self.slots = {**self.slots, **set_now}
        at = 1.0 + self.turns
        self.heard += [
            {"event": "bot", "timestamp": at, "metadata": {"utter_action": each["response"]}}
            for each in dispatcher.messages
            if each["response"]
        ]
        kept = [each for each in done if each["event"] in ("session_started", "slot")]
        # A session goes by the name that it began with.
        self.heard += [
            {**each, "timestamp": 1.0 if each["event"] == "session_started" else at}
            for each in kept
        ]
        self.texts += [each["text"] for each in dispatcher.messages if each["text"]]
        self.said |= {each["response"]: each for each in dispatcher.messages if each["response"]}

    @property
    def lines(self) -> dict[str, int | None]:
        """The quantity by product, and by its note where one stands on the line."""
        return {
            f"{line.product} {line.note}".strip(): line.quantity
            for line in lines_of_items(self.slots.get("cart"))
        }

    def words(self, response: str) -> str:
        values = self.said[response]
        return str(values.get("lines") or values.get("things") or values.get("product"))


def open_two_coffees(session: Session) -> Conversation:
    """A new customer's conversation, in which two coffees wait to be confirmed."""
    talk = Conversation(str(store_customer(session, "919800000007").id))
    talk.types("2 coffees", NewOrder(), intent="new_order")
    return talk
