"""The buttons of "Did you mean": likely intents of an unclear message."""

from typing import Any, NamedTuple

from actions.turn import Turn
from shop.language.responses import format_response, response_exists
from shop.taps import meanings
from shop.taps.meanings import NONE_OF_THESE


class Guess(NamedTuple):
    """A button: its title, and its payload for Rasa or its reply id."""

    title: str
    payload: str


def guess_intents(turn: Turn) -> list[Guess]:
    """The likeliest intents of the message, most likely first; empty if there is no choice.

    Intents without a name (`utter_meant_*`), such as a yes, are not offered.
    """
    likely = likely_intents(turn)
    about = frozenset() if turn.step.is_at_rest else turn.step.flow.is_about
    found = [intent for intent in likely if intent not in about and has_name(intent)]
    if not found or found[0] != likely[0]:
        return []
    # Several intents may share one name.
    by_title = {guess.title: guess for guess in reversed([guess_of(turn, i) for i in found])}
    return list(reversed(by_title.values()))


def likely_intents(turn: Turn) -> list[str]:
    """The likely intents of an unclear message, most likely first."""
    understanding: dict[str, Any] = turn.tracker.latest_message.get("understanding") or {}
    return list(understanding.get("likely", []))


def none_of_these(turn: Turn) -> Guess:
    return guess_of(turn, NONE_OF_THESE)


def has_name(intent: str) -> bool:
    return response_exists(title_response(intent))


def guess_of(turn: Turn, intent: str) -> Guess:
    """The intent as a button; on WhatsApp its id refers to the unclear message."""
    payload = meanings.meant_id(intent) if turn.on_whatsapp else f"/{intent}"
    return Guess(format_response(title_response(intent), turn.language), payload)


def title_response(intent: str) -> str:
    """The response that names an intent on a button."""
    return f"utter_meant_{intent}"
