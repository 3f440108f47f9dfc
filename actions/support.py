"""Support: what kind of issue, what happened, a ticket with a number; or a person."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType, SessionStarted
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import ShopAction, Turn, enter
from shop import tickets

SUPPORT_MENU = "support_menu"

# Said while we wait for what happened, these lead away instead of into the ticket.
LEADS_AWAY = {"greet", "show_menu", "start", "stop", "cancel_order", "goodbye", "talk_to_human"}


class Support(ShopAction):
    """Asks what kind of issue it is."""

    called = "action_support"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.show_menu(SUPPORT_MENU):
            turn.say("utter_which_issue")
        return enter("issue_selection")


class SupportIssue(ShopAction):
    """The kind of issue is known; support_form asks what happened."""

    called = "action_support_issue"

    def act(self, turn: Turn) -> list[EventType]:
        issue = (turn.intent or "").removeprefix("support_")
        return enter("describing_issue", issue=issue)


class ValidateSupport(FormValidationAction):
    """Takes any text as what happened, unless it leads away."""

    def name(self) -> str:
        return "validate_support_form"

    async def extract_description(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        text = tracker.latest_message.get("text") or ""
        asked = tracker.get_slot("requested_slot") == "description"
        leads_away = text.startswith("/") or tracker.get_intent_of_latest_message() in LEADS_AWAY
        return {"description": text} if asked and not leads_away else {}


class OpenTicket(ShopAction):
    """Opens the ticket and says its number."""

    called = "action_open_ticket"

    def act(self, turn: Turn) -> list[EventType]:
        ticket = tickets.open_ticket(
            turn.session,
            turn.customer,
            category=turn.slot("issue") or "other",
            description=turn.slot("description"),
            cause=turn.cause,
        )
        turn.say("utter_ticket_opened", ticket_number=ticket.ticket_id)
        return [SessionStarted()]


class TalkToHuman(ShopAction):
    """Opens a ticket for the staff: a person is asked for."""

    called = "action_talk_to_human"

    def act(self, turn: Turn) -> list[EventType]:
        ticket = tickets.open_ticket(
            turn.session, turn.customer, category="person", description=turn.text, cause=turn.cause
        )
        turn.say("utter_person_called", ticket_number=ticket.ticket_id)
        return [SessionStarted()]
