"""Answers messages that were not understood: never silent, never the same answer twice in a row."""

from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions.cart import ask_next_question, noted_cart, open_cart, reckon_cart, show_catalogue
from actions.changes import changed_by, list_changes
from actions.guesses import Guess, guess_intents, likely_intents, none_of_these
from actions.naming import example_product, shop_name
from actions.options import take_said
from actions.placed_options import change_options_placed
from actions.quantities import answered_in_passing, set_quantity
from actions.questions import ask_again
from actions.support import take_issue
from actions.terms import kept_terms
from actions.turn import ShopAction, Turn
from shop.carts.amounts import is_relative
from shop.carts.change_phrases import speaks_of_a_change
from shop.steps import steps
from shop.support import tickets
from storage import engine

CHOOSE_TIME = "choose_time"
NOT_OURS = {"nlu_fallback", "out_of_scope"}
MOST_WORDS_OF_A_CHANGE, MOST_WORDS_OF_AN_ANSWER = 5, 8


class Fallback(ShopAction):
    """Asks what was meant, or says what could be done; from the second time in a row on, the menu
    and a person."""

    called = "action_fallback"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.is_old_tap:
            turn.say("utter_old_tap")
            return ask_again(turn)
        if turn.step is steps.ISSUE_SELECTION and (issue := likely_issue(turn)):
            return take_issue(turn, issue)
        if turn.says("asks_robot"):
            turn.say("utter_who_answers", shop_name=shop_name(turn))
            return ask_again(turn)
        done = plain_time(turn) or plain_change(turn) or plain_number(turn)
        chosen = done or plain_options(turn)
        return not_understood(turn) if chosen is None else chosen


def plain_change(turn: Turn) -> list[EventType]:
    """ "no tea": a short message that refuses a product on the cart changes the cart."""
    before = open_cart(turn).requested_lines()
    is_brief = len(turn.typed.split()) <= MOST_WORDS_OF_A_CHANGE
    said = list_changes(turn, before) if before and is_brief else []
    is_added = bool(said) and all(one.change == "add" for one in said)
    if not said or not (is_added or speaks_of_a_change(turn.signs, said)):
        return []
    after = reckon_cart(turn, changed_by(turn, before, said))
    return ask_next_question(turn, after) if after.requested_lines() != before else []


def plain_number(turn: Turn) -> list[EventType]:
    """ "two, no ice", "do kam karo": a short message with a number changes the cart."""
    cart = open_cart(turn)
    words = len(turn.typed.split())
    if not cart.lines or words > MOST_WORDS_OF_AN_ANSWER:
        return []
    if answered := answered_in_passing(turn, cart.requested_lines()):
        return ask_next_question(turn, reckon_cart(turn, answered))
    if words > MOST_WORDS_OF_A_CHANGE:
        return []
    if is_relative(turn.signs) and turn.step in (steps.CONFIRMATION, steps.EDITING):
        return set_quantity(turn, cart)
    noted = noted_cart(turn)
    return ask_next_question(turn, noted) if noted.notes != cart.notes else []


def plain_time(turn: Turn) -> list[EventType]:
    """ "ready by 1:40 am?": a short message with a time, most likely a choice of it, is one."""
    time = turn.entity("time")
    is_choice = bool(time) and likely_intents(turn)[:1] == [CHOOSE_TIME]
    if not (is_choice and turn.cart and turn.step.has_whole_cart):
        return []
    heard_at = engine.now(turn.session).isoformat()
    terms = replace(kept_terms(turn), said_time={**time, "heard_at": heard_at})
    return ask_next_question(turn, open_cart(turn), terms)


def plain_options(turn: Turn) -> list[EventType] | None:
    """ "add oat milk", "actually large": a short message with options changes the cart, or the
    order just placed."""
    if len(turn.typed.split()) > MOST_WORDS_OF_AN_ANSWER or turn.typed.rstrip().endswith("?"):
        return None
    return take_said(turn, open_cart(turn)) or change_options_placed(turn)


def not_understood(turn: Turn) -> list[EventType]:
    """Says one message with ways to go on. If it offers something else than answers to the open
    question, that waits (`aside`) and can still be answered."""
    times = times_in_a_row(turn)
    if times == 1 and is_order_of_something_else(turn):
        turn.say("utter_not_on_the_menu")
        return [*show_catalogue(turn), SlotSet("misunderstood", count_missed(turn, times))]
    guessed = guess_intents(turn)
    is_open = not turn.step.is_at_rest
    is_aside = is_open and (times % 2 == 0 or (times == 1 and bool(guessed)))
    if times == 1 and guessed:
        ask_what_was_meant(turn, guessed, is_open)
    elif is_open:
        say_meanwhile(turn, times, guessed)
    else:
        say_at_rest(turn, times, guessed)
    question = ask_again(turn) if is_open and not is_aside else []
    return [*question, SlotSet("misunderstood", count_missed(turn, times, is_aside))]


def likely_issue(turn: Turn) -> str | None:
    """The issue that a message most likely names, while the bot asks for one.

    A single word ("delivery") only has to be a possible name.
    """
    likely = likely_intents(turn)
    candidates = likely if len(turn.typed.split()) == 1 else likely[:1]
    issues = (intent for intent in candidates if intent in tickets.CATEGORIES.values())
    return next((issue.removeprefix("support_") for issue in issues), None)


def count_missed(turn: Turn, times: int, is_aside: bool = False) -> dict[str, Any]:
    """The value of the slot `misunderstood`, by which the next message is judged."""
    return {"times": times, "message": turn.cause, "aside": is_aside}


def is_order_of_something_else(turn: Turn) -> bool:
    """ "2 pizzas": most likely an order, with a number, of something that is not sold."""
    is_choosing = turn.step.is_at_rest or turn.step is steps.CATEGORY_SELECTION
    if not is_choosing or turn.requested_lines():
        return False
    ranking = turn.tracker.latest_message.get("intent_ranking") or []
    ours = [each["name"] for each in ranking if each["name"] not in NOT_OURS]
    return ours[:1] == ["new_order"] and turn.entity("quantity") is not None


def times_in_a_row(turn: Turn) -> int:
    """How many messages in a row, with this one, were not understood."""
    before = turn.slot("misunderstood") or {}
    in_a_row = before and before["message"] == turn.previous_message
    return int(before["times"]) + 1 if in_a_row else 1


def ask_what_was_meant(turn: Turn, guessed: list[Guess], is_open: bool) -> None:
    """Asks "Did you mean" with the guesses as buttons, and "None of these" if there is room."""
    offered = [*guessed, none_of_these(turn)][:3]
    say_with(turn, "utter_did_you_mean_meanwhile" if is_open else "utter_did_you_mean", offered)


def say_meanwhile(turn: Turn, times: int, guessed: list[Guess]) -> None:
    """With a question open: its hint first, then in turn the ways out as taps and in words."""
    if times % 2 == 0:
        say_with(turn, "utter_way_out", guessed[:1])
    else:
        turn.say(turn.step.question.hint if times == 1 else "utter_way_out_in_words")


def say_at_rest(turn: Turn, times: int, guessed: list[Guess]) -> None:
    """With no question open: what can be said, then the menu and a person, in other words."""
    if times == 1:
        turn.say("utter_not_understood", shop_name=shop_name(turn), product=example_product(turn))
    else:
        again = "utter_not_understood_again" if times % 2 == 0 else "utter_not_understood_still"
        say_with(turn, again, guessed[:1])


def say_with(turn: Turn, response: str, offered: list[Guess]) -> None:
    """Says a response with these taps after its own."""
    turn.dispatcher.utter_message(
        response=response,
        buttons=[{"title": guess.title, "payload": guess.payload} for guess in offered],
    )
