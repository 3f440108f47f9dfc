"""STOP: the customer wants to hear nothing more from us."""

from rasa_sdk.events import EventType

from actions.turn import ShopAction, Turn, finish
from shop import customers


class Stop(ShopAction):
    """Unsubscribes and says so once, with the way back."""

    called = "action_stop"

    def act(self, turn: Turn) -> list[EventType]:
        customers.set_subscription(turn.session, turn.customer, "unsubscribed", turn.cause)
        turn.say("utter_unsubscribed")
        return finish(turn)
