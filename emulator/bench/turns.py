"""Collects how the shop processed one message, for the page and for stories."""

from collections.abc import Iterator, Sequence
from typing import Any

from emulator.bench.database import Shop
from emulator.bench.rules import followed_rules
from emulator.chat import Json

GUESSES = 5
# Rasa's own actions, which begin and end every turn.
OF_RASA = {"action_listen", "action_session_start"}
STATUSES_AT_THE_END = {"processed", "failed", "dead"}


async def read_turn(shop: Shop, message_id: str) -> Json | None:
    """The turn of a message; None while the shop has not processed it."""
    message = await shop.message(message_id)
    if message is None or message["status"] not in STATUSES_AT_THE_END:
        return None
    before, events = await shop.events(message, message_id)
    seconds = (message["updated_at"] - message["created_at"]).total_seconds()
    return {
        "message": message_id,
        "status": message["status"],
        "seconds": round(seconds, 3),
        **understood(events),
        "steps": list(read_turn_steps(events)),
        "rules": followed_rules(as_rule_steps(events)),
        "slots": slots_after([*before, *events]),
        "state": await shop.state(message),
        "rows": await shop.written(message, message_id),
    }


def understood(events: Sequence[Json]) -> Json:
    """How the message was understood: text, intent, ranking, entities, band, and which pattern
    decided it (`by`, None for the classifier)."""
    if not events:
        # Processed without Rasa: a person has the conversation, or there were too many messages.
        return {"text": "", "intent": None, "ranking": [], "entities": [], "band": None, "by": None}
    parsed = events[0]["parse_data"]
    return {
        "text": events[0]["text"],
        "intent": parsed["intent"],
        "ranking": parsed.get("intent_ranking", [])[:GUESSES],
        "entities": parsed.get("entities", []),
        "band": (parsed.get("understanding") or {}).get("band"),
        "by": (parsed.get("understanding") or {}).get("by"),
    }


def read_turn_steps(events: Sequence[Json]) -> Iterator[Json]:
    """The actions, forms and slots that followed, in order."""
    for event in events[1:]:
        match event["event"]:
            case "action" if event["name"] not in OF_RASA:
                policy, sure = event.get("policy"), event.get("confidence")
                yield {"action": event["name"], "policy": policy, "confidence": sure}
            case "active_loop":
                yield {"form": event["name"]}
            case "slot":
                yield {"slot": event["name"], "value": event["value"]}
            case "session_started":
                yield {"session": "a new one begins"}
            case "rewind" | "undo" | "action_execution_rejected":
                yield {"event": event["event"]}


def as_rule_steps(events: Sequence[Json]) -> list[tuple[str, Any]]:
    """The turn's steps in the form of a rule's steps."""
    if not events:
        return []
    steps: list[tuple[str, Any]] = [("intent", events[0]["parse_data"]["intent"]["name"])]
    for step in read_turn_steps(events):
        if "action" in step:
            steps.append(("action", step["action"]))
        elif "form" in step:
            steps.append(("active_loop", step["form"]))
        elif "slot" in step:
            steps.append(("slot", (step["slot"], step["value"])))
    return steps


def slots_after(events: Sequence[Json]) -> Json:
    """The slots that are filled after the events; a new session begins with none."""
    slots: Json = {}
    for event in events:
        if event["event"] == "session_started":
            slots = {}
        elif event["event"] == "slot":
            slots[event["name"]] = event["value"]
    return {name: value for name, value in slots.items() if value is not None}
