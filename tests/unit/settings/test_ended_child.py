"""A child that ends is told of at once, whatever the longest wait is."""

import subprocess
import sys

from settings.ended_child import EndedChild

LONG = 120.0


def test_the_end_of_a_child_ends_the_wait() -> None:
    ended = EndedChild()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.3)"]) as child:
        ended.wait(LONG)
        assert child.wait(LONG / 4) == 0


def test_one_that_ended_before_is_not_missed_and_told_of_once() -> None:
    ended = EndedChild()
    subprocess.run([sys.executable, "-c", ""], check=True)
    ended.wait(LONG)
    ended.wait(0.05)
