"""What something costs, for tests that compare the cost of much with the cost of little."""

import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU seconds that this process spends while `work` runs."""
    began = time.process_time()
    work()
    return time.process_time() - began


def over_bound(
    costs: Callable[[str], float], texts: dict[str, str], bound: float
) -> dict[str, float]:
    """The texts that cost more than `bound` every time, and by how much.

    Threads of the process, the garbage collector and a busy machine add to single figures, so
    what is over the bound is measured again, each time one letter shorter: nobody remembers it.
    """
    over: dict[str, float] = {}
    for kind, text in texts.items():
        cost = costs(text)
        for cut in range(1, 6):
            if cost <= bound:
                break
            cost = min(cost, costs(text[cut:]))
        else:
            over[kind] = cost / bound
    return over
