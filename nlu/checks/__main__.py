"""`make check-data`: prints what is wrong with the training data."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from nlu.checks.all_lines import check_all_lines
from nlu.checks.leaks import SPLITS, find_leaks, read_texts, report_leaks
from nlu.checks.lines import training_lines
from nlu.checks.new_lines import check_new_lines
from settings import ROOT
from shop.language.languages import name_of_language
from shop.language.responses import missing_responses, read_responses

RESPONSES = ROOT / "data" / "responses"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints which test messages the training data holds, or which lines new ones contradict."""
    parser = argparse.ArgumentParser(prog="python -m nlu.checks", description=__doc__)
    parser.add_argument(
        "--leaks", type=Path, metavar="SPLIT", help=f"list them, of one of {SPLITS}"
    )
    parser.add_argument(
        "--new", type=Path, nargs="+", metavar="FILE", help="Rasa NLU files with lines to be added"
    )
    parser.add_argument(
        "--all", action="store_true", help="which of all lines mean what another intent has"
    )
    parser.add_argument("--language", metavar="CODE", help="what is not said in this language")
    options = parser.parse_args(arguments)
    if options.language:
        return list_missing(options.language)
    if options.new:
        return check_new_lines(options.new, training_lines())
    if options.all:
        return check_all_lines(training_lines())
    if options.leaks:
        for leak in find_leaks(read_texts(options.leaks), training_lines()):
            print(f"{leak.kind:12}{leak.message!r:60} {leak.line.intent}: {leak.line.text!r}")
        return 0
    print("Messages of the splits that stand in the training data:")
    print(*report_leaks(), sep="\n")
    return 0


def list_missing(code: str) -> int:
    """Prints the responses that a language lacks, file by file; they are sent in English."""
    missing, all_of_them = set(missing_responses(code)), read_responses()
    for file in sorted(RESPONSES.glob("*.yml")):
        names = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
        if lacking := [name for name in names if name in missing]:
            print(f"{file.name}: {len(lacking)} of {len(names)}", *lacking, sep="\n  ")
    said = len(all_of_them) - len(missing)
    print(f"{said} of {len(all_of_them)} responses are said in {name_of_language(code)}.")
    return 0


if __name__ == "__main__":
    # Whoever reads the list may stop before its end: `make check-data IN=ta | head`.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
