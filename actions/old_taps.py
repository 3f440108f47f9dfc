"""Whether a tap or a quote is old: of another conversation, or of what has changed since."""

from typing import Any

from rasa_sdk import Tracker

from actions.tracker_reading import quoted, session_id, tapped_conversation
from shop.customers import conversations


def is_old_tap(tracker: Tracker) -> bool:
    """Whether the tap belongs to another conversation, or to what has changed since."""
    return _is_over(tracker, tapped_conversation(tracker))


def is_old_quote(tracker: Tracker) -> bool:
    """Whether a typed message quotes another conversation, or what has changed since."""
    return _is_over(tracker, quoted(tracker))


def _is_over(tracker: Tracker, then: dict[str, Any] | None) -> bool:
    if not then:
        return False
    now = conversations.conversation_picture(tracker.slots) or conversations.NOWHERE
    return then["session"] != session_id(tracker) or then["context"] != now.context


def is_of_other_conversation(tracker: Tracker) -> bool:
    """Whether what was tapped was offered in another conversation."""
    then = tapped_conversation(tracker)
    return then is not None and then["session"] != session_id(tracker)
