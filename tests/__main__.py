"""`make test`: every stage, what fails cheapest first."""

import asyncio
import os
import sys

from tests.stages import Stage, outcome

TRAIN = "rasa train"
JOURNEYS = "tests/journeys"
CRASHES = f"{JOURNEYS}/test_crashes.py"
# Half of the others by their time, on a stack of their own.
HALF = [
    f"{JOURNEYS}/test_{name}.py"
    for name in ("console", "fallback", "interrupts", "make_run", "menus", "rush", "stories")
]

STAGES = (
    Stage("make --no-print-directory lint"),
    Stage("pytest tests/unit"),
    Stage("rasa data validate --fail-on-warnings"),
    Stage(TRAIN),
    Stage("pytest tests/integration"),
    Stage("rasa test --fail-on-prediction-errors", after=TRAIN),
    Stage("pytest tests/commands", after=TRAIN),
    Stage(f"pytest {CRASHES}", after=TRAIN),
    Stage(f"pytest {JOURNEYS} --ignore {' --ignore '.join([CRASHES, *HALF])}", after=TRAIN),
    Stage(f"pytest {' '.join(HALF)}", after=TRAIN),
)

if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(asyncio.run(outcome(STAGES)))
