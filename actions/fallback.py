"""What was not understood: never silence, never the same sentence twice."""

from rasa_sdk.events import EventType, SlotSet

from actions.turn import ShopAction, Turn

# Where a question is open, its own hint; the form asks it again right after.
HINTS = {
    "quantity_input": "utter_hint_quantity",
    "awaiting_order_id": "utter_hint_order_id",
    "describing_issue": "utter_hint_description",
}


class Fallback(ShopAction):
    """Says what could be done instead; the second time in a row, the menu and a person."""

    called = "action_fallback"

    def act(self, turn: Turn) -> list[EventType]:
        times = int(turn.slot("misunderstood") or 0) + 1
        hint = HINTS.get(turn.step or "")
        if hint and times == 1:
            turn.say(hint)
        elif hint:
            turn.say("utter_way_out")
        else:
            turn.say("utter_not_understood" if times == 1 else "utter_not_understood_again")
        return [SlotSet("misunderstood", times)]
