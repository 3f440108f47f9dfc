"""Handles messages that arrive long after they were written: WhatsApp retries for seven days."""

from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.turn.turn import Turn
from shop.language.responses import format_response

_HOUR = 3600
_DAY = 24 * _HOUR


def is_late(turn: Turn) -> bool:
    """Whether the message was accepted more than an hour after it was written."""
    return turn.start.late_by > _HOUR


def late_notice(turn: Turn) -> list[Bubble]:
    """The text before the answer to a late message; empty for other messages."""
    if not is_late(turn):
        return []
    when = how_long_ago(turn.start.late_by, turn.language)
    return [Bubble(format_response("utter_late", turn.language, when=when))]


def how_long_ago(seconds: float, language: str | None) -> str:
    """`an hour ago`, `5 hours ago`, `yesterday`, `3 days ago`."""
    hours, days = int(seconds // _HOUR), int(seconds // _DAY)
    if hours <= 1:
        return format_response("utter_word_an_hour_ago", language)
    if days < 1:
        return format_response("utter_word_hours_ago", language, count=str(hours))
    if days == 1:
        return format_response("utter_word_yesterday", language)
    return format_response("utter_word_days_ago", language, count=str(days))
