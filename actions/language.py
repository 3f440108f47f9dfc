"""Changes the language on request; spoken_language.py detects the written one."""

from rasa_sdk.events import EventType, SlotSet

from actions.questions import ask_again
from actions.turn import ShopAction, Turn
from shop.language import languages


class ChangeLanguage(ShopAction):
    """Remembers the language that was asked for; from the next action on, it is spoken."""

    called = "action_change_language"

    def act(self, turn: Turn) -> list[EventType]:
        asked = requested_language(turn)
        if asked is None:
            return []
        if turn.customer:
            turn.customer.language = asked
        return [SlotSet("language", asked)]


class SpeakLanguage(ShopAction):
    """Says in the new language that it is spoken now; asks which one where none was named."""

    called = "action_speak_language"

    def act(self, turn: Turn) -> list[EventType]:
        if requested_language(turn) is None:
            turn.say("utter_which_language")
            return []
        turn.say("utter_language_changed")
        return ask_again(turn)


def requested_language(turn: Turn) -> str | None:
    """The language that was tapped or named, if we speak it."""
    named = turn.entity("language") or turn.signs.value("language")
    return named if named in languages.served_languages() else None
