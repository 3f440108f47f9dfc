"""Choosing an option of a line: a size, an extra."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType

from actions.asked_product import order_what_was_asked
from actions.cart import ask_next_question, open_cart, reckon_cart, show_catalogue
from actions.changes import noted_lines
from actions.extras import offer_extras
from actions.fulfilment import say_old_tap
from actions.line_options import (
    DONE,
    Asked,
    ChoicesOf,
    ask_option,
    ask_same_option,
    asked_now,
)
from actions.old_taps import is_of_other_conversation
from actions.option_changes import lines_with_options
from actions.placed_options import change_options_placed
from actions.turn import ShopAction, Turn
from shop.carts.cart import Cart, CartLine
from shop.carts.lines import RequestedLine
from shop.products.options import Choice, OfferedOption, Options, read_choices
from storage.models import Option


class ChooseOption(ShopAction):
    """Takes a tapped option for the line that the tapped message asked about."""

    called = "action_choose_option"

    def act(self, turn: Turn) -> list[EventType]:
        cart = open_cart(turn)
        chosen = str(turn.entity("option") or "")
        if not turn.is_tap:
            found = order_what_was_asked(turn) or take_said(turn, cart)
            changed = None if found else change_options_placed(turn)
            return changed if changed is not None else found or show_or_go_on(turn, cart)
        if is_of_other_conversation(turn.tracker) or not cart.lines:
            return say_old_tap(turn)
        if not chosen.isdecimal():
            return (
                ask_next_question(turn, cart) if chosen == DONE else ask_options_again(turn, cart)
            )
        return take_option(turn, cart, int(chosen))


def take_said(turn: Turn, cart: Cart) -> list[EventType]:
    """Applies the options of a message without a product: `large`, `one small one large`; does
    nothing if it has none, or none that a line of the cart can have."""
    after = lines_with_options(turn, cart.requested_lines(), asked_now(turn))
    return ask_next_question(turn, reckon_cart(turn, noted_lines(turn, after))) if after else []


def show_or_go_on(turn: Turn, cart: Cart) -> list[EventType]:
    """Answers an option that fits no line of the cart."""
    return ask_next_question(turn, cart) if cart.lines else show_catalogue(turn)


def ask_options_again(turn: Turn, cart: Cart) -> list[EventType]:
    """Asks the open question again, or another page of it; without one, offers extras."""
    page = int(turn.entity("page") or 1)
    return (
        ask_same_option(turn, cart)
        or offer_extras(turn, cart, page)
        or ask_next_question(turn, cart)
    )


def take_option(turn: Turn, cart: Cart, option_id: int) -> list[EventType]:
    """Puts the option on its line; asks for one more where more may be chosen."""
    choices = read_choices(turn.session, [line.product for line in cart.lines])
    at = find_line(turn, cart, choices, option_id)
    found = offered_option(choices, cart.lines[at], option_id) if at is not None else None
    if at is None or found is None:
        return say_gone(turn, cart, option_id)
    choice, option = found
    line = cart.lines[at]
    options = with_option(line.options, choice, option)
    if options is None:
        turn.say("utter_too_many_options", most=choice.maximum, group=choice.name)
        return ask_next_question(turn, cart)
    lines = cart.requested_lines()
    lines[at] = replace(lines[at], options=options)
    after = reckon_cart(turn, lines)
    of_group = len(choice.of(options))
    if choice.maximum > 1 and of_group < min(choice.maximum, len(choice.available)):
        asked = Asked(place_of(after, lines[at]), choice.id)
        return ask_option(turn, choices, after, asked)
    return ask_next_question(turn, after)


def place_of(cart: Cart, line: RequestedLine) -> int:
    """The index of a line in a cart; its options may be in another order there."""
    same = frozenset(line.options)
    return next(
        at
        for at, one in enumerate(cart.lines)
        if (one.product, one.note) == (line.product, line.note) and frozenset(one.options) == same
    )


def find_line(turn: Turn, cart: Cart, choices: ChoicesOf, option_id: int) -> int | None:
    """The place in the cart of the line that the tapped message asked about.

    For an unknown message, or if its line is gone, it is the first line that can have the option.
    """
    then = turn.tapped or {}
    asked = Asked.from_json(then.get("asked")) or asked_now(turn)
    skus = [line.product for line in cart.lines]
    if asked:
        product = product_then(then, asked) or (skus[asked.line] if asked.line < len(skus) else "")
        if asked.line < len(skus) and skus[asked.line] == product:
            return asked.line
        if product in skus:
            return skus.index(product)
    fitting = [
        at
        for at, line in enumerate(cart.lines)
        if offered_option(choices, line, option_id) is not None
    ]
    return fitting[0] if fitting else None


def product_then(then: Mapping[str, Any], asked: Asked) -> str | None:
    """The product of the line that a message asked about; None if unknown."""
    context = then.get("context") or {}
    items = context.get("items") or ([context] if "product" in context else [])
    return items[asked.line]["product"] if asked.line < len(items) else None


def offered_option(
    choices: ChoicesOf, line: CartLine, option_id: int
) -> tuple[Choice, OfferedOption] | None:
    """The option and its group, among the options that a line's product has now."""
    return next(
        (
            (choice, option)
            for choice in choices.get(line.product, ())
            for option in choice.available
            if option.id == option_id
        ),
        None,
    )


def with_option(options: Options, choice: Choice, option: OfferedOption) -> Options | None:
    """The options with this one, which replaces the other one if the group allows only one.

    None if as many are chosen as the group allows.
    """
    own = choice.of(options)
    new = choice.chosen(option)
    if any(one.name == new.name for one in own):
        return options
    if choice.maximum == 1:
        return (*(one for one in options if one not in own), new)
    return (*options, new) if len(own) < choice.maximum else None


def say_gone(turn: Turn, cart: Cart, option_id: int) -> list[EventType]:
    """Says that an option is no longer available, and goes on without it."""
    known = turn.session.get(Option, option_id)
    if known is None:
        turn.say("utter_old_tap")
    else:
        names = ", ".join(dict.fromkeys(line.product_name for line in cart.lines))
        turn.say("utter_option_gone", product=names, option=known.name)
    return ask_next_question(turn, cart)
