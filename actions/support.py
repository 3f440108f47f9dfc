"""Support: what kind of issue, what happened, a ticket with a number; or a person."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.form_values import accept_extracted
from actions.issue_description import read_description
from actions.journeys import enter_step, finish_journey
from actions.naming import customer_name, shop_name
from actions.placed_order import open_order
from actions.questions import leave_open
from actions.tracker_reading import was_meant
from actions.turn import ShopAction, Turn
from shop.steps import steps
from shop.support import tickets, waiting
from storage.models import Ticket

# Messages with one of these intents are added to the open ticket.
COMPLAINTS = {*tickets.CATEGORIES.values(), "complain"}
# A message of fewer words adds nothing new: "payment issue".
FEWEST_WORDS = 3


class Support(ShopAction):
    """Asks what kind of issue it is."""

    called = "action_support"

    def act(self, turn: Turn) -> list[EventType]:
        turn.ask(steps.ISSUE_SELECTION)
        return enter_step(steps.ISSUE_SELECTION)


class SupportIssue(ShopAction):
    """Takes the kind of issue; support_form asks what happened, unless it was said."""

    called = "action_support_issue"

    def act(self, turn: Turn) -> list[EventType]:
        return take_issue(turn, (turn.intent or "").removeprefix("support_"))


def take_issue(turn: Turn, issue: str) -> list[EventType]:
    """Asks what happened, unless the message has just said it."""
    words = "" if was_meant(turn.tracker) else turn.typed
    if words and (ticket := tickets.add_to_picture(turn.session, turn.customer, words)):
        turn.say("utter_ticket_added", ticket_number=ticket.ticket_id)
        return finish_journey(turn)
    if words and turn.says("tells_what_happened"):
        return open_issue_ticket(turn, issue, words)
    return [*enter_step(steps.DESCRIBING_ISSUE, issue=issue), FollowupAction("support_form")]


class ValidateSupport(FormValidationAction):
    """Takes any text as the description, unless it is another wish."""

    def name(self) -> str:
        return "validate_support_form"

    async def extract_description(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        asked = tracker.get_slot("requested_slot") == "description"
        described = read_description(tracker)
        return {"description": described} if asked and described else {}

    validate_description = accept_extracted("description")


class AskDescription(ShopAction):
    """Asks what happened, with sympathy the first time and briefly after that."""

    called = "action_ask_description"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.is_aside:
            is_first = turn.slot("requested_slot") != "description"
            turn.say("utter_ask_description" if is_first else "utter_ask_description_again")
        return []


class OpenTicket(ShopAction):
    """Opens the ticket and says its number."""

    called = "action_open_ticket"

    def act(self, turn: Turn) -> list[EventType]:
        return open_issue_ticket(turn, turn.slot("issue") or "other", turn.slot("description"))


def open_issue_ticket(turn: Turn, category: str, description: str) -> list[EventType]:
    """Opens the ticket that this message asked for, and says its number."""
    try:
        ticket = tickets.open_ticket(
            turn.session, turn.customer, category, description, cause=turn.cause
        )
    except tickets.TooManyTickets:
        tickets.call_person(turn.session, turn.customer, "(many tickets)", turn.cause)
        turn.say("utter_too_many_tickets")
        return finish_journey(turn)
    turn.say("utter_ticket_opened", ticket_number=ticket.ticket_id, shop_name=shop_name(turn))
    return finish_journey(turn)


class Complain(ShopAction):
    """Answers an angry message: apologises, calls a person, and tells the open order's status."""

    called = "action_complain"

    def act(self, turn: Turn) -> list[EventType]:
        ticket = tickets.open_ticket(
            turn.session, turn.customer, tickets.PERSON, turn.typed, cause=turn.cause
        )
        order = open_order(turn)
        turn.say("utter_sorry", ticket_number=ticket.ticket_id, name=customer_name(turn))
        if order:
            status = turn.word(order.status)
            turn.say("utter_order_stands", order_number=order.order_id, status=status)
        return finish_journey(turn) if turn.step.is_at_rest else leave_open(turn)


class LeaveToPerson(ShopAction):
    """Says once that a person will answer, then leaves the messages to the staff."""

    called = "action_leave_to_person"

    def act(self, turn: Turn) -> list[EventType]:
        if ticket := add_to_awaited(turn):
            turn.say("utter_ticket_added", ticket_number=ticket.ticket_id)
        elif turn.step is not steps.WITH_A_PERSON or "talk_to_human" in understood_as(turn):
            turn.say("utter_people_answer")
        return enter_step(steps.WITH_A_PERSON)


def understood_as(turn: Turn) -> list[str]:
    """The intents that the message had before it was left to a person; empty if none."""
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    return [each["name"] for each in ranking[1:2]]


def add_to_awaited(turn: Turn) -> Ticket | None:
    """Adds further text to the open ticket; None if the message has nothing to add."""
    words, customer = turn.typed, turn.customer
    if not words or customer is None:
        return None
    if ticket := tickets.add_to_picture(turn.session, customer, words):
        return ticket
    if COMPLAINTS.isdisjoint(understood_as(turn)) or len(words.split()) < FEWEST_WORDS:
        return None
    ticket = waiting.awaited_ticket(turn.session, customer.id)
    if ticket:
        ticket.description = f"{ticket.description}\n{words}".strip()
    return ticket


class TalkToHuman(ShopAction):
    """Opens a ticket that asks for a person."""

    called = "action_talk_to_human"

    def act(self, turn: Turn) -> list[EventType]:
        customer, words = turn.customer, turn.typed
        try:
            ticket = tickets.open_ticket(
                turn.session, customer, tickets.PERSON, words, cause=turn.cause
            )
        except tickets.TooManyTickets:
            ticket = tickets.call_person(turn.session, customer, words, turn.cause)
        turn.say("utter_person_called", ticket_number=ticket.ticket_id)
        return finish_journey(turn)
