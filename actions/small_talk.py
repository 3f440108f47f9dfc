"""Yes, no and goodbye: what they mean depends on what was asked."""

from rasa_sdk.events import EventType

from actions.cancel_order import cancel_placed, keep
from actions.confirm_order import confirm
from actions.guesses import AT_REST
from actions.questions import ask_again
from actions.slips import offer_choices, open_slip
from actions.turn import ShopAction, Turn, finish


class Affirm(ShopAction):
    """Yes: does what was asked about; asks again what cannot be answered so.

    One rule for every step, since a rule that a step is a condition of would have to foretell
    every step that the answer may lead to; where none fits Rasa takes the whole turn back.
    """

    called = "action_affirm"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.step == "confirmation":
            return confirm(turn)
        if turn.step == "cancelling":
            return cancel_placed(turn, turn.slot("order_id"), is_sure=True)
        return ask_again(turn)


class Deny(ShopAction):
    """No: does not do what was asked about; asks again what cannot be answered so."""

    called = "action_deny"

    def act(self, turn: Turn) -> list[EventType]:
        slip = open_slip(turn)
        if turn.step == "confirmation" and slip.lines:
            return offer_choices(turn, slip)
        if turn.step in AT_REST:
            turn.say("utter_nothing_more")
            return []
        return keep(turn) if turn.step == "cancelling" else ask_again(turn)


class Goodbye(ShopAction):
    """Takes leave; whoever believes to have ordered is told that they have not."""

    called = "action_goodbye"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.slip:
            turn.say("utter_goodbye_unplaced")
            return ask_again(turn)
        turn.say("utter_goodbye")
        return finish(turn)
