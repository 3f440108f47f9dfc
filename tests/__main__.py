"""`make test`: everything, in the order in which it fails cheapest."""

import os
import subprocess
import sys
import time

STAGES: tuple[tuple[str, ...], ...] = (
    ("pytest", "tests/unit"),
    ("pytest", "tests/integration"),
    # Its warnings name every response that only an action says: no reason to fail.
    ("rasa", "data", "validate"),
    ("rasa", "train"),
    ("rasa", "test", "--fail-on-prediction-errors"),
    ("pytest", "tests/journeys"),
)


def main() -> int:
    """Runs every stage; stops at the first that fails."""
    for stage in STAGES:
        name = " ".join(stage)
        print(f"\n==> {name}", flush=True)
        began = time.monotonic()
        if (code := subprocess.run(stage, check=False).returncode) != 0:
            print(f"make test: '{name}' failed", flush=True)
            return code
        print(f"==> {name}: {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
