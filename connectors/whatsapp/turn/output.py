"""Rasa's output channel: collects the replies in the turn; sends nothing itself."""

from typing import Any

from rasa.core.channels.channel import OutputChannel

from connectors.whatsapp.messages.speech import Bubble, Option
from connectors.whatsapp.turn.turn import Turn
from shop.language.responses import format_response
from shop.menus import reply_ids


class WhatsAppOutput(OutputChannel):
    """Adds bubbles to the turn; the tracker store commits them with it."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    @classmethod
    def name(cls) -> str:
        return "whatsapp"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Adds one response of Rasa: text, buttons, image, or a menu under `custom`."""
        menu = message.get("custom") or {}
        interactive = menu.get("interactive")
        # A list names its own button; buttons that become a list do not.
        named = isinstance(interactive, dict) and interactive.get("type") == "list"
        self._turn.said.append(
            Bubble(
                text=message.get("text") or "",
                options=[button_option(button) for button in message.get("buttons") or []],
                list_button=None if named else self._word_of("choose"),
                image=message.get("image"),
                interactive=interactive,
                more=menu.get("name"),
                more_title=self._word_of("more"),
                page=menu.get("page", 1),
            )
        )

    def _word_of(self, name: str) -> str:
        return format_response(f"utter_word_{name}", self._turn.language)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        self._turn.said.append(Bubble(text=text))


def button_option(button: dict[str, Any]) -> Option:
    """A response's button as an option: its payload becomes the reply id; with a description it is
    a row."""
    reply_id = reply_ids.of_payload(button["payload"])
    return Option(id=reply_id, title=button["title"], description=button.get("description"))
