"""The people with phones, and what each phone holds."""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from emulator.chat import Json, Message
from emulator.identifiers import new_number, new_user_id

WINDOW_SECONDS = 24 * 3600
TYPING_SECONDS = 25
# The most messages that a phone keeps: an emulator that runs for weeks must not grow for ever.
CHAT_LENGTH = 1000

SAMPLE_CUSTOMERS = (("919800000001", "Asha"), ("919800000002", "Ravi"))


class Signal:
    """Wakes all tasks that wait for the next change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def fire(self) -> None:
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self, seconds: float | None) -> bool:
        """Waits for the next change; returns False if the time is up first."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False
        return True


@dataclass(eq=False)
class Customer:
    """One person's phone. `phone` is None for a customer who shows only a user id."""

    name: str
    phone: str | None
    user_id: str = field(default_factory=new_user_id)
    reads: bool = True
    online: bool = True
    watching: bool = False  # the chat is open: Meta then leaves `delivered` out
    last_wrote: float | None = None
    typing_until: float = 0.0
    conversation: str = field(default_factory=new_number)
    messages: list[Message] = field(default_factory=list)
    missed: list[Message] = field(default_factory=list)  # sent while offline
    signal: Signal = field(default_factory=Signal)
    count: int = 0

    @property
    def key(self) -> str:
        return self.phone or self.user_id

    @property
    def typing(self) -> bool:
        return self.typing_until > time.time()

    @property
    def window_is_open(self) -> bool:
        return self.last_wrote is not None and time.time() - self.last_wrote < WINDOW_SECONDS

    def message(self, message_id: str) -> Message | None:
        return next((m for m in reversed(self.messages) if m.id == message_id), None)

    def show(self, message: Message) -> None:
        """Puts a bubble on the screen."""
        self.count += 1
        message.number = self.count
        self.messages.append(message)
        del self.messages[:-CHAT_LENGTH]

    def as_json(self) -> Json:
        return {
            "key": self.key,
            "phone": self.phone,
            "user_id": self.user_id,
            "name": self.name,
            "typing": self.typing,
            "online": self.online,
            "reads": self.reads,
            "watching": self.watching,
            "window_open": self.window_is_open,
            "last": self.count,
        }


class Directory:
    """All customers, found by phone or by user id."""

    def __init__(self) -> None:
        self._customers: list[Customer] = []
        self._found: dict[str, Customer] = {}

    def __iter__(self) -> Iterator[Customer]:
        return iter(self._customers)

    def add_customer(self, customer: Customer) -> Customer:
        self._customers.append(customer)
        self.index(customer)
        return customer

    def index(self, customer: Customer) -> None:
        """Makes the customer findable by the present phone and user id."""
        self._found[customer.user_id] = customer
        if customer.phone:
            self._found[customer.phone] = customer

    def find_customer(self, key: str) -> Customer | None:
        """The customer with a user id, or with a phone in any spelling; None if there is none."""
        return self._found.get(key) or self._found.get(phone_digits(key))

    def change_phone(self, customer: Customer, phone: str) -> None:
        """Changes the customer's number; the old one no longer finds anybody."""
        if customer.phone:
            del self._found[customer.phone]
        customer.phone = phone
        self.index(customer)

    def hide_phone(self, customer: Customer) -> None:
        """Hides the number from the shop; messages that the shop sends to it still arrive."""
        customer.phone = None

    def clear(self) -> None:
        """Resets to the customers that every emulator starts with."""
        self._customers.clear()
        self._found.clear()
        for phone, name in SAMPLE_CUSTOMERS:
            self.add_customer(Customer(name=name, phone=phone))


def phone_digits(key: str) -> str:
    """The digits of a phone number in any spelling; "" for a user id."""
    return "" if re.search(r"[A-Za-z]", key) else re.sub(r"\D", "", key)
