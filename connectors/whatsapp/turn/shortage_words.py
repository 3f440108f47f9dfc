"""Reads typed answers to the question about what ran out, while it is our last message."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.decided import Parsed, decide_intent
from connectors.whatsapp.turn import late
from connectors.whatsapp.turn.turn import Turn
from shop.language.signs import Signs
from shop.orders.shortages.lines import product_of
from shop.orders.shortages.question import CANCEL, WITHOUT
from shop.support.waiting import UNSAID
from storage.models import Shortage, WhatsappMessage

INTENT = "answer_shortage"
_AGAIN = "again"
# Longer messages say something of their own.
_MOST_WORDS = 7
_ASKED = re.compile(r'"shortage:([0-9]{1,18}):')
# Neither of them says which of the answers.
_NEITHER = ("affirm", "deny")
# A number beside a product is an order of its own.
_THINGS = ("product", "candidates", "quantity")


def answer_in_words(turn: Turn, parsed: Parsed) -> Parsed:
    """The parsed message; as an answer to the question if its words are one."""
    typed = turn.claim.content if turn.claim.message_type == "text" else None
    is_brief = typed and len(typed.split()) <= _MOST_WORDS
    is_asked = "shortage" in turn.start.open_matters
    if not (is_asked and typed and is_brief) or late.is_late(turn):
        return parsed
    shortage = _asked_last(turn)
    answer = shortage and read_shortage_answer(turn.unit.session, shortage, parsed)
    if not shortage or not answer:
        return parsed
    said = {"entity": "shortage", "value": f"{shortage.id}:{answer}", "start": 0, "end": 0}
    return decide_intent(parsed, INTENT, entities=[said])


def _asked_last(turn: Turn) -> Shortage | None:
    """The open question in our last message to the customer."""
    message = WhatsappMessage
    query = select(message.payload).where(
        message.customer_id == turn.claim.customer_id,
        message.direction == "outgoing",
        message.status.not_in(UNSAID),
    )
    session = turn.unit.session
    payload = session.scalars(query.order_by(message.id.desc()).limit(1)).first()
    found = _ASKED.search(json.dumps(payload))
    shortage = session.get(Shortage, int(found[1])) if found else None
    return shortage if shortage and shortage.state == "open" else None


def read_shortage_answer(
    session: Session, shortage: Shortage, parsed: Mapping[str, Any]
) -> str | None:
    """The answer that the words give; "again" if they are unclear, None if they mean something
    else."""
    signs = Signs.of_message(parsed)
    things = [one for one in parsed.get("entities", []) if one["entity"] in _THINGS]
    if any(one["entity"] != "product" for one in things):
        return None
    if sku := _named(signs, things):
        return _answer_with(session, sku, shortage, signs)
    return None if things else _answer_without(shortage, signs, parsed)


def _answer_without(shortage: Shortage, signs: Signs, parsed: Mapping[str, Any]) -> str | None:
    """The answer in words that name no product."""
    if signs.has("goes_without"):
        return WITHOUT
    if signs.has("calls_off"):
        return CANCEL
    if signs.has("swaps_it"):
        return "swap1" if len(shortage.offered) == 1 else _AGAIN
    is_unclear = signs.has("takes_it") or signs.has("asks_why")
    return _AGAIN if is_unclear or parsed["intent"].get("name") in _NEITHER else None


def _named(signs: Signs, products: list[dict[str, Any]]) -> str | None:
    """The product that the answer names: the only one, or the one beside the product that ran out;
    None without one."""
    named = [(one["start"], str(one["value"])) for one in products]
    named += [(one.start, str(one.value)) for one in signs.named("mentioned")]
    taken = signs.first("takes_it")
    if len(named) == 1:
        return named[0][1] if products or taken else None
    return next((sku for at, sku in named if taken and taken.start <= at < taken.end), None)


def _answer_with(session: Session, sku: str, shortage: Shortage, signs: Signs) -> str | None:
    """The answer in words that name one product: "tea instead", "without the coffee"."""
    if sku == product_of(session, shortage):
        return WITHOUT if signs.has("goes_without") or signs.has("calls_off") else None
    offered = [item["product"] for item in shortage.offered]
    if sku in offered and signs.has("takes_it"):
        return f"swap{offered.index(sku) + 1}"
    return None
