"""What was not understood: never silence, never the same sentence twice."""

from rasa_sdk.events import EventType, SlotSet

from actions.questions import ask_again
from actions.turn import ShopAction, Turn

# Where a question is open, its own hint comes before it is asked again.
HINTS = {
    "category_selection": "utter_hint_product",
    "quantity_input": "utter_hint_quantity",
    "confirmation": "utter_hint_choice",
    "editing": "utter_hint_choice",
    "awaiting_order_id": "utter_hint_order_id",
    "cancelling": "utter_hint_choice",
    "issue_selection": "utter_hint_choice",
    "describing_issue": "utter_hint_description",
}


class Fallback(ShopAction):
    """Says what could be done instead; the second time in a row, the way out and a person."""

    called = "action_fallback"

    def act(self, turn: Turn) -> list[EventType]:
        return not_understood(turn)


def not_understood(turn: Turn) -> list[EventType]:
    """A hint and the open question again; where none is open, what could be said."""
    times = int(turn.slot("misunderstood") or 0) + 1
    hint = HINTS.get(turn.step or "")
    if hint is None:
        turn.say("utter_not_understood" if times == 1 else "utter_not_understood_again")
        return [SlotSet("misunderstood", times)]
    turn.say(hint if times == 1 else "utter_way_out")
    return [*ask_again(turn), SlotSet("misunderstood", times)]
