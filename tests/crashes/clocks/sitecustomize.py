"""Clocks of a crash run: Python imports this at start where PYTHONPATH leads here.

The second Rasa worker's clock is some seconds ahead of everybody's, and now and then, for a while,
a day: nothing that two machines decide together may depend on what their clocks say.
"""

import os
import sys
import time

AHEAD = 60.0
DAY = 86_400.0
A_WHILE = 20.0

_real = time.time


def _shifted() -> float:
    now = _real()
    return now + (DAY if int(now / A_WHILE) % 3 == 0 else AHEAD)


second_worker = str(int(os.environ.get("RASA_PORT", "0")) + 1)
if "rasa" in " ".join(sys.orig_argv[:3]) and second_worker in sys.orig_argv:
    time.time = _shifted
