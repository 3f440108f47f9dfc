"""Where a conversation stands, in plain words."""

from console.inbox import reading
from shop.steps.steps import STEPS
from storage.models import ConversationState


def at(step):
    return reading.describe_step(
        ConversationState(conversation_flow="order_tracking", current_step=step)
    )


def test_every_step_has_its_words():
    assert at("awaiting_order_id") == "Tracking an order, asked for its number"
    for step in STEPS:
        assert "_" not in at(step)
        assert at(step) != at("unknown")
    assert len({at(step) for step in STEPS}) == len(STEPS)


def test_a_step_of_tomorrow_is_shown_by_its_name():
    assert at("asked_for_tip") == "order tracking, asked for tip"
