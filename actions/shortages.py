"""Answers to the question about a line of a placed order that ran out."""

from collections.abc import Callable

from rasa_sdk.events import EventType

from actions.order_progress import status_values
from actions.questions import ask_again
from actions.turn import ShopAction, Turn
from shop.orders import changing
from shop.orders.placing import find_order
from shop.orders.shortages import answering, asking
from shop.orders.shortages.lines import PlacedLine, lines_in_words, name_short_line, short_line
from shop.orders.shortages.question import Asked, Question, build_last_question
from storage.models import Order, Shortage

# Digits of the largest number that a question may have.
LONGEST_NUMBER = 18


class AnswerShortage(ShopAction):
    """Continues without the item, with another one, or cancels; if the question is closed, says the
    order's status.

    A tap holds the question's number, so it works in any conversation.
    """

    called = "action_answer_shortage"

    def act(self, turn: Turn) -> list[EventType]:
        number, _, answer = str(turn.entity("shortage") or "").partition(":")
        found = find_own_question(turn, number)
        if found is None:
            turn.say("utter_old_tap")
            return ask_again(turn)
        answer_question(turn, *found, answer)
        return [] if turn.step.is_at_rest else ask_again(turn)


def find_own_question(turn: Turn, number: str) -> tuple[Shortage, Order] | None:
    """The question with this number and its order; None for another customer's."""
    shortage = turn.session.get(Shortage, int(number)) if is_question_number(number) else None
    order = find_order(turn.session, turn.customer, shortage.order_id) if shortage else None
    return (shortage, order) if shortage and order else None


def is_question_number(said: str) -> bool:
    """Whether the text can be the number of a question."""
    return said.isdecimal() and len(said) <= LONGEST_NUMBER


def answer_question(turn: Turn, shortage: Shortage, order: Order, answer: str) -> None:
    """Carries out the answer and confirms it."""
    line = short_line(turn.session, shortage, order)
    before = lines_in_words(turn.session, order)
    try:
        ANSWERS.get(answer.rstrip("12"), ask_shortage_again)(turn, shortage, order, answer)
    except answering.NothingAsked:
        say_what_is_true(turn, order)
    except answering.OnlyLine:
        turn_to_last_question(turn, shortage, order, line)
    except answering.OrderChanged:
        ask_anew(turn, shortage, order, "utter_shortage_changed")
    except answering.CannotSwap:
        ask_anew(turn, shortage, order, "utter_shortage_gone")
    write_what_changed(turn, order, before)


def go_without(turn: Turn, shortage: Shortage, order: Order, _answer: str) -> None:
    product = name_short_line(turn.session, shortage)
    answering.leave_out(turn.session, shortage, order)
    turn.say("utter_shortage_without", **status_values(turn, order), product=product)


def take_instead(turn: Turn, shortage: Shortage, order: Order, answer: str) -> None:
    place = int(answer.removeprefix("swap") or 0)
    answering.swap_line(turn.session, shortage, order, place)
    [item] = shortage.offered
    product = f"{item['product_name']} × {item['quantity']}"
    turn.say("utter_shortage_swapped", **status_values(turn, order), product=product)


def cancel_short_order(turn: Turn, shortage: Shortage, order: Order, _answer: str) -> None:
    product = name_short_line(turn.session, shortage)
    reason = turn.word("shortage_reason", product=product)
    answering.cancel_all(turn.session, shortage, order, reason)
    changing.write_history(turn.session, order, "cancelled", {})
    turn.say("utter_shortage_cancelled", order_number=order.order_id, product=product)


def ask_shortage_again(turn: Turn, shortage: Shortage, order: Order, _answer: str) -> None:
    """Asks the open question again, since the words chose nothing."""
    if shortage.state != "open":
        raise answering.NothingAsked
    question = asking.ask_of(turn.session, shortage, order, turn.language)
    if question is None:
        raise answering.OrderChanged
    say_question(turn, question)


ANSWERS: dict[str, Callable[[Turn, Shortage, Order, str], None]] = {
    "without": go_without,
    "swap": take_instead,
    "cancel": cancel_short_order,
}


def ask_anew(turn: Turn, shortage: Shortage, order: Order, why: str) -> None:
    """Asks about the order as it is now, if the line is still on it."""
    product = name_short_line(turn.session, shortage)
    again = asking.renew_question(turn.session, shortage, order)
    question = asking.ask_of(turn.session, again, order, turn.language) if again else None
    if question is None:
        say_what_is_true(turn, order)
        return
    turn.say(why, product=product)
    say_question(turn, question)


def turn_to_last_question(
    turn: Turn, shortage: Shortage, order: Order, line: PlacedLine | None
) -> None:
    """Asks whether to cancel, since no line would be left; offers the replacements too."""
    if line is None:
        say_what_is_true(turn, order)
        return
    asked = Asked(shortage.id, order, line, shortage.offered, turn.language)
    say_question(turn, build_last_question(asked))


def say_question(turn: Turn, question: Question) -> None:
    """The question as buttons or a list; as text with buttons where there is no WhatsApp."""
    if turn.on_whatsapp:
        turn.dispatcher.utter_message(json_message={"interactive": question.as_interactive()})
        return
    turn.dispatcher.utter_message(
        text=question.words,
        buttons=[
            {"title": tap.title, "payload": turn.payload(tap.reply_id)} for tap in question.taps
        ],
    )


def say_what_is_true(turn: Turn, order: Order) -> None:
    """Tells the order's status after a tap that changed nothing."""
    values = status_values(turn, order)
    turn.say("utter_shortage_over", **values, status=turn.word(order.status))


def write_what_changed(turn: Turn, order: Order, before: str) -> None:
    """Puts the customer's change into the order's history, if there was one."""
    after = lines_in_words(turn.session, order)
    if after != before:
        details = {"before": before, "after": after}
        changing.write_history(turn.session, order, "changed", details)
