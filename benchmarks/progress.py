"""What a run says while it measures, on the other stream than its tables."""

import sys
import time


def print_progress(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)
