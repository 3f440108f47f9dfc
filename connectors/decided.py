"""Sets a message's intent where our own rules decide it, not the model."""

from collections.abc import Mapping, Sequence
from typing import Any

Parsed = dict[str, Any]


def decide_intent(
    parsed: Mapping[str, Any], name: str, *others: Mapping[str, Any], entities: Sequence[Any] = ()
) -> Parsed:
    """The parsed message with this intent at full confidence.

    others: the further intents of the ranking. entities: replace those that were read, if given.
    """
    intent = {"name": name, "confidence": 1.0}
    return {
        **parsed,
        "intent": intent,
        "intent_ranking": [intent, *others],
        "understanding": {"band": "act", "likely": []},
        **({"entities": [*entities]} if entities else {}),
    }
