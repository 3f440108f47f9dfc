"""What a customer's message means to Rasa: an intent for a tap or keyword, else its text."""

import re

from connectors.whatsapp.contents import (
    Choice,
    Content,
    Reaction,
    Revoke,
    SystemNote,
    TemplateButton,
    Text,
    Welcome,
)
from shop import reply_ids
from shop.keywords import Keywords
from storage import engine

# A tap that leads nowhere any more, and what we cannot read.
UNREADABLE = "/unreadable"


class Meanings:
    """Reads messages as this shop's menus define them."""

    def __init__(self, keywords: Keywords) -> None:
        self._keywords = keywords

    def of(self, content: Content) -> str | None:
        """The text to hand to Rasa; None where no answer is due.

        Only taps and keywords become `/intent{...}`; what a customer types never does.
        """
        match content:
            case Choice(id=reply_id) | TemplateButton(payload=reply_id):
                return self._tap(reply_id)
            case Text(body=typed):
                keyword = self._keywords.meaning(typed)
                return keyword.as_text() if keyword else disarmed(typed)
            case Welcome():
                return "/greet"
            case Reaction() | Revoke() | SystemNote():
                return None
        return UNREADABLE

    def _tap(self, reply_id: str) -> str:
        with engine.session() as session:
            meaning = reply_ids.resolve(session, reply_id)
        return meaning.as_text() if meaning else UNREADABLE


def disarmed(typed: str) -> str:
    """Typed text that Rasa cannot take for `/intent{...}`, which it obeys after blanks too."""
    return re.sub(r"^[\s/]+", "", typed) or "?"
