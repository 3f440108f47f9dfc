"""Shows a product on the phone: its picture, name and price, and a button to order it."""

from rasa_sdk.events import EventType

from actions.search import keep_complete_lines
from actions.turn import Turn
from shop.language.responses import format_response
from shop.products import catalogue
from shop.products.money import format_rupees
from shop.products.picture_uploads import picture_id
from shop.products.translation import describe_product, name_product
from storage.models import Product


def show_asked_product(turn: Turn) -> list[EventType] | None:
    """Shows the product that the customer wants to see; None if the message asks for none, or if it
    is not available."""
    if turn.is_tap or not turn.entity("look"):
        return None
    [sku] = [line.product for line in turn.requested_lines()][:1] or [""]
    product = catalogue.find_by_sku(turn.session, [sku]).get(sku)
    if product is None or not product.is_on_offer:
        return None
    picture = picture_id(turn.session, product) if turn.on_whatsapp else None
    if picture:
        turn.dispatcher.utter_message(json_message={"interactive": card_of(turn, product, picture)})
    else:
        turn.dispatcher.utter_message(
            response="utter_product",
            product=format_offer(turn, product),
            buttons=[
                {
                    "title": turn.word("order_it"),
                    "payload": f'/new_order{{"product": "{product.sku}"}}',
                },
                {"title": turn.word("whole_menu"), "payload": "/new_order"},
            ],
        )
    return keep_complete_lines(turn)


def card_of(turn: Turn, product: Product, picture: str) -> dict[str, object]:
    """The product's picture with its words below, and the taps, as Meta's `interactive` object."""
    text = format_response("utter_product", turn.language, product=format_offer(turn, product))
    taps = {product.sku: turn.word("order_it"), "new_order": turn.word("whole_menu")}
    return {
        "type": "button",
        "header": {"type": "image", "image": {"id": picture}},
        "body": {"text": text},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": reply_id, "title": title}}
                for reply_id, title in taps.items()
            ]
        },
    }


def format_offer(turn: Turn, product: Product) -> str:
    """`🍰 Chocolate Cake - ₹450`, and its description below."""
    name = name_product(product, turn.language)
    title = f"{product.emoji} {name} - {format_rupees(product.price)}"
    description = describe_product(product, turn.language)
    return f"{title}\n{description}" if description else title
