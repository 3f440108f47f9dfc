"""What was understood of a message, where something else than the model decides its intent."""

from collections.abc import Mapping, Sequence
from typing import Any

Parsed = dict[str, Any]


def decide_intent(
    parsed: Mapping[str, Any], name: str, *others: Mapping[str, Any], entities: Sequence[Any] = ()
) -> Parsed:
    """What was parsed, with this intent for certain.

    others: what else stands in its ranking; entities: in the place of those that were read, if any.
    """
    intent = {"name": name, "confidence": 1.0}
    return {
        **parsed,
        "intent": intent,
        "intent_ranking": [intent, *others],
        "understanding": {"band": "act", "likely": []},
        **({"entities": [*entities]} if entities else {}),
    }
