"""`make check-data`: what is wrong with the training data, before anything is trained."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nlu.checks.leaks import SPLITS, find_leaks, read_texts, report_leaks
from nlu.checks.lines import training_lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Says which messages of the test splits the training data holds."""
    parser = argparse.ArgumentParser(prog="python -m nlu.checks", description=__doc__)
    parser.add_argument(
        "--leaks", type=Path, metavar="SPLIT", help=f"list them, of one of {SPLITS}"
    )
    options = parser.parse_args(arguments)
    if options.leaks:
        for leak in find_leaks(read_texts(options.leaks), training_lines()):
            print(f"{leak.kind:12}{leak.message!r:60} {leak.line.intent}: {leak.line.text!r}")
        return 0
    print("Messages of the splits that stand in the training data:")
    print(*report_leaks(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
