"""Support: what kind of issue, what happened, a ticket with a number; or a person."""

import re
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import ShopAction, Turn, enter, finish, was_meant
from shop import menus, tickets

# Said while we wait for what happened, these lead away instead of into the ticket.
LEADS_AWAY = {
    "greet",
    "show_menu",
    "start",
    "stop",
    "delete_data",
    "cancel_order",
    "goodbye",
    "talk_to_human",
    "change_language",
}

# So do these when the message is brief; a longer one says what happened, whatever else it says.
LEADS_AWAY_BRIEFLY = {
    "support",
    "faq_hours",
    "faq_price",
    "faq_ingredients",
    "thank",
    "affirm",
    "deny",
    "inform_quantity",
}
MOST_WORDS = 8

# "Late again" may be a wish to track as well as what happened; these words ask.
ASKS_WHERE = re.compile(r"\b(track|where|status|kahan|kidhar)\b|ट्रैक|कहाँ|कहां|स्टेटस", re.I)

# A picture says what happened, too; the ticket's message holds it.
MEDIA = {"image", "video", "audio", "voice", "document"}

# A cart and a place on the map have their own meaning.
SAY_SOMETHING_ELSE = {"order", "location"}

STATE_SAID = {
    "open": "utter_ticket_open",
    "working": "utter_ticket_working",
    "closed": "utter_ticket_closed",
}
NOT_FOUND = "utter_ticket_not_found"


class Support(ShopAction):
    """Asks what kind of issue it is."""

    called = "action_support"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.show_menu(menus.SUPPORT):
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
        asked = tracker.get_slot("requested_slot") == "description"
        described = description_in(tracker)
        return {"description": described} if asked and described else {}


def description_in(tracker: Tracker) -> str | None:
    """What happened, in words or as a picture; None where the message leads away."""
    kind = (tracker.latest_message.get("metadata") or {}).get("type")
    if tracker.get_intent_of_latest_message() == "unreadable" and kind in MEDIA:
        return f"({kind})"
    is_else = kind in SAY_SOMETHING_ELSE or leads_away(tracker)
    return None if is_else else tracker.latest_message.get("text")


def leads_away(tracker: Tracker) -> bool:
    """Whether the message is a wish or question of its own, or a tap."""
    text = tracker.latest_message.get("text") or ""
    intent = tracker.get_intent_of_latest_message()
    if not text or text.startswith("/") or was_meant(tracker) or intent in LEADS_AWAY:
        return True
    if len(text.split()) > MOST_WORDS:
        return False
    if intent == "track_order":
        return bool(ASKS_WHERE.search(text))
    if intent == "new_order":
        # "2 samosas" is an order, "cold coffee" what happened.
        named = {entity["entity"] for entity in tracker.latest_message.get("entities", [])}
        return "product" not in named or "quantity" in named
    return intent in LEADS_AWAY_BRIEFLY


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
        return finish(turn)


class TalkToHuman(ShopAction):
    """Opens a ticket for the staff: a person is asked for."""

    called = "action_talk_to_human"

    def act(self, turn: Turn) -> list[EventType]:
        ticket = tickets.open_ticket(
            turn.session, turn.customer, tickets.PERSON, turn.typed, cause=turn.cause
        )
        turn.say("utter_person_called", ticket_number=ticket.ticket_id)
        return finish(turn)


class TrackTicket(ShopAction):
    """Says how far a ticket is."""

    called = "action_track_ticket"

    def act(self, turn: Turn) -> list[EventType]:
        number = turn.entity("ticket_id")
        ticket = tickets.find(turn.session, turn.customer, number)
        turn.say(STATE_SAID.get(ticket.status if ticket else "", NOT_FOUND), ticket_number=number)
        return []
