"""Webhook bodies that wait to be stored, and the choice of those that share a transaction."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from trays.accept import PATIENCE, retry_pause
from trays.bodies import Body
from trays.customers import Identity

# The most that one transaction takes, so that the next ones do not wait long.
MOST_BODIES = 64
MOST_CHARACTERS = 1_000_000


@dataclass(eq=False)
class Waiting:
    """A body, its sender's future, and when it may be tried, by the event loop's clock.

    `in_hand` while a transaction with it runs; `alone` once it met a lock or a deadlock: it then
    gets a transaction of its own.
    """

    body: Body
    stored: asyncio.Future[int]
    since: float
    not_before: float = 0.0
    tries: int = 0
    in_hand: bool = False
    alone: bool = False
    # Each phone and user id of the senders, with both as that message tells them.
    told: list[tuple[str, tuple[str | None, str | None]]] = field(init=False)
    named: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self._look_who_writes()

    def _look_who_writes(self) -> None:
        self.told = [
            (key, (who.phone, who.user_id))
            for who in self.body.senders()
            for key in (who.phone, who.user_id)
            if key
        ]
        self.named = {key for key, _ in self.told}

    def is_late(self, now: float) -> bool:
        return now > self.since + PATIENCE

    def put_off(self, now: float) -> float:
        """Puts the body off for another try; returns in how many seconds."""
        self._look_who_writes()
        self.tries += 1
        delay = retry_pause(self.tries)
        self.not_before = now + delay
        return delay

    def fail(self, error: Exception) -> None:
        """Gives the sender the error: the body is not stored."""
        if not self.stored.done():
            self.stored.set_exception(error)


def lock_keys(senders: Iterable[Identity]) -> set[str]:
    """The phones and user ids of these senders."""
    return {key for who in senders for key in (who.phone, who.user_id) if key}


def choose_messages(queue: Iterable[Waiting], now: float, *, alone: bool = False) -> list[Waiting]:
    """The next bodies to store in one transaction, oldest first, or one that needs its own.

    A customer's bodies never overtake each other: a body waits while an earlier one of the same
    customer is being stored or was put off. It also waits if the group names the same customer in
    another way (phone alone, phone with user id), since that may change who the customer is.
    """
    group: list[Waiting] = []
    blocked: set[str] = set()
    known: dict[str, tuple[str | None, str | None]] = {}
    size = 0
    for each in queue:
        fits = not each.in_hand and each.not_before <= now and each.alone == alone
        if not fits or not blocked.isdisjoint(each.named) or _differs(each, known):
            blocked |= each.named
            continue
        if group and (alone or size + each.body.size > MOST_CHARACTERS):
            break
        group.append(each)
        size += each.body.size
        known.update(each.told)
        if len(group) >= MOST_BODIES:
            break
    return group


def _differs(waiting: Waiting, known: dict[str, tuple[str | None, str | None]]) -> bool:
    return any(known.get(key, who) != who for key, who in waiting.told)
