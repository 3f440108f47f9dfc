"""The options of an order's lines: finds the one to ask for, and asks."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from rasa_sdk.events import EventType

from actions.journeys import enter_step
from actions.place_questions import make_tap
from actions.terms import Terms, open_terms
from actions.turn import Turn
from shop.carts.cart import Cart, CartLine, sum_prices
from shop.carts.lines import RequestedLine
from shop.products.money import format_rupees
from shop.products.options import (
    Choice,
    Choices,
    OfferedOption,
    Options,
    open_choice,
    read_choices,
)
from shop.products.options import usual_options as options_with_usual
from shop.steps import steps

ChoicesOf = Mapping[str, Choices]
# The reply id that ends choosing several options.
DONE = "done"


@dataclass(frozen=True)
class Asked:
    """The line (by its place in the cart) and the group for which an option is asked."""

    line: int
    group: int

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Self | None:
        return cls(int(kept["line"]), int(kept["group"])) if kept else None


def asked_now(turn: Turn) -> Asked | None:
    """The line and group that the open question is about; None if it asks for no option."""
    return Asked.from_json(turn.cart.get("asked"))


def with_usual_options(choices: ChoicesOf, lines: Iterable[RequestedLine]) -> list[RequestedLine]:
    """The lines with defaults for groups without a chosen option, and without more options of a
    group than allowed."""
    return [
        replace(line, options=_usual(choices.get(line.product, ()), line.options)) for line in lines
    ]


def _usual(choices: Choices, options: Options) -> Options:
    found = options_with_usual(choices, options)
    return tuple(one for choice in choices for one in choice.of(found)[: choice.maximum])


def find_open_choice(choices: ChoicesOf, cart: Cart) -> Asked | None:
    """The first required choice that was not made."""
    for at, line in enumerate(cart.lines):
        if found := open_choice(choices.get(line.product, ()), line.options):
            return Asked(at, found.id)
    return None


def find_choice(choices: ChoicesOf, cart: Cart, asked: Asked) -> Choice | None:
    """The choice that is asked for, as it is offered now."""
    if asked.line >= len(cart.lines):
        return None
    offered = choices.get(cart.lines[asked.line].product, ())
    return next((choice for choice in offered if choice.id == asked.group), None)


def ask_same_option(turn: Turn, cart: Cart) -> list[EventType] | None:
    """Asks the open question again; None if there is nothing left to choose."""
    choices = read_choices(turn.session, [line.product for line in cart.lines])
    asked = asked_now(turn)
    if asked is None or find_choice(choices, cart, asked) is None:
        return None
    return ask_option(turn, choices, cart, asked)


def ask_option(
    turn: Turn, choices: ChoicesOf, cart: Cart, asked: Asked, terms: Terms | None = None
) -> list[EventType]:
    """Asks for one option of a line, or for one more of several."""
    choice = find_choice(choices, cart, asked)
    line = cart.lines[asked.line]
    if choice is None:
        return []
    chosen = choice.of(line.options)
    names = {option.name for option in chosen}
    is_one = choice.maximum == 1
    buttons = [
        make_tap(option_title(line, choice, option), "choose_option", "option", str(option.id))
        for option in choice.available
        if is_one or option.name not in names
    ]
    if not is_one and len(chosen) >= choice.minimum:
        buttons.insert(0, make_tap(turn.word("option_done"), "choose_option", "option", DONE))
    pages = {"name": "choose_option", "page": int(turn.entity("page") or 1)}
    turn.dispatcher.utter_message(
        response="utter_ask_option" if is_one else "utter_ask_options",
        buttons=buttons,
        json_message=pages if turn.on_whatsapp else None,
        product=line.name,
        group=choice.name,
        most=choice.maximum,
    )
    # The order has no total yet: it is not complete.
    kept = {name: value for name, value in (cart.as_json() or {}).items() if name != "total"}
    known = (terms or open_terms(turn)).as_slot()
    return enter_step(steps.OPTIONS_INPUT, cart={**kept, "asked": asdict(asked)}, terms=known)


def option_title(line: CartLine, choice: Choice, option: OfferedOption) -> str:
    """`Large ₹190`, the price with it; if several may be chosen, what it adds: `Cheese +₹30`."""
    if choice.maximum == 1:
        others = line.price - sum_prices(choice.of(line.options))
        return f"{option.name} {format_rupees(others + option.price)}"
    return f"{option.name} +{format_rupees(option.price)}" if option.price else option.name
