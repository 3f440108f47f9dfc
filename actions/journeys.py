"""Where a conversation goes: to a step, out of a form, to the end of a journey."""

from typing import Any

from rasa_sdk.events import ActiveLoop, SessionStarted, SlotSet

from actions.earlier_carts import abandoned_cart
from actions.turn import Events, Turn
from shop.steps import steps
from shop.steps.step import Step


def leave_form() -> Events:
    """A form that is open asks again after any other action, unless it is left."""
    return [ActiveLoop(None), SlotSet("requested_slot", None)]


def finish_journey(turn: Turn, *, forget: bool = False) -> Events:
    """Ends the journey: a new session, in which only the language is known, and the cart that was
    left; none where it is done with (`forget`)."""
    known = {
        "language": turn.language,
        "abandoned_cart": None if forget else abandoned_cart(turn.tracker),
    }
    return [SessionStarted(), *(SlotSet(name, value) for name, value in known.items() if value)]


def enter_step(step: Step, **slots: Any) -> Events:
    """Goes to a step: whatever was open is left, slots not named are forgotten."""
    kept = dict.fromkeys(steps.SLOTS)
    return [
        *leave_form(),
        SlotSet("step", step.name or None),
        *(SlotSet(name, value) for name, value in {**kept, **slots}.items()),
    ]
