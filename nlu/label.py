"""Writes messages that were not understood to a Rasa file for labelling: `make label`.

Products that were misread go to a second file (label_products.py).

Nothing is trained on the file until somebody has corrected it and moved it to data/nlu.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rasa.shared.nlu.training_data.loading import load_data

from nlu.label_products import find_misread, write_misread
from settings import ROOT, SettingsError, load_settings
from shop.customers import unclear
from storage import engine
from storage.embedded.errors import EmbeddedError
from storage.models import UnclearMessage
from storage.prepare import Unreachable, prepare_database

DIRECTORY = ROOT / "to_label"
LABELLED = ROOT / "data" / "nlu"

_MEANT = 'Chosen by the customers themselves, in "Did you mean".'
_GUESSED = (
    "Not understood: the intents are guesses. Move each line to where it belongs, or delete it."
)
# Brackets and braces would mark entities, and a text must be one line of YAML.
_NO_MARKS = str.maketrans({"[": "(", "]": ")", "{": "(", "}": ")"})


@dataclass(frozen=True)
class ToLabel:
    """A distinct text with its intent; `is_meant`: the customer chose the intent."""

    text: str
    intent: str
    is_meant: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the file and prints its path; returns 0, also if there is nothing to label."""
    parser = argparse.ArgumentParser(prog="nlu.label", description=__doc__)
    parser.add_argument("--all", action="store_true", help="also what was listed before")
    again = parser.parse_args(arguments).all
    try:
        prepare_database(engine.database_url(), with_backup=True)
    except (SettingsError, EmbeddedError, engine.MalformedUrl, Unreachable) as error:
        print(f"make label: {error}", file=sys.stderr)
        return 1
    with engine.session() as session:
        found = unclear.to_label(session, again=again)
        lines = distinct_texts(found, labelled_examples())
        path = write_label_file(lines, DIRECTORY) if lines else None
        unclear.mark_listed(session, found)
        misread = find_misread(session) if load_settings().keep_unclear_messages else []
    print(format_result(lines, path))
    if misread:
        listed = write_misread(misread, DIRECTORY).relative_to(ROOT)
        print(f"{len(misread)} words for products that were misread, with a remedy each: {listed}")
    return 0


def labelled_examples() -> set[str]:
    """The texts of data/nlu, as keys of `label_key`."""
    known = load_data(str(LABELLED)).training_examples
    return {label_key(str(example.get("text"))) for example in known}


def distinct_texts(messages: Iterable[UnclearMessage], known: set[str]) -> list[ToLabel]:
    """Each text that is not in `known`, with one intent: the one chosen, or else the guess."""
    ordered = sorted(messages, key=lambda message: message.meant is None)
    texts: dict[str, ToLabel] = {}
    for message in ordered:
        text = escape_text(message.text)
        if text and label_key(text) not in known:
            line = ToLabel(text, message.meant or message.guess, message.meant is not None)
            texts.setdefault(label_key(text), line)
    return list(texts.values())


def escape_text(text: str) -> str:
    """The text as one line, without the marks that have a meaning in Rasa's examples."""
    return " ".join("".join(filter(_is_seen, text.translate(_NO_MARKS))).split())


def label_key(text: str) -> str:
    """The key by which texts count as the same for labelling."""
    return " ".join(text.casefold().split())


def write_label_file(lines: Sequence[ToLabel], directory: Path) -> Path:
    """Writes a new Rasa NLU file into the directory, which is created if missing."""
    directory.mkdir(exist_ok=True)
    path = directory / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}.yml"
    path.write_text(label_document(lines), encoding="utf-8")
    return path


def label_document(lines: Sequence[ToLabel]) -> str:
    """The texts as Rasa NLU data: first those with a chosen intent, then the guesses."""
    parts = ['version: "3.1"', "nlu:"]
    for heading, is_meant in ((_MEANT, True), (_GUESSED, False)):
        group = [line for line in lines if line.is_meant is is_meant]
        parts += [f"  # {heading}"] if group else []
        for intent in sorted({line.intent for line in group}):
            parts += [f"  - intent: {intent}", "    examples: |"]
            parts += [f"      - {line.text}" for line in group if line.intent == intent]
    return "\n".join(parts) + "\n"


def format_result(lines: Sequence[ToLabel], path: Path | None) -> str:
    """The text that the command prints."""
    if path is None:
        return (
            "Nothing to label: what was not understood is an example in data/nlu, is listed "
            "already (python -m nlu.label --all lists it again), or was not kept "
            "(KEEP_UNCLEAR_MESSAGES)."
        )
    meant = sum(line.is_meant for line in lines)
    return (
        f"{len(lines)} to label, {meant} of them by the customers: {path.relative_to(ROOT)}\n"
        f"Correct it, move it to data/nlu, then: make check-data NEW=data/nlu/{path.name}, "
        "make train"
    )


def _is_seen(letter: str) -> bool:
    """Whether a character is printable or separates words."""
    return letter.isprintable() or letter.isspace() or letter in "\u200c\u200d"


if __name__ == "__main__":
    sys.exit(main())
