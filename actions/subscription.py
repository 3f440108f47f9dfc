"""Consent: unsubscribe, or delete my data.

shop/customers/stop_and_start.py recognises STOP before Rasa, and unsubscribes.
"""

from rasa_sdk.events import EventType

from actions.journeys import finish_journey
from actions.turn import ShopAction, Turn
from shop.customers.stop_and_start import set_subscription
from shop.support import tickets


class Stop(ShopAction):
    """Unsubscribes and says so once, with the way back."""

    called = "action_stop"

    def act(self, turn: Turn) -> list[EventType]:
        set_subscription(turn.session, turn.customer, "unsubscribed", turn.cause, turn.typed)
        turn.say("utter_unsubscribed")
        return finish_journey(turn, forget=True)


class DeleteData(ShopAction):
    """Opens a ticket: an owner erases the customer in the console."""

    called = "action_delete_data"

    def act(self, turn: Turn) -> list[EventType]:
        ticket = tickets.open_ticket(
            turn.session, turn.customer, tickets.DELETION, turn.typed, cause=turn.cause
        )
        turn.say("utter_deletion_noted", ticket_number=ticket.ticket_id)
        return finish_journey(turn, forget=True)
