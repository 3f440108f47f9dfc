"""The answer to when an order is wanted."""

from dataclasses import replace

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, open_cart
from actions.fulfilment import say_old_tap, take_terms
from actions.old_taps import is_of_other_conversation
from actions.order_time import with_tapped_time
from actions.terms import open_terms
from actions.turn import ShopAction, Turn


class ChooseTime(ShopAction):
    """Takes the time that was said or tapped; a day leads to its times."""

    called = "action_choose_time"

    def act(self, turn: Turn) -> list[EventType]:
        if is_of_other_conversation(turn.tracker):
            return say_old_tap(turn)
        terms = open_terms(turn)
        slot, day = turn.entity("slot"), turn.entity("day")
        if slot or not turn.is_tap:
            return take_terms(turn, with_tapped_time(terms, slot, day))
        chosen = with_tapped_time(terms, None, day or terms.day)
        return ask_next_question(turn, open_cart(turn), replace(chosen, asks_time=True))
