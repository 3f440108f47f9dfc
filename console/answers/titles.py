"""What owners call the bot's texts, in the language of the page."""

from console.translation import say
from shop.faq.response_editing import title_of


def title_of_text(name: str) -> str:
    """`utter_order_confirmed` → `Order confirmed`, or what the words file has for the name.

    The words file has names here, not English titles: those are short enough to mean other things
    elsewhere ("Left").
    """
    said = say(name)
    return title_of(name) if said == name else said


def title_of_journey(name: str) -> str:
    """`cancel_order` → `Cancel order`, in the language of the page."""
    return say(title_of(name))
