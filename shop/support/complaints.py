"""Whether a complaint describes what happened, or only that something did (complaints.yml)."""

import re
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("complaints.yml")

# Shorter complaints always get a question.
_FEWEST_WORDS = 4
_FEWEST_TELLING = 2

# `\w` lacks the vowel signs of Devanagari.
_WORD = re.compile(r"(?:\w|[\u0900-\u0963'])+")


def tells_what_happened(text: str) -> bool:
    """`I was charged twice` does; `there is a problem with the payment` is to be asked for more."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    telling = [word for word in words if word not in _bare()]
    return len(words) >= _FEWEST_WORDS and len(telling) >= _FEWEST_TELLING


@cache
def _bare() -> frozenset[str]:
    return frozenset(yaml.safe_load(FILE.read_text(encoding="utf-8"))["bare"].split())
