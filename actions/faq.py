"""Answers common questions, then asks the open question again."""

from collections.abc import Callable

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, noted_cart, open_cart, reckon_cart
from actions.delivery_areas import charge_in_words, own_charge, say_delivery
from actions.families import skus_of_families
from actions.naming import shop_name
from actions.notes import notes_now
from actions.opening_hours import say_hours
from actions.order_progress import is_how_long, status_values
from actions.placed_order import open_order
from actions.prices import price_lines, price_with_options, prices_by_size, with_price
from actions.promise import say_minutes
from actions.quantities import answered_in_passing
from actions.questions import ask_again
from actions.spoken_of import spoken_of
from actions.turn import ShopAction, Turn
from shop.faq import answers
from shop.orders.placing import latest_orders
from shop.products import catalogue
from shop.whatsapp.fitting import fit_lines
from storage.models import Product

# By intent: the topic in the owner's table, and what is said where it has no answer. A new shop has
# one to each of these ...
TOPICS = {
    "faq_hours": ("hours", "utter_hours"),
    "faq_delivery": ("delivery_area", "utter_delivery_area"),
    "faq_location": ("address", "utter_address"),
    "faq_payment": ("payment", "utter_payment_ways"),
    "faq_offers": ("offers", "utter_no_offers"),
}
# ... and none to these, which differ from shop to shop.
OWN_TOPICS = {"faq_shop": ("facilities", "utter_ask_our_team")}
# Questions that the shop's own tables answer if they have rows.
FROM_ROWS = {"faq_hours": say_hours, "faq_delivery": say_delivery}


class FaqAnswer(ShopAction):
    """The answer to a common question: from the shop's hours and zones, else the owner's own."""

    called = "action_faq_answer"

    def act(self, turn: Turn) -> list[EventType]:
        asked = turn.intent or "faq_hours"
        if asked in FROM_ROWS and turn.cart and is_how_long(turn):
            say_minutes(turn, open_cart(turn))
            return []
        if not (asked in FROM_ROWS and FROM_ROWS[asked](turn)):
            say_own_answer(turn, asked)
        if turn.intent == "faq_location" and turn.step.is_at_rest and (order := open_order(turn)):
            turn.say(
                "utter_order_to_fetch", order_number=order.order_id, status=turn.word(order.status)
            )
        return []


def say_own_answer(turn: Turn, asked: str) -> None:
    """Says the owner's answer to a question; without one, the default response."""
    topic, otherwise = (TOPICS | OWN_TOPICS)[asked]
    if turn.says("asks_data"):
        turn.say("utter_what_is_kept", shop_name=shop_name(turn))
        return
    # A question of the owner's own names its topic.
    topic = turn.entity("topic") or topic
    # The settings are more accurate than the default answers of a new shop.
    find = answers.find_own_answer if asked in FROM_ROWS else answers.find_answer
    if answer := find(turn.session, topic, turn.language):
        turn.dispatcher.utter_message(text=answer)
    else:
        turn.say(otherwise)


class AskTotal(ShopAction):
    """Says the total of the cart, which the open step shows again; else that of the order."""

    called = "action_ask_total"

    def act(self, turn: Turn) -> list[EventType]:
        if turn.cart and not turn.step.is_asked_by_form:
            return []
        if turn.cart:
            say_products(turn, "utter_prices", with_price)
        elif latest := latest_orders(turn.session, turn.customer, most=1):
            values = {**status_values(turn, latest[0]), "status": turn.word(latest[0].status)}
            turn.say("utter_bill", **values)
        else:
            turn.say("utter_nothing_to_pay")
        return []


class FaqPrice(ShopAction):
    """Says the prices of the named products, else of all products and of delivery."""

    called = "action_faq_price"

    def act(self, turn: Turn) -> list[EventType]:
        is_of_products = bool(turn.requested_lines())
        is_of_delivery = not is_of_products and turn.says("of_delivery")
        if is_of_delivery:
            say_charge(turn)
            return []
        charge = charge_in_words(turn)
        if lines := (price_with_options(turn) or price_lines(turn)):
            turn.say("utter_prices", lines=lines)
        else:
            say_products(turn, "utter_prices", prices_by_size(turn))
        if charge and not is_of_products:
            turn.dispatcher.utter_message(text=charge)
        return []


def say_charge(turn: Turn) -> None:
    """Says the delivery charge, in the owner's words if there are any and no zones."""
    if own := own_charge(turn):
        turn.dispatcher.utter_message(text=own)
    elif not say_delivery(turn):
        say_own_answer(turn, "faq_delivery")


class FaqIngredients(ShopAction):
    """Says the ingredients of the named products; of all if none is named."""

    called = "action_faq_ingredients"

    def act(self, turn: Turn) -> list[EventType]:
        # "Without sugar, please" is no question, though it was read as one: the cart shows it next.
        if not (turn.cart and notes_now(turn)):
            say_products(turn, "utter_ingredients", with_description)
        return []


class Resume(ShopAction):
    """Asks the open step again after an answer; an open form does so by itself."""

    called = "action_resume"

    def act(self, turn: Turn) -> list[EventType]:
        answered = answered_in_passing(turn, open_cart(turn).requested_lines())
        if answered:
            return ask_next_question(turn, reckon_cart(turn, answered))
        is_noted = turn.cart and not turn.step.is_asked_by_form and notes_now(turn)
        return ask_next_question(turn, noted_cart(turn)) if is_noted else ask_again(turn)


def say_products(turn: Turn, response: str, line: Callable[[Product], str]) -> None:
    """Says a line for each product that was asked about, as many as one message takes."""
    products = asked_about(turn)
    if products:
        lines = fit_lines([line(product) for product in products], turn.word("and_more"))
        turn.say(response, lines=lines)
    elif not turn.requested_lines():
        turn.say("utter_sold_out")


def with_description(product: Product) -> str:
    """The owner's description of it, else its price."""
    if not product.description:
        return with_price(product)
    return f"{product.emoji} {product.name}: {product.description}"


def asked_about(turn: Turn) -> list[Product]:
    """The available products that the question names; all products if it names none.

    Says which of the named products are sold out.
    """
    named = catalogue.find_by_sku(
        turn.session,
        [
            *(line.product for line in turn.requested_lines()),
            *skus_of_families(turn),
            *spoken_of(turn),
        ],
    ).values()
    if sold_out := [product.name for product in named if not product.is_on_offer]:
        turn.say("utter_not_available", products=", ".join(sold_out))
    offered = [product for product in named if product.is_on_offer]
    return offered if named else list(catalogue.offered_products(turn.session))
