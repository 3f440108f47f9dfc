"""Moves a conversation: to a step, out of a form, to the end of a journey."""

from typing import Any

from rasa_sdk.events import ActiveLoop, SessionStarted, SlotSet

from actions.earlier_carts import abandoned_cart
from actions.turn import Events, Turn
from shop.steps import steps
from shop.steps.step import Step


def leave_form() -> Events:
    """The events that leave an open form, which would ask again after any other action."""
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def finish_journey(
    turn: Turn, *, forget: bool = False, cancelled: dict[str, Any] | None = None
) -> Events:
    """Ends the journey with a new session that keeps only the language and the abandoned cart;
    `forget` drops the cart, `cancelled` replaces it."""
    left = None if forget else abandoned_cart(turn.tracker)
    known = {"language": turn.language, "abandoned_cart": cancelled or left}
    return [SessionStarted(), *(SlotSet(name, value) for name, value in known.items() if value)]


def enter_step(step: Step, **slots: Any) -> Events:
    """Goes to a step; leaves an open form, and empties the slots that are not named."""
    kept = dict.fromkeys(steps.SLOTS)
    return [
        *leave_form(),
        SlotSet("step", step.name or None),
        *(SlotSet(name, value) for name, value in {**kept, **slots}.items()),
    ]
