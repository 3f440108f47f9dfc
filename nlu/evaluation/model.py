"""Runs a trained model on messages."""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import unpack_archive
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.engine.exceptions import GraphSchemaException
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.exceptions import RasaException

from nlu.evaluation.messages import Expected, Line, read_order_lines
from nlu.intents.intent_model import OUT_OF_SCOPE
from nlu.intents.understanding import ARRAYS, Understanding
from nlu.sentence.sentence_model import sentence_model

_MILLISECONDS = 1000.0


class NotOfThisCode(Exception):
    """The model was trained by other code and cannot be loaded."""


# Entities that the splits are not labelled with; tests/nlu/address_messages.yml measures them.
_NOT_LABELLED = {"address", "fulfilment", "table_number", "time"}


@dataclass(frozen=True)
class Answer:
    """A model's answer to a message.

    intent: what it acts on, None if it does not act.
    best: the likeliest of our intents; confidence: its probability.
    likely: the intents that it asks about. milliseconds: the time it took.
    """

    intent: str | None
    best: str
    confidence: float
    likely: tuple[str, ...]
    lines: tuple[Line, ...]
    loose: tuple[tuple[str, str], ...]
    milliseconds: float

    @property
    def entities(self) -> set[tuple[str, str]]:
        """Every entity as name and value; a line is two of them, product and quantity."""
        pairs = [("product", sku) for sku, _ in self.lines]
        pairs += [("quantity", str(number)) for _, number in self.lines if number is not None]
        return set(pairs) | set(self.loose)


@dataclass(frozen=True)
class Asked:
    """A model's answers, how long it took to load, and its thresholds: reject and act."""

    answers: list[Answer]
    seconds_to_load: float
    bands: tuple[float, float]


def ask_model(model: Path, messages: Sequence[Expected]) -> Asked:
    """Asks a model each message; the first one twice, to warm up.

    Raises:
        NotOfThisCode: the model does not fit the components as they are now.
    """
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    began = time.perf_counter()
    sentence_model.cache_clear()  # its cache of sentences would outlive a model
    try:
        bands = _bands(model)
        began = time.perf_counter()
        agent = Agent.load(str(model))
        loaded = time.perf_counter() - began
        return Asked(asyncio.run(_ask_all(agent, messages)), loaded, bands)
    except (RasaException, GraphSchemaException, KeyError, ValueError) as error:
        raise NotOfThisCode(f"{model.name}: {type(error).__name__}") from error


async def _ask_all(agent: Agent, messages: Sequence[Expected]) -> list[Answer]:
    await agent.parse_message(messages[0].text)
    answers = []
    for message in messages:
        began = time.perf_counter()
        parsed = await agent.parse_message(message.text)
        milliseconds = (time.perf_counter() - began) * _MILLISECONDS
        answers.append(_answer(parsed, milliseconds))
    return answers


def _bands(model: Path) -> tuple[float, float]:
    """The thresholds, reject and act, that the training stored with the model.

    Raises:
        KeyError: the model has no thresholds.
    """
    # Not `extractall` with a filter, which Debian 12's Python 3.11.2 has not; the model is ours.
    with TemporaryDirectory() as directory:
        unpack_archive(model, directory)
        for file in Path(directory).rglob(ARRAYS):
            return Understanding.load(file.parent).gate.bands
    raise KeyError(ARRAYS)


def _answer(parsed: dict[str, Any], milliseconds: float) -> Answer:
    ranking = parsed.get("intent_ranking") or [parsed["intent"]]
    ours = [rank for rank in ranking if rank["name"] not in {FALLBACK, OUT_OF_SCOPE}]
    best: dict[str, Any] = ours[0] if ours else {"name": OUT_OF_SCOPE, "confidence": 0.0}
    name = parsed["intent"]["name"]
    return Answer(
        None if name in {FALLBACK, OUT_OF_SCOPE} else name,
        best["name"],
        float(best["confidence"]),
        tuple(parsed.get("understanding", {}).get("likely", ())),
        read_order_lines(parsed["entities"]),
        tuple((e["entity"], str(e["value"])) for e in _labelled(parsed["entities"])),
        milliseconds,
    )


def _labelled(entities: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entities outside lines, without those that the splits are not labelled with."""
    return [e for e in entities if "group" not in e and e["entity"] not in _NOT_LABELLED]
