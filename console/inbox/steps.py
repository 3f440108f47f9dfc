"""Where a conversation with the bot stands, as the staff say it."""

from storage.models import ConversationState

_SAID = {
    "menu_shown": "Was shown the menu",
    "category_selection": "Ordering, asked what they would like",
    "quantity_input": "Ordering, asked how many",
    "confirmation": "Ordering, asked for their confirmation",
    "editing": "Ordering, asked what to change",
    "awaiting_order_id": "Tracking an order, asked for its number",
    "showing_status": "Tracking an order, was told how far it is",
    "cancelling": "Cancelling an order, asked whether to",
    "issue_selection": "Getting support, asked what it is about",
    "describing_issue": "Getting support, asked what happened",
    "with_a_person": "Waiting for one of you",
}


def describe_step(state: ConversationState) -> str:
    """`Tracking an order, asked for its number`; a step that nobody knows by its name."""
    step = state.current_step
    return _SAID.get(step) or f"{state.conversation_flow}, {step}".replace("_", " ")
