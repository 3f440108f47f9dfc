"""Describes for staff where a conversation with the bot stands."""

from shop.steps.steps import STEPS
from storage.models import ConversationState


def describe_step(state: ConversationState) -> str:
    """`Tracking an order, asked for its number`; for an unknown step, its name."""
    if step := STEPS.get(state.current_step):
        return step.for_staff
    return f"{state.conversation_flow}, {state.current_step}".replace("_", " ")
