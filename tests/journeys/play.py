"""Customers as in a play: `asha.types("hi")`, `asha.sees("Welcome!")`, `asha.taps("Coffee")`."""

import itertools
from collections.abc import Callable
from typing import Any

from tests.journeys.stack import Stack, eventually

PATIENCE = 120  # of a machine that is busy with something else, too
# What is said of products that are not known yet.
NOT_KNOWN = (
    *("didn't get that", "couldn't find that", "nothing like", "don't have"),
    "Here is what we have",
)
_NEWCOMERS = itertools.count(1)


class Customer:
    """Somebody with a phone in the emulator, and what the shop knows about them."""

    def __init__(self, stack: Stack, name: str, **given: Any) -> None:
        self.stack = stack
        self.name = name
        made = stack.control("POST", "/customers", name=name, **given)
        self.phone: str | None = made["phone"]
        self.user_id: str = made["user_id"]
        self.seen = 0
        self.last: dict[str, Any] = {}

    def types(self, text: str) -> str:
        return self.does(text=text)

    def taps(self, title: str, **more: Any) -> str:
        return self.does(tap=title, **more)

    def does(self, **what: Any) -> str:
        """Anything that a phone can do; returns the id of the message."""
        return str(self.stack.control("POST", f"/customers/{self.user_id}/messages", **what)["id"])

    def sees(self, *words: str, options: list[str] | None = None) -> dict[str, Any]:
        """The next bubble: holds these words, and just these options where they are named."""
        self.last = self.next_bubble()
        for word in words:
            assert word in self.last["text"], f"{word!r} is not in {self.last['text']!r}"
        if options is not None:
            assert [option["title"] for option in self.last["options"]] == options
        return self.last

    def sees_nothing_more(self, seconds: float = 1.0) -> None:
        """No further bubble comes."""
        assert self._chat(seconds) == []

    def next_bubble(self) -> dict[str, Any]:
        bubbles = self._chat(PATIENCE / 2) or self._chat(PATIENCE / 2)
        assert bubbles, f"{self.name} waited {PATIENCE} s for an answer"
        self.seen = bubbles[0]["number"]
        return bubbles[0]

    def opens_the_catalogue(self) -> list[str]:
        """Says hi and taps *Place Order*; the titles that are listed then."""
        self.types("hi")
        self.sees("Welcome!")
        self.taps("Place Order")
        return [option["title"] for option in self.next_bubble()["options"]]

    def is_at(self, flow: str, step: str, context: dict[str, Any] | None = None) -> None:
        """`conversation_state` has this one row."""
        found = self.state()
        assert found, f"{self.name} is nowhere, not at {flow}/{step}"
        assert (found[0]["conversation_flow"], found[0]["current_step"]) == (flow, step)
        if context is not None:
            assert found[0]["context"] == context
        assert len(found) == 1

    def is_nowhere(self) -> None:
        assert self.state() == []

    def state(self) -> list[dict[str, Any]]:
        return self._own("conversation_state")

    def orders(self) -> list[dict[str, Any]]:
        return self.stack.rows(
            "SELECT * FROM orders WHERE customer_phone = %s"
            " OR customer_id = (SELECT id FROM user_profiles WHERE user_id = %s)"
            " ORDER BY created_at",
            self.phone,
            self.user_id,
        )

    def tickets(self) -> list[dict[str, Any]]:
        return self._own("tickets")

    def profile(self) -> dict[str, Any]:
        [found] = self.stack.rows("SELECT * FROM user_profiles WHERE user_id = %s", self.user_id)
        return found

    def messages(self, direction: str) -> list[dict[str, Any]]:
        rows = self._own("whatsapp_messages", "ORDER BY id")
        return [row for row in rows if row["direction"] == direction]

    def heard(self) -> int:
        """How many messages are done, answered or not."""
        return sum(row["status"] == "processed" for row in self.messages("incoming"))

    def message_becomes(self, message_id: str, status: str) -> None:
        """A message of the record gets this status."""
        query = "SELECT 1 FROM whatsapp_messages WHERE message_id = %s AND status = %s"
        eventually(lambda: self.stack.rows(query, message_id, status))

    def _own(self, table: str, order: str = "") -> list[dict[str, Any]]:
        return self.stack.rows(
            f"SELECT * FROM {table} WHERE customer_id ="
            f" (SELECT id FROM user_profiles WHERE user_id = %s) {order}",
            self.user_id,
        )

    def _chat(self, wait: float) -> list[dict[str, Any]]:
        path = f"/customers/{self.user_id}/chat?after={self.seen}&wait={wait}&from=shop"
        return list(self.stack.control("GET", path)["messages"])

    def waits(self, minutes: float) -> None:
        """So much time passes for the conversation: what was said last was said before then."""
        sender, seconds = str(self.profile()["id"]), minutes * 60
        self.stack.rows(
            "UPDATE events SET data = jsonb_set(data::jsonb, '{timestamp}',"
            " to_jsonb((data::jsonb ->> 'timestamp')::float - %s))::text"
            " WHERE sender_id = %s AND type_name IN ('user', 'slot')",
            seconds,
            sender,
        )
        self.stack.rows(
            "UPDATE conversation_state SET expires_at = expires_at - %s * interval '1 second'"
            " WHERE customer_id = %s",
            seconds,
            sender,
        )


def wait_until_understood(stack: Stack, words: str, answer: str | None = None) -> None:
    """Waits until a newcomer who says `words` hears `answer`, or is understood at all.

    Each says it once, because who is not understood three times is handed to a person.
    """

    def is_understood(newcomer: Customer) -> bool:
        newcomer.types(words)
        heard = newcomer.next_bubble()["text"]
        return answer in heard if answer else not any(words in heard for words in NOT_KNOWN)

    wait_with_newcomers(stack, is_understood)


def wait_with_newcomers(stack: Stack, holds: Callable[[Customer], bool]) -> None:
    """Waits until `holds` is true for a newcomer; each is asked once.

    One customer who asks in a loop is soon over MESSAGES_ANSWERED_PER_MINUTE, and not answered.
    """
    eventually(lambda: holds(Customer(stack, f"Newcomer {next(_NEWCOMERS)}")))
