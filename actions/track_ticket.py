"""Shows a ticket's status."""

from rasa_sdk.events import EventType

from actions.turn import ShopAction, Turn
from shop.support import tickets

STATE_SAID = {
    "open": "utter_ticket_open",
    "working": "utter_ticket_working",
    "closed": "utter_ticket_closed",
}


def close_own_ticket(turn: Turn, number: str | None) -> list[EventType]:
    """Closes the named ticket, or the customer's latest that is open, and says so."""
    found = (
        [tickets.find_ticket(turn.session, turn.customer, number)]
        if number
        else list(tickets.latest_ticket(turn.session, turn.customer))[:1]
    )
    ticket = found[0] if found else None
    if ticket is None:
        none = "utter_ticket_not_found" if number else "utter_no_ticket"
        turn.say(none, ticket_number=number)
        return []
    if ticket.category != tickets.DELETION:
        tickets.close_for_customer(turn.session, ticket)
    turn.say(STATE_SAID[ticket.status], ticket_number=ticket.ticket_id)
    return []


class TrackTicket(ShopAction):
    """Says the status of a ticket; without a number, of the customer's latest one."""

    called = "action_track_ticket"

    def act(self, turn: Turn) -> list[EventType]:
        number = turn.entity("ticket_id")
        if turn.says("closes_ticket"):
            return close_own_ticket(turn, number)
        if number is None:
            found = tickets.latest_ticket(turn.session, turn.customer)
        else:
            ticket = tickets.find_ticket(turn.session, turn.customer, number)
            found = [ticket] if ticket else []
        for each in found:
            turn.say(STATE_SAID[each.status], ticket_number=each.ticket_id)
        if not found:
            none = "utter_ticket_not_found" if number else "utter_no_ticket"
            turn.say(none, ticket_number=number)
        return []
