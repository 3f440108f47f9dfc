"""A webhook's body while it is being stored: the messages and receipts not stored yet."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from trays import encoding
from trays.customers import Identity
from trays.messages import Incoming, Receipt
from trays.records import message_records


class Row(NamedTuple):
    """One message as JSON, with its sender, and the sender's new identity if the message tells
    one."""

    text: str
    sender: Identity
    moved: Identity


class Body:
    """The messages and receipts of one webhook, fewer with each try that stores some of them.

    `new` counts the messages that were not here before; `settling` names customers whose phone or
    user id changed; `freed` the outgoing lanes whose first message turned out to be sent.
    """

    def __init__(self, messages: Sequence[Incoming], receipts: Sequence[Receipt] = ()) -> None:
        self.rows = dict(_rows(messages))
        self.receipts = list(receipts)
        self.size = sum([len(row.text) for row in self.rows.values()])
        self.new = 0
        self.settling: list[tuple[Identity, Identity]] = []
        self.freed: list[tuple[Any, ...]] = []

    @property
    def is_stored(self) -> bool:
        return not self.rows and not self.receipts

    @property
    def wants_follow_up(self) -> bool:
        """Whether work remains that runs after the commit, in transactions of its own."""
        return bool(self.settling or self.freed)

    def keep(self, left: set[str]) -> None:
        """Keeps only the messages and receipts with these ids for another try."""
        if not left:
            self.rows, self.receipts = {}, []
            return
        self.rows = {each: row for each, row in self.rows.items() if each in left}
        self.receipts = [
            each for each in self.receipts if encoding.index_key(each.message_id) in left
        ]

    def drop(self, stored: set[str]) -> None:
        """Forgets the messages with these ids: they are stored."""
        self.rows = {each: row for each, row in self.rows.items() if each not in stored}

    def senders(self) -> set[Identity]:
        """The senders of the messages that are not stored yet."""
        return {row.sender for row in self.rows.values()}


def _rows(messages: Sequence[Incoming]) -> Iterator[tuple[str, Row]]:
    for place, record in message_records(messages):
        message = messages[place]
        yield (
            record["message_id"],
            Row(
                encoding.dump_json(record),
                Identity(record["phone"], record["user_id"]),
                Identity(message.moved_to_phone, message.moved_to_user_id),
            ),
        )
