"""The argument of an action: the customer, the message, and a database Session."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions import old_taps, tracker_reading
from settings import crash_points
from shop.carts.lines import RequestedLine
from shop.customers.profile import find_customer
from shop.language.responses import format_response
from shop.language.signs import SignName, Signs
from shop.menus import last_good_version, reply_ids, shown
from shop.menus.catalogue_pages import render_catalogue
from shop.steps import steps
from shop.steps.step import Step
from shop.taps import menu_names
from storage import engine, unit_of_work
from storage.models import UserProfile

Events = list[EventType]
Result = TypeVar("Result")


@dataclass
class Turn:
    """The message, its customer and the means to reply; made anew for every action."""

    session: Session
    dispatcher: CollectingDispatcher
    tracker: Tracker

    @property
    def customer(self) -> UserProfile | None:
        return find_customer(self.session, self.tracker.sender_id)

    @property
    def cause(self) -> str:
        """The id of the message that caused this turn: the key of whatever the turn writes."""
        return str(self.tracker.latest_message.get("message_id"))

    @property
    def previous_message(self) -> str | None:
        """The id of the customer's message before this one, in this conversation."""
        heard = [event for event in self.tracker.events if event["event"] == "user"]
        return str(heard[-2].get("message_id")) if len(heard) > 1 else None

    @property
    def text(self) -> str:
        return self.tracker.latest_message.get("text") or ""

    @property
    def intent(self) -> str | None:
        return self.tracker.get_intent_of_latest_message()

    @property
    def step(self) -> Step:
        return steps.find_step(self.slot("step"))

    @property
    def is_tap(self) -> bool:
        """Whether it was tapped, not typed: typed text never begins with a slash here."""
        return self.text.startswith("/")

    @property
    def typed(self) -> str:
        """The customer's own words; empty after a tap."""
        return "" if self.is_tap else self.text

    @cached_property
    def signs(self) -> Signs:
        """Phrases found beside products and numbers ("more"); `says(name)` tests for one."""
        return tracker_reading.signs_of(self.tracker)

    def says(self, name: SignName) -> bool:
        return self.signs.has(name)

    @property
    def kind(self) -> str | None:
        """WhatsApp's type of the message: text, order, image, ..."""
        return (self.tracker.latest_message.get("metadata") or {}).get("type")

    @property
    def on_whatsapp(self) -> bool:
        return self.tracker.get_latest_input_channel() == "whatsapp"

    @property
    def session_id(self) -> str:
        """The conversation's name: when it started."""
        return tracker_reading.session_id(self.tracker)

    @property
    def tapped(self) -> dict[str, Any] | None:
        """Data of the conversation that the tapped message belongs to; None if unknown."""
        return tracker_reading.tapped_conversation(self.tracker)

    @property
    def is_old_tap(self) -> bool:
        """Whether the tap is of another conversation, or of an earlier version of the cart."""
        return old_taps.is_old_tap(self.tracker)

    @property
    def named(self) -> dict[str, Any]:
        """Data of the conversation that the tapped or quoted message belongs to; {} if unknown."""
        return self.tapped or tracker_reading.quoted_conversation(self.tracker) or {}

    @property
    def is_of_before(self) -> bool:
        """Whether the tapped or quoted message is of another conversation or version."""
        return self.is_old_tap or old_taps.is_old_quote(self.tracker)

    @property
    def is_late(self) -> bool:
        """Whether the message reached us so late that it may place no order."""
        return tracker_reading.arrived_late(self.tracker)

    @property
    def is_aside(self) -> bool:
        """Whether something else is offered now, while the open question waits (fallback.py)."""
        missed = self.slot("misunderstood") or {}
        return missed.get("message") == self.cause and bool(missed["aside"])

    @property
    def cart(self) -> dict[str, Any]:
        return self.slot("cart") or {}

    @property
    def language(self) -> str | None:
        """The customer's language; None means English."""
        return self.slot("language")

    def slot(self, name: str) -> Any:
        return self.tracker.get_slot(name)

    def entity(self, name: str) -> Any:
        """The first value of this entity in the message."""
        return next(self.tracker.get_latest_entity_values(name), None)

    def entities(self, name: str) -> list[Any]:
        """Every value of this entity in the message."""
        return list(self.tracker.get_latest_entity_values(name))

    def requested_lines(self) -> list[RequestedLine]:
        """Products and their quantities; lines of one order share a group."""
        entities = self.tracker.latest_message.get("entities", [])
        products = [one for one in entities if one["entity"] == "product"]
        amounts = [one for one in entities if one["entity"] == "quantity"]
        by_group = {one.get("group"): int(one["value"]) for one in amounts}
        return [RequestedLine(one["value"], by_group.get(one.get("group"))) for one in products]

    def say(self, response: str, **values: Any) -> None:
        """Says a response of data/responses with its values filled in."""
        self.dispatcher.utter_message(response=response, **values)

    def ask(self, step: Step) -> None:
        """Asks a step's question by its menu, else by its response."""
        question = step.question
        if question.menu is None or not self.show_menu(question.menu):
            self.say(question.response)

    def word(self, name: str, **values: str) -> str:
        """A word of data/responses/words.yml in the customer's language."""
        return format_response(f"utter_word_{name}", self.language, **values)

    def show_menu(self, name: str, page: int = 1, category: int | None = None) -> bool:
        """Shows a page of a menu: complete on WhatsApp, as text with buttons elsewhere.

        category: of a catalogue that is shown by categories, the one to open.
        """
        tier = self.customer.customer_tier if self.customer else None
        key, is_catalogue = None, name == menu_names.CATALOGUE
        if is_catalogue:
            interactive, key = render_catalogue(self.session, self.language, tier, category)
        else:
            interactive = shown.render_menu(self.session, name, self.language, tier)
        if interactive is None:
            return False
        if shown.is_sold_out(interactive):
            self.say("utter_sold_out" if is_catalogue else "utter_menu_sold_out")
            return True
        if self.on_whatsapp:
            self.dispatcher.utter_message(
                json_message={"interactive": interactive, "name": key or name, "page": page}
            )
        else:
            self.dispatcher.utter_message(
                text=interactive["body"]["text"],
                buttons=[
                    {"title": option["title"], "payload": self.payload(option["id"])}
                    for option in last_good_version.list_menu_options(interactive)
                ],
            )
        return True

    def ask_for_location(self, response: str, **values: str) -> None:
        """Says a response; WhatsApp shows a button below it that sends the phone's location."""
        if not self.on_whatsapp:
            self.say(response, **values)
            return
        body = {"text": format_response(response, self.language, **values)}
        asked = {"type": "location_request_message", "body": body}
        interactive = {**asked, "action": {"name": "send_location"}}
        self.dispatcher.utter_message(json_message={"interactive": interactive})

    def payload(self, reply_id: str) -> str:
        """The text that a tap on this id sends to Rasa."""
        meaning = reply_ids.resolve_reply_id(self.session, reply_id)
        return meaning.as_text() if meaning else reply_id


class ShopAction(Action, ABC):
    """An action on the shop; `act` runs in one transaction: the turn's, where there is one.

    Else in a thread: a plain `def run` would stop every other action while it works.
    """

    called: ClassVar[str]

    def name(self) -> str:
        return self.called

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        return await run_blocking(self._run, dispatcher, tracker)

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        with engine.session() as session:
            events = list(self.act(Turn(session, dispatcher, tracker)))
        crash_points.reach_crash_point("after-action")
        return events

    @abstractmethod
    def act(self, turn: Turn) -> Sequence[EventType]:
        """Carries out the action, adds its replies, and returns Rasa's events."""


async def run_blocking(function: Callable[..., Result], *arguments: Any) -> Result:
    """Runs what blocks: at once within a turn, which has a thread of its own, else in a thread."""
    if unit_of_work.current.get():
        return function(*arguments)
    return await asyncio.to_thread(function, *arguments)
