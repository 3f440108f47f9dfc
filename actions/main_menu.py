"""The main menu, and the other menus that taps and keywords open."""

from rasa_sdk.events import EventType, SlotSet

from actions.closed import mention_closed
from actions.journeys import finish_journey
from actions.kept_cart import offer_kept_cart
from actions.left_cart import mention_left_cart
from actions.turn import ShopAction, Turn
from shop.customers.stop_and_start import set_subscription
from shop.steps import steps
from shop.taps import menu_names


class ShowMenu(ShopAction):
    """Shows the menu that was asked for, else the main menu."""

    called = "action_show_menu"

    def act(self, turn: Turn) -> list[EventType]:
        # "What's on the menu?" asks for the catalogue.
        usual = menu_names.CATALOGUE if turn.typed and turn.says("asks_menu") else menu_names.MAIN
        asked, page = turn.entity("menu") or usual, int(turn.entity("page") or 1)
        if asked == menu_names.MAIN and not turn.cart and (kept := offer_kept_cart(turn)):
            return kept
        if not turn.show_menu(asked, page) and not turn.show_menu(menu_names.MAIN):
            turn.say("utter_no_menu")
        if asked == menu_names.MAIN:
            mention_closed(turn)
            mention_left_cart(turn)
        return begin_menu(turn)


class Start(ShopAction):
    """START: subscribes a customer who had said STOP; everyone gets the menu."""

    called = "action_start"

    def act(self, turn: Turn) -> list[EventType]:
        if set_subscription(turn.session, turn.customer, "subscribed", turn.cause, turn.typed):
            turn.say("utter_subscribed")
        if not turn.show_menu(menu_names.MAIN):
            turn.say("utter_no_menu")
        mention_closed(turn)
        return begin_menu(turn)


def begin_menu(turn: Turn) -> list[EventType]:
    """Ends the open journey and begins a new session: turns of long sessions are slower."""
    return [*finish_journey(turn), SlotSet("step", steps.MENU_SHOWN.name)]
