"""Shows the cart, and decides which step follows."""

from collections.abc import Iterable
from dataclasses import replace

from rasa_sdk.events import EventType

from actions.changes import changed_by, list_changes, noted_lines
from actions.closed import keep_while_closed, takes_orders
from actions.extras import extras_choice
from actions.line_options import ask_option, find_open_choice, with_usual_options
from actions.not_sold import say_what_is_missing
from actions.noted import say_noted
from actions.notes import whole_note
from actions.order_terms import enter_order_step, settle_terms
from actions.place_questions import term_choices
from actions.terms import Terms, open_terms
from actions.turn import Turn
from shop.carts.cart import MOST_OF_ONE, Cart, CartLine, sum_prices
from shop.carts.lines import (
    RequestedLine,
    line_keys,
    lines_of_items,
    name_line,
    sum_lines,
    told_apart,
)
from shop.carts.notes import WHOLE, Notes
from shop.opening.state import read_opening_state
from shop.products.money import format_rupees
from shop.products.options import open_choice, read_choices, usual_options
from shop.steps import steps
from shop.taps.menu_names import CATALOGUE


def open_cart(turn: Turn) -> Cart:
    """The cart of this conversation at today's prices; empty where none is open."""
    return reckon_cart(turn, lines_of_items(turn.cart))


def noted_cart(turn: Turn) -> Cart:
    """The open cart with the notes of this message."""
    return reckon_cart(turn, noted_lines(turn, lines_of_items(turn.cart)))


def reckon_cart(
    turn: Turn, requested_lines: Iterable[RequestedLine], notes: Notes | None = None
) -> Cart:
    """The requested lines at today's prices; `notes` count for the whole order where the open cart
    has none of its own.
    """
    before = turn.cart.get("notes") or notes or {}
    return Cart.reckon(turn.session, requested_lines, whole_note(turn, before.get(WHOLE, "")))


def with_lines(turn: Turn, cart: Cart, requested_lines: Iterable[RequestedLine]) -> Cart:
    """The cart with these lines at today's prices; the note of the whole order stays."""
    return replace(reckon_cart(turn, requested_lines), note=cart.note)


def said_cart(turn: Turn) -> Cart:
    """A new cart with the products of this message."""
    return reckon_cart(turn, changed_by(turn, [], list_changes(turn, [])))


def ask_next_question(turn: Turn, cart: Cart, terms: Terms | None = None) -> list[EventType]:
    """Shows the next question of a cart (option, quantity, way, place, time), the catalogue or the
    summary.

    terms: by default the open terms with those of this message.
    """
    terms = terms or open_terms(turn)
    say_what_is_missing(turn, cart)
    for product, option in cart.vanished:
        turn.say("utter_option_gone", product=product, option=option)
    if not cart.lines:
        return show_catalogue(turn, kept=cart, terms=terms)
    if not all(map(can_be_had, cart.requested_lines())) or in_excess(cart):
        turn.say("utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        cart = with_lines(turn, cart, within_bounds(turn, cart))
    if cart.short:
        cart = with_lines(turn, cart, as_many_as_are_left(turn, cart))
    choices = read_choices(turn.session, [line.product for line in cart.lines])
    if choices:
        cart = with_lines(turn, cart, with_usual_options(choices, cart.requested_lines()))
    asked = find_open_choice(choices, cart)
    if not (asked or cart.unasked):
        return settle_terms(turn, cart, terms)
    state = read_opening_state(turn.session)
    if not takes_orders(turn, state):
        return keep_while_closed(turn, state, cart, terms)
    terms = say_noted(turn, terms, cart)
    if asked:
        return ask_option(turn, choices, cart, asked, terms)
    return ask_quantity(turn, cart, terms)


def show_catalogue(
    turn: Turn, page: int = 1, kept: Cart | None = None, terms: Terms | None = None
) -> list[EventType]:
    """Shows the products on offer, of the tapped category if there is one; lines of the open cart
    that have a number are kept meanwhile."""
    requested_lines = [
        requested
        for requested in (kept or open_cart(turn)).requested_lines()
        if requested.quantity is not None
    ]
    cart = reckon_cart(turn, requested_lines)
    if cart.lines:
        lines = "\n".join(f"{line.name} × {line.quantity}" for line in cart.lines)
        turn.say("utter_kept", lines=lines)
    terms = say_noted(turn, terms or open_terms(turn), cart)
    category = turn.entity("category")
    if not turn.show_menu(CATALOGUE, page, category=int(category) if category else None):
        turn.say("utter_no_menu")
    return enter_order_step(steps.CATEGORY_SELECTION, cart, terms)


def ask_quantity(turn: Turn, cart: Cart, terms: Terms | None = None) -> list[EventType]:
    """Opens the question for the quantity of the line without one; quantity_form asks it.

    Rules say so too where stories can test it; in other cases only the action leads there.
    """
    return enter_order_step(steps.QUANTITY_INPUT, cart, terms or open_terms(turn))


def offer_choices(
    turn: Turn, cart: Cart, page: int = 1, number: int | None = None
) -> list[EventType]:
    """Offers to add a line, to confirm or cancel, and to change each line; in pages if needed.

    number: the number that was said without a product.
    """
    if cart.unasked:
        return ask_quantity(turn, cart)
    changes = [*extras_choice(turn, cart), *term_choices(turn, open_terms(turn))]
    if len(cart.lines) == 1:
        turn.dispatcher.utter_message(
            response="utter_edit_choices", product=cart.lines[0].name, buttons=changes
        )
    else:
        products = [line.product for line in cart.lines]
        apart, _ = told_apart(products, cart.notes)
        buttons = [
            {
                "title": f"✏️ {name_line(line.product_name, note, line.options)} × {line.quantity}"[
                    :24
                ],
                "payload": f'/edit_order{{"product": "{key}"}}',
            }
            for line, note, key in zip(cart.lines, apart, line_keys(products), strict=True)
        ]
        pages = {"name": "edit_order", "page": page} if turn.on_whatsapp else None
        turn.dispatcher.utter_message(
            response="utter_number_of_what" if number else "utter_which_line",
            number=number,
            product=cart.lines[0].product_name,
            buttons=[*changes, *buttons],
            json_message=pages,
        )
    return enter_order_step(steps.EDITING, cart, open_terms(turn))


def is_first_choice(cart: Cart) -> bool:
    """Whether the message chooses one product and says nothing else."""
    return len(cart.lines) == 1 and cart.unasked is not None


def praise_choice(turn: Turn, line: CartLine) -> None:
    """Praises the choice, with its price; not while an option decides the price."""
    choices = read_choices(turn.session, [line.product]).get(line.product, ())
    options = usual_options(choices, line.options)
    if open_choice(choices, options):
        return
    price = format_rupees(line.product_price + sum_prices(options))
    turn.say("utter_great_choice", emoji=line.emoji, product=line.product_name, price=price)


def can_be_had(requested: RequestedLine) -> bool:
    """Whether the quantity is within the limits; a missing one counts as valid."""
    return requested.quantity is None or 0 < requested.quantity <= MOST_OF_ONE


def in_excess(cart: Cart) -> set[str]:
    """The products whose lines together exceed the limit."""
    of_each = sum_lines((line.product, line.quantity) for line in cart.lines)
    return {product for product, many in of_each.items() if (many or 0) > MOST_OF_ONE}


def as_many_as_are_left(turn: Turn, cart: Cart) -> list[RequestedLine]:
    """The requested lines, reduced to the stock that is left, which the bot says; the last lines
    are reduced first."""
    left = dict(cart.short)
    names = {line.product: line.product_name for line in cart.lines}
    for sku, many in left.items():
        turn.say("utter_only_so_many_left", product=names[sku], left=many)
    kept = []
    for line in cart.requested_lines():
        if line.product not in left or line.quantity is None:
            kept.append(line)
        elif many := min(line.quantity, left[line.product]):
            left[line.product] -= many
            kept.append(replace(line, quantity=many))
    return kept


def within_bounds(turn: Turn, cart: Cart) -> list[RequestedLine]:
    """The requested lines; a quantity beyond the limit becomes the earlier one, or none."""
    too_many = in_excess(cart)
    before = {requested.key: requested.quantity for requested in lines_of_items(turn.cart)}
    return [
        requested
        if can_be_had(requested) and requested.product not in too_many
        else replace(requested, quantity=before.get(requested.key))
        for requested in cart.requested_lines()
    ]
