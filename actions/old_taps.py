"""Whether a tap or a quote is old: it is of another conversation, or of an earlier version."""

from typing import Any

from rasa_sdk import Tracker

from actions.tracker_reading import quoted_conversation, session_id, tapped_conversation
from shop.customers import conversations


def is_old_tap(tracker: Tracker) -> bool:
    """Whether the tap is of another conversation, or of an earlier version of the cart."""
    return _is_over(tracker, tapped_conversation(tracker))


def is_old_quote(tracker: Tracker) -> bool:
    """Whether a typed message quotes another conversation, or an earlier version of the cart."""
    return _is_over(tracker, quoted_conversation(tracker))


def _is_over(tracker: Tracker, then: dict[str, Any] | None) -> bool:
    if not then:
        return False
    now = conversations.conversation_picture(tracker.slots) or conversations.NOWHERE
    return then["session"] != session_id(tracker) or then["context"] != now.context


def is_of_other_conversation(tracker: Tracker) -> bool:
    """Whether the tapped message belongs to another conversation."""
    then = tapped_conversation(tracker)
    return then is not None and then["session"] != session_id(tracker)
