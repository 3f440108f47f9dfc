"""Messages that the model in use is not sure about: which ones these are, training decides anew."""

import asyncio
import logging
import threading
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.model import get_latest_model

from settings import ROOT

Parsed = dict[str, Any]

QUESTIONS = {
    "faq_hours", "faq_delivery", "faq_location", "faq_payment", "faq_price", "faq_ingredients"
}  # fmt: skip
_understanding = threading.Lock()

FIRST = {
    "en": """the guy with the|i heard about|my friend had|remember the|tell me about|why|any|my
        |who made the|somebody said|thoda|kuch|please the|about|the other|and the|so the
        |i want to talk about|then the|kya|they told me|no idea of the|only the|with my|hmm the
        |Coffee why|Coffee my|Coffee hmm the|Coffee they told me
        |Coffee somebody said|Coffee so the""",
    "hi": "जल्दी|थोड़ा|मेरा|वो|कुछ|भाई|आपका|हमारा|सुनो|क्या|अरे",
}
LAST = {
    "en": """jaldi|bill|delivery|thing|payment and delivery|order thing|time|place|money part|rider
        |menu prices|card and cash|problem|address part|online pay|rate card|change|phone
        |coffee and samosa|coffee and samosa in my country
        |coffee and samosa he said|coffee and samosa yaar""",
    "hi": "करो|बिल|वाला|डिलीवरी|समय|पैसा|बात|सामान|दुकान|ऑर्डर|मदद|रेट",
}


def asks(fits: Callable[[Parsed], bool] = bool, language: str = "en") -> str:
    """A message that is asked about ("Did you mean") and fits."""
    with _understanding:
        candidates = understood(language)
    for parsed in candidates:
        if parsed["understanding"]["band"] == "ask" and fits(parsed):
            return str(parsed["text"])
    raise AssertionError("the model is sure about all candidates: think of others")


def guesses(parsed: Parsed) -> list[str]:
    return list(parsed["understanding"]["likely"])


def asks_a_question(parsed: Parsed) -> bool:
    """Whether it is most likely one of the common questions, which every step goes on after."""
    return guesses(parsed)[0] in QUESTIONS and not products(parsed)


def products(parsed: Parsed) -> set[str]:
    return {entity["value"] for entity in parsed["entities"] if entity["entity"] == "product"}


@cache
def understood(language: str) -> tuple[Parsed, ...]:
    """What the newest model makes of every candidate."""
    parts = ([part.strip() for part in each[language].split("|")] for each in (FIRST, LAST))
    texts = [" ".join(chosen) for chosen in product(*parts)]
    return tuple(asyncio.run(_parse(texts)))


async def _parse(texts: list[str]) -> list[Parsed]:
    return [await _agent().parse_message(text) for text in texts]


@cache
def _agent() -> Agent:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    return Agent.load(str(get_latest_model(ROOT / "models")))
