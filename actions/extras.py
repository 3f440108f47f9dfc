"""Options that nobody has to choose: extras of a line, offered under *Edit*."""

from rasa_sdk.events import EventType

from actions.line_options import DONE, ChoicesOf, option_title
from actions.order_terms import enter_order_step
from actions.place_questions import make_tap
from actions.terms import open_terms
from actions.turn import Turn
from shop.carts.cart import Cart, CartLine
from shop.products.options import Choice, OfferedOption, read_choices
from shop.steps import steps


def extras_choice(turn: Turn, cart: Cart) -> list[dict[str, str]]:
    """The button for other options, if one line of the cart can have some.

    A button cannot tell several such lines apart, so it is offered only if there is one.
    """
    if find_extras(turn, cart) is None:
        return []
    return [{"title": turn.word("change_options"), "payload": "/choose_option"}]


def offer_extras(turn: Turn, cart: Cart, page: int = 1) -> list[EventType] | None:
    """Offers further options of the one line that can have some; None if there is no such line."""
    line = find_extras(turn, cart)
    if line is None:
        return None
    choices = read_choices(turn.session, [line.product])
    buttons = [
        make_tap(
            option_title(line, choice, option),
            "choose_option",
            "option",
            str(option.id),
            choice.name,
        )
        for choice, option in _left_to_choose(choices, line)
    ]
    buttons.append(make_tap(turn.word("option_done"), "choose_option", "option", DONE))
    turn.dispatcher.utter_message(
        response="utter_offer_options",
        buttons=buttons,
        json_message={"name": "choose_option", "page": page} if turn.on_whatsapp else None,
        product=line.name,
    )
    return enter_order_step(steps.EDITING, cart, open_terms(turn))


def find_extras(turn: Turn, cart: Cart) -> CartLine | None:
    """The one line of a cart that can have other options than it has; None if several can."""
    choices = read_choices(turn.session, [line.product for line in cart.lines])
    fitting = [line for line in cart.lines if _left_to_choose(choices, line)]
    return fitting[0] if len(fitting) == 1 else None


def _left_to_choose(choices: ChoicesOf, line: CartLine) -> list[tuple[Choice, OfferedOption]]:
    """The options that a line can have and does not have, as replacements or additions."""
    has = {(option.group, option.name) for option in line.options}
    return [
        (choice, option)
        for choice in choices.get(line.product, ())
        if choice.maximum == 1 or len(choice.of(line.options)) < choice.maximum
        for option in choice.available
        if (choice.name, option.name) not in has
    ]
