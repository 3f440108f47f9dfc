"""Reads an answer to "when?" as a time, also where the same words mean something else elsewhere."""

import json
from collections.abc import Mapping
from typing import Any

from connectors.decided import Parsed, decide_intent
from shop.language.signs import Signs
from shop.steps import steps
from shop.steps.step import Step

INTENT = "choose_time"
# What the same words were read as.
_OF_THE_TIME = {"time", "quantity"}


def as_time_answer(parsed: Mapping[str, Any], step: Step) -> Parsed:
    """The parsed message; with a time's intent if a time is asked for and the message is only a
    time."""
    said = Signs.of_message(parsed).value("time_answer")
    if step is not steps.TIME_CHOICE or said is None:
        return dict(parsed)
    time = {"entity": "time", "value": json.loads(said), "start": 0, "end": len(parsed["text"])}
    others = [one for one in parsed["entities"] if one["entity"] not in _OF_THE_TIME]
    return decide_intent(parsed, INTENT, entities=[*others, time])
