"""Finds the bubble and the option for a tap."""

from emulator.chat import Json, Message, list_options
from emulator.control.reading import ControlError
from emulator.customers import Customer


def find_option(customer: Customer, wanted: str, on: str | None) -> tuple[Message, Json]:
    """The option by id, title, or the title's words, with its bubble: the one with the id `on`, or
    the latest that has it."""
    bubbles = [bubble_on(customer, on)] if on else list(reversed(list_shown(customer)))
    for bubble in bubbles:
        for fits in (same_id, same_title, same_words):
            for option in list_options(bubble):
                if fits(option, wanted):
                    return bubble, option
    offered = [option["title"] for bubble in bubbles[:1] for option in list_options(bubble)]
    raise ControlError(f"nothing to tap is called {wanted!r}", 404, offered=offered)


def same_id(option: Json, wanted: str) -> bool:
    return bool(option["id"] == wanted)


def same_title(option: Json, wanted: str) -> bool:
    return bool(option["title"] == wanted)


def same_words(option: Json, wanted: str) -> bool:
    """Whether two titles have the same words: "confirm order" and "✅ Confirm Order"."""
    words, asked = (
        "".join(c for c in each if c.isalnum() or c == " ").strip().casefold()
        for each in (option["title"], wanted)
    )
    return bool(asked) and words == asked


def list_shown(customer: Customer) -> list[Message]:
    return [message for message in customer.messages if message.sender == "shop"]


def latest_bubble(customer: Customer) -> Message | None:
    bubbles = list_shown(customer)
    return bubbles[-1] if bubbles else None


def bubble_on(customer: Customer, on: str | None) -> Message:
    found = customer.message(str(on)) if on else latest_bubble(customer)
    if found is None:
        raise ControlError(f"no bubble {on}" if on else "there is no bubble yet", 404)
    return found
