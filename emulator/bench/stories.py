"""Writes a conversation as stories for `rasa test core` and `make test-stories`.

Each story's `metadata` has what was said, in the format of tests/journeys/stories.py.
"""

import json
from collections.abc import Sequence
from typing import Any

import yaml

from emulator.chat import Json, Message

# Slots that stories name although no form asks for them, since policies read them.
SEEN = ("step", "requested_slot")
_FORM = "active_loop"
# Stands in each line of a cart: "Coffee × 2 = ₹240".
_TIMES = "×"


class _Literal(str):
    """Text that YAML writes as a block, as Rasa's files do with what customers say."""


class _Dumper(yaml.SafeDumper):
    """A YAML writer that indents lists, as in the project's own files."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Literal, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def write_stories(name: str, turns: Sequence[tuple[Message, Json, list[Message]]]) -> str:
    """The turns as a file of stories: one per session, since a new session begins without slots.

    Each turn is the customer's message, its processing (turns.py) and the bubbles after it.
    """
    sessions: list[list[tuple[Message, Json, list[Message]]]] = [[]]
    for turn in turns:
        sessions[-1].append(turn)
        if any("session" in step for step in turn[1]["steps"]):
            sessions.append([])
    told = [session for session in sessions if session]
    names = [f"{name}, part {place}" for place in range(1, len(told) + 1)]
    stories = list(map(write_story, names if len(told) > 1 else [name], told))
    return yaml.dump(
        {"version": _Quoted("3.1"), "stories": stories},
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=1000,
    )


class _Quoted(str):
    """Text that YAML writes in quotes: Rasa requires a version that is text."""


_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def write_story(name: str, turns: Sequence[tuple[Message, Json, list[Message]]]) -> Json:
    """One story."""
    said: list[Json] = []
    steps: list[Json] = []
    known: Json = {}
    for message, turn, bubbles in turns:
        said.append(told(message, turn, bubbles))
        intent = turn["intent"]["name"]
        steps.append({"user": _Literal(f"{turn_words(turn)}\n"), "intent": intent})
        steps += steps_after(turn, known)
    return {"story": name, "metadata": {"turns": said}, "steps": steps}


def told(message: Message, turn: Json, bubbles: Sequence[Message]) -> Json:
    """The entry of `metadata` for a turn: what the customer did, and what the bubbles said."""
    lines = [line for bubble in bubbles for line in checked_lines(bubble)]
    entry: Json = {"says": lines[0] if len(lines) == 1 else lines} if lines else {"silent": True}
    if turn_words(turn).startswith("/") and message.type == "text":
        # Typed words that count as a tap: a menu's keyword, or "yes" to an offer.
        entry["does"] = {"text": message.content["body"]}
    elif message.type not in ("text", "interactive", "button"):
        entry["does"] = {"message": {"type": message.type, message.type: message.content}}
    return entry


def checked_lines(bubble: Message) -> list[str]:
    """The lines that a replay must have again: the first one, and what is in the cart. Others have
    numbers and times that differ each time."""
    text = str(bubble.as_json()["text"]).strip()
    first, *others = text.split("\n")
    return [first, *(line.strip() for line in others if _TIMES in line)] if text else []


def turn_words(turn: Json) -> str:
    """What the customer said as Rasa's stories write it: marked words, or `/intent{...}`."""
    text, intent = turn["text"] or "", turn["intent"]["name"]
    likeliest = turn["ranking"][0]["name"] if turn["ranking"] else None
    if text.startswith(f"/{intent}"):
        return str(text)
    if text.startswith("/") or not text.strip() or likeliest != intent:
        return payload(intent, turn["entities"])
    return marked(text, turn["entities"])


def payload(intent: str, entities: Sequence[Json]) -> str:
    """`/new_order{"product": "coffee"}`; entities that are no plain values are left out."""
    values = {e["entity"]: e["value"] for e in entities if isinstance(e["value"], str | int)}
    return f"/{intent}{json.dumps(values, ensure_ascii=False) if values else ''}"


def marked(text: str, entities: Sequence[Json]) -> str:
    """The text with its entities marked; of two that overlap, the longer one."""
    placed = [e for e in entities if "start" in e and e.get("end", 0) > e["start"]]
    end = len(text)
    for entity in sorted(placed, key=lambda e: (-e["start"], -e["end"])):
        if entity["end"] > end:
            continue
        words = text[entity["start"] : entity["end"]]
        text = f"{text[: entity['start']]}[{words}]{mark(entity)}{text[entity['end'] :]}"
        end = entity["start"]
    return text.replace("\n", " ")


def mark(entity: Json) -> str:
    """`{"entity": "product", "value": "coffee", "group": "1"}`."""
    told = {"entity": entity["entity"], "value": str(entity["value"])}
    more = {key: str(entity[key]) for key in ("role", "group") if entity.get(key)}
    return json.dumps(told | more, ensure_ascii=False)


def steps_after(turn: Json, known: Json) -> list[Json]:
    """The story's steps after a message: actions, forms, and slots that policies read.

    known: the form and slots that the story has named so far; only changes become steps.
    """
    steps: list[Json] = []
    for step in turn["steps"]:
        if "action" in step:
            steps.append({"action": step["action"]})
        elif "form" in step and known.get(_FORM) != step["form"]:
            known[_FORM] = step["form"]
            steps.append({"active_loop": step["form"]})
        elif "slot" in step and step["slot"] in {*SEEN, *known}:
            steps += slot_step(steps, step["slot"], step["value"], known)
    return steps


def slot_step(steps: list[Json], name: str, value: Any, known: Json) -> list[Json]:
    """The steps with one more slot, joined to a preceding step of slots or as a step of its own."""
    plain = value.get("text") if isinstance(value, dict) else value
    if known.get(name) == plain:
        return []
    known[name] = plain
    if name == "requested_slot" and plain:
        # A form asks for this slot, so its changes are steps from now on.
        known.setdefault(plain, None)
    if steps and "slot_was_set" in steps[-1]:
        steps[-1]["slot_was_set"].append({name: plain})
        return []
    return [{"slot_was_set": [{name: plain}]}]
