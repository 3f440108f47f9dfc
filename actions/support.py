"""Support: what kind of issue, what happened, a ticket with a number; or a person."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.describing import description_in
from actions.heard import was_meant
from actions.turn import ShopAction, Turn, enter, finish
from shop import complaints, menus, tickets


class Support(ShopAction):
    """Asks what kind of issue it is."""

    called = "action_support"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.show_menu(menus.SUPPORT):
            turn.say("utter_which_issue")
        return enter("issue_selection")


class SupportIssue(ShopAction):
    """The kind of issue is known; support_form asks what happened, unless it was said."""

    called = "action_support_issue"

    def act(self, turn: Turn) -> list[EventType]:
        return take_issue(turn, (turn.intent or "").removeprefix("support_"))


def take_issue(turn: Turn, issue: str) -> list[EventType]:
    """Asks what happened; nobody who has just said it has to say it twice."""
    words = "" if was_meant(turn.tracker) else turn.typed
    if words and (ticket := tickets.add_to_picture(turn.session, turn.customer, words)):
        turn.say("utter_ticket_added", ticket_number=ticket.ticket_id)
        return finish(turn)
    if complaints.tells_what_happened(words):
        return open_ticket(turn, issue, words)
    return [*enter("describing_issue", issue=issue), FollowupAction("support_form")]


class ValidateSupport(FormValidationAction):
    """Takes any text as what happened, unless it leads away."""

    def name(self) -> str:
        return "validate_support_form"

    async def extract_description(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        asked = tracker.get_slot("requested_slot") == "description"
        described = description_in(tracker)
        return {"description": described} if asked and described else {}


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
        return open_ticket(turn, turn.slot("issue") or "other", turn.slot("description"))


def open_ticket(turn: Turn, category: str, description: str) -> list[EventType]:
    """Opens the ticket that this message asked for, and says its number."""
    try:
        ticket = tickets.open_ticket(
            turn.session, turn.customer, category, description, cause=turn.cause
        )
    except tickets.TooManyTickets:
        tickets.call_person(turn.session, turn.customer, "(many tickets)", turn.cause)
        turn.say("utter_too_many_tickets")
        return finish(turn)
    turn.say("utter_ticket_opened", ticket_number=ticket.ticket_id)
    return finish(turn)


class TalkToHuman(ShopAction):
    """Opens a ticket for the staff: a person is asked for."""

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
        return finish(turn)
