"""Messages of staff to a customer: any text inside the 24 hours, else by template."""

from datetime import datetime

from settings.errors import DocstringError
from shop.whatsapp import bodies, service_window
from shop.whatsapp.bodies import Body, Template
from shop.whatsapp.limits import CAPTION, TEXT_BODY
from storage.models import Order, UserProfile

LONGEST = TEXT_BODY.maximum
LONGEST_CAPTION = CAPTION.maximum
# Meta takes 1024 characters for a template with all its parameters; its own words need some.
LONGEST_IN_TEMPLATE = 600


class Unsent(DocstringError):
    """These words cannot go to the customer; the class says why."""


class NothingWritten(Unsent):
    """Nothing is written yet."""


class TooLong(Unsent):
    """This is too long for one message: write two."""


class WindowClosed(Unsent):
    """24 hours have passed since the customer wrote: WhatsApp takes only templates now."""


class NoTemplate(Unsent):
    """No template is set that could be sent instead."""


class Unwelcome(Unsent):
    """The customer asked us to stop writing."""


def free_message(customer: UserProfile, words: str, now: datetime) -> Body:
    """The body of a text message.

    Raises:
        Unsent
    """
    check_window(customer, now)
    return bodies.text_body(_checked(words, LONGEST))


def check_window(customer: UserProfile, now: datetime) -> None:
    """Raises WindowClosed if WhatsApp accepts only templates for the customer now."""
    if not service_window.is_window_open(customer, now):
        raise WindowClosed


def checked_caption(words: str) -> str:
    """A picture's caption, checked; may be empty.

    Raises:
        Unsent
    """
    return _checked(words, LONGEST_CAPTION) if words.strip() else ""


def template_message(
    order: Order,
    words: str,
    template: Template | None,
    *,
    is_welcome: bool,
) -> Body:
    """The body that sends the words as news of one of the customer's orders, by template.

    `is_welcome` is what `consents.is_news_welcome` says.

    Raises:
        Unsent
    """
    if template is None:
        raise NoTemplate
    if not is_welcome:
        raise Unwelcome
    return bodies.template_body(template, order.order_id, _checked(words, LONGEST_IN_TEMPLATE))


def written_words(body: Body) -> str:
    """The text of a message of staff; a picture without a caption is named as such."""
    content = body[body["type"]]
    if body["type"] == "template":
        return str(content["components"][0]["parameters"][-1]["text"])
    return str(content.get("body") or content.get("caption") or "🖼️")


def _checked(words: str, longest: int) -> str:
    words = words.strip()
    if not words:
        raise NothingWritten
    if len(words) > longest:
        raise TooLong
    return words
