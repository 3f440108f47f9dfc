"""Changing the slip before it is confirmed."""

from rasa_sdk.events import EventType, SlotSet

from actions.new_order import out_of_bounds, show_catalogue, summarise, with_quantity
from actions.turn import ShopAction, Turn
from shop.cart import MOST_OF_ONE, Slip, wishes_of


class EditOrder(ShopAction):
    """Offers what can be changed; a number said along with it is taken at once."""

    called = "action_edit_order"

    def act(self, turn: Turn) -> list[EventType]:
        slip = Slip.reckon(turn.session, wishes_of(turn.slip))
        if not slip.lines:
            return show_catalogue(turn)
        if turn.entity("quantity") is not None:
            return change_quantity(turn, slip)
        if slip.unasked:
            return []
        turn.say("utter_edit_choices", product=slip.lines[0].product_name)
        return [SlotSet("step", "editing")]


class ChangeQuantity(ShopAction):
    """A number outside the question how many: changes the slip where it has one line."""

    called = "action_change_quantity"

    def act(self, turn: Turn) -> list[EventType]:
        slip = Slip.reckon(turn.session, wishes_of(turn.slip))
        if turn.entity("quantity") is None or not slip.lines:
            turn.say("utter_number_of_what")
            return []
        return change_quantity(turn, slip)


def change_quantity(turn: Turn, slip: Slip) -> list[EventType]:
    """Gives the one line, or the one that was named, the quantity that was said."""
    named = turn.entity("product")
    lines = [line for line in slip.lines if named in (None, line.product)]
    if len(lines) != 1:
        turn.say("utter_which_line")
        return [SlotSet("step", "editing")]
    changed = with_quantity(turn, slip, lines[0], int(turn.entity("quantity")))
    if out_of_bounds(changed):
        turn.say("utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        return summarise(turn, slip)
    return summarise(turn, changed)
