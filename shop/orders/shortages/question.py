"""The question about a line that ran out: its words, and what can be tapped below them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from shop.carts.lines import name_line, options_of_item
from shop.language.responses import format_response
from shop.orders.shortages.lines import PlacedLine
from shop.orders.shortages.replacements import price_of
from shop.products.money import format_rupees
from shop.whatsapp import limits
from shop.whatsapp.building import Interactive, button_message, list_message
from shop.whatsapp.fitting import cut_text
from storage.models import Order

WITHOUT, CANCEL = "without", "cancel"


@dataclass(frozen=True)
class Tap:
    """An answer to tap on; `detail` stands below it in a list."""

    reply_id: str
    title: str
    detail: str


@dataclass(frozen=True)
class Question:
    """The text and the answers; as a list, `button` opens them and `title` is above them."""

    words: str
    taps: tuple[Tap, ...]
    button: str
    title: str

    def as_interactive(self) -> Interactive:
        """Buttons where they fit, else a list, within Meta's limits."""
        body = cut_text(self.words, limits.INTERACTIVE_BODY)
        is_brief = all(limits.BUTTON_TITLE.fits(tap.title) for tap in self.taps)
        if is_brief and len(self.taps) <= limits.BUTTONS.maximum:
            return button_message(body, [(tap.reply_id, tap.title) for tap in self.taps])
        rows = [
            (
                tap.reply_id,
                cut_text(tap.title, limits.ROW_TITLE),
                cut_text(tap.detail, limits.ROW_DESCRIPTION),
            )
            for tap in self.taps
        ]
        button = cut_text(self.button, limits.LIST_BUTTON)
        return list_message(body, button, {cut_text(self.title, limits.SECTION_TITLE): rows})


@dataclass(frozen=True)
class Asked:
    """The data of a question: the shortage's `number`, `offered` in the form of order items."""

    number: int
    order: Order
    line: PlacedLine
    offered: list[dict[str, Any]]
    language: str | None

    @property
    def is_all(self) -> bool:
        """Whether the order has no other line."""
        return len(self.order.items) == 1

    def word(self, name: str, **values: str) -> str:
        return format_response(f"utter_word_shortage_{name}", self.language, **values)


def build_question(asked: Asked) -> Question:
    """The question for the customer about a line that ran out."""
    values = {"order_number": asked.order.order_id, "product": asked.line.said}
    details = list(_details(asked))
    if details:
        lines = "\n".join(f"• {detail}" for detail in details)
        words = format_response("utter_shortage", asked.language, **values, lines=lines)
    else:
        words = format_response("utter_shortage_bare", asked.language, **values)
    button = format_response("utter_word_choose", asked.language)
    return Question(words, tuple(_taps(asked)), button, asked.order.order_id)


def build_last_question(asked: Asked) -> Question:
    """Whether to cancel the order, whose only line ran out."""
    values = {"order_number": asked.order.order_id, "product": asked.line.said}
    words = format_response("utter_shortage_all", asked.language, **values)
    question = build_question(asked)
    taps = [tap for tap in question.taps if not tap.reply_id.endswith(WITHOUT)]
    return replace(question, words=words, taps=(taps[-1], *taps[:-1]))


def _taps(asked: Asked) -> Iterator[Tap]:
    nothing = asked.word("pays_nothing")
    left = nothing if asked.is_all else _in_all(asked, -asked.line.total)
    yield Tap(_id(asked, WITHOUT), asked.word("without"), left)
    for place, item in enumerate(asked.offered, start=1):
        more = price_of(item) - asked.line.total
        title = asked.word("swap", product=item["product_name"])
        detail = f"{_difference(asked, more)}, {_in_all(asked, more)}"
        yield Tap(_id(asked, f"swap{place}"), title, detail)
    yield Tap(_id(asked, CANCEL), asked.word("cancel"), nothing)


def _details(asked: Asked) -> Iterator[str]:
    """What each answer would cost, where its button does not say so."""
    if not asked.is_all:
        total = format_rupees(asked.order.total - asked.line.total)
        yield asked.word("left", total=total)
    for item in asked.offered:
        name = name_line(item["product_name"], options=options_of_item(item))
        difference = _difference(asked, price_of(item) - asked.line.total)
        product = f"{name} × {item['quantity']}"
        yield asked.word("instead", product=product, difference=difference)


def _in_all(asked: Asked, more: Decimal) -> str:
    return asked.word("in_all", total=format_rupees(asked.order.total + more))


def _difference(asked: Asked, more: Decimal) -> str:
    if not more:
        return asked.word("same")
    return asked.word("more" if more > 0 else "less", amount=format_rupees(abs(more)))


def _id(asked: Asked, answer: str) -> str:
    return f"shortage:{asked.number}:{answer}"
