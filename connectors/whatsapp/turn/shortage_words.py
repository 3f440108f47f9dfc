"""Typed answers to the question about what ran out, while it is the last thing that we said."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from connectors.whatsapp.turn import late
from connectors.whatsapp.turn.turn import Turn
from shop.language.signs import Signs
from shop.orders.shortages.lines import product_of
from shop.orders.shortages.question import CANCEL, WITHOUT
from shop.support.waiting import UNSAID
from storage.models import Shortage, WhatsappMessage

Parsed = dict[str, Any]

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
    """What was understood; as an answer to the question, where the words are one."""
    typed = turn.claim.content if turn.claim.message_type == "text" else None
    is_brief = typed and len(typed.split()) <= _MOST_WORDS
    is_asked = "shortage" in turn.start.open_matters
    if not (is_asked and typed and is_brief) or late.is_late(turn):
        return parsed
    shortage = _asked_last(turn)
    answer = shortage and _answer_of(turn, shortage, parsed)
    if not shortage or not answer:
        return parsed
    intent = {"name": INTENT, "confidence": 1.0}
    said = {"entity": "shortage", "value": f"{shortage.id}:{answer}", "start": 0, "end": 0}
    return {
        **parsed,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [said],
        "understanding": {"band": "act", "likely": []},
    }


def _asked_last(turn: Turn) -> Shortage | None:
    """The open question that our last message to the customer asks."""
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


def _answer_of(turn: Turn, shortage: Shortage, parsed: Mapping[str, Any]) -> str | None:
    signs = Signs.of_message(parsed)
    products = [one for one in parsed.get("entities", []) if one["entity"] in _THINGS]
    if len(products) == 1 and products[0]["entity"] == "product":
        return _answer_with(turn, products[0]["value"], shortage, signs)
    if products:
        return None
    if signs.has("goes_without"):
        return WITHOUT
    if signs.has("calls_off"):
        return CANCEL
    if signs.has("swaps_it"):
        return "swap1" if len(shortage.offered) == 1 else _AGAIN
    return _AGAIN if parsed["intent"].get("name") in _NEITHER else None


def _answer_with(turn: Turn, sku: str, shortage: Shortage, signs: Signs) -> str | None:
    """The answer in words that name one product: "tea instead", "without the coffee"."""
    if sku == product_of(turn.unit.session, shortage):
        return WITHOUT if signs.has("goes_without") or signs.has("calls_off") else None
    offered = [item["product"] for item in shortage.offered]
    if sku in offered and signs.has("takes_it"):
        return f"swap{offered.index(sku) + 1}"
    return None
