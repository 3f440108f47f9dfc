"""The state of a running emulator, and the notification of open pages."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from emulator.account import Account
from emulator.bench.traffic import Traffic
from emulator.chat import Json, Message
from emulator.config import SHOP_NAME, SHOP_PHONE, Config
from emulator.courier import Courier, Item
from emulator.customers import Customer, Directory
from emulator.faults import Faults
from emulator.feed import Feed
from emulator.log import Log
from emulator.media import MediaStore
from emulator.message_templates import Registry
from emulator.pair_rate import PairRate
from emulator.payloads import inbound_payload, status_payload
from emulator.wire import Wire

IDS_REMEMBERED = 50_000


class Emulator:
    """One shop's number, its customers, and the webhooks and messages between them."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.customers = Directory()
        self.feed = Feed()
        self.faults = Faults()
        self.pair_rate = PairRate()
        self.media = MediaStore()
        self.templates = Registry()
        self.account = Account.from_config(config)
        self.log = Log()
        self.traffic = Traffic(self.feed)
        self.handshake: str | None = "not tried yet"
        self.courier = Courier(
            Wire(config.webhook_url, config.app_secret, self.traffic), self.tell_link
        )
        self._messages: dict[str, tuple[Customer, Message]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.customers.clear()

    # -- what happens ------------------------------------------------------------------------

    def receive(self, customer: Customer, raw: Json, *, visible: bool = True) -> Message:
        """Shows a message that the customer has sent, and delivers it to the shop."""
        quoted = raw.get("context")
        message = Message(
            id=str(raw["id"]),
            sender="customer",
            type=raw["type"],
            content=raw.get(raw["type"]),
            context_id=quoted.get("id") if isinstance(quoted, dict) else None,
            statuses=["sent"],
        )
        customer.last_wrote = time.time()
        self.remember(customer, message)
        if visible:
            customer.show(message)
        self.touch(customer, message)
        change = inbound_payload(self.config, customer, raw)

        def accepted() -> None:
            self.advance(customer, message, "delivered")

        self.courier.post(Item(customer.key, change, accepted))
        return message

    def report(self, customer: Customer, message: Message, step: str) -> None:
        """Records a new status of the shop's message, and sends it to the shop."""
        self.advance(customer, message, step)
        change = status_payload(self.config, customer, message, step)
        self.courier.post(Item(f"{customer.key} statuses", change))

    def advance(self, customer: Customer, message: Message, step: str) -> None:
        """Records a status, unless the message has it already."""
        if step not in message.statuses:
            message.statuses.append(step)
            self.touch(customer, message)

    # -- who is told -------------------------------------------------------------------------

    def touch(self, customer: Customer, message: Message) -> None:
        """Notifies open pages and waiting requests that a bubble is new or has changed."""
        if message.number:
            self.feed.publish("message", {"customer": customer.key} | message.as_json())
        customer.signal.fire()

    def tell(self, customer: Customer) -> None:
        """Notifies open pages that a customer is new or has changed."""
        self.feed.publish("customer", customer.as_json())
        customer.signal.fire()

    def tell_link(self) -> None:
        """Notifies open pages that the shop's webhook has begun or ceased to answer."""
        self.feed.publish("link", self.link())

    def note(self, **what: Any) -> None:
        """Adds a request to the log, and notifies open pages."""
        self.feed.publish("log", self.log.add_entry(**what).as_json())

    def note_again(self, message: Message) -> None:
        """Sends open pages the log's entry of a message that has failed after it was accepted."""
        entry = self.log.entry_of(message)
        if entry:
            self.feed.publish("log", entry.as_json())

    # -- what there is -----------------------------------------------------------------------

    def remember(self, customer: Customer, message: Message) -> None:
        self._messages[message.id] = (customer, message)
        if len(self._messages) > IDS_REMEMBERED:
            del self._messages[next(iter(self._messages))]

    def find_message(self, message_id: str) -> tuple[Customer, Message] | None:
        """The message with this id and its customer, or None."""
        return self._messages.get(message_id)

    def link(self) -> Json:
        """The state of the shop's webhook, for the page."""
        return {
            "url": self.config.webhook_url,
            "problem": self.courier.lanes.last_problem,
            "waiting": self.courier.waiting,
            "dropped": self.courier.lanes.dropped,
            "handshake": self.handshake,
        }

    def snapshot(self) -> Json:
        """The whole state, as the page shows it."""
        return {
            "shop": {"name": SHOP_NAME, "phone": SHOP_PHONE},
            "customers": [
                customer.as_json() | {"messages": [m.as_json() for m in customer.messages]}
                for customer in self.customers
            ],
            "log": [entry.as_json() for entry in self.log],
            "traffic": [each.as_json() for each in self.traffic],
            "xray": bool(self.config.database),
            "link": self.link(),
        }

    # -- beginning and end -------------------------------------------------------------------

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs a coroutine in the background."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop_work(self) -> None:
        for task in list(self._tasks):
            task.cancel()

    def reset(self) -> None:
        """Resets everything to the state at the start; open pages reload."""
        self.stop_work()
        self.courier.forget()
        for customer in self.customers:
            customer.signal.fire()
        self.customers.clear()
        self.faults = Faults()
        self.pair_rate.forget_messages()
        self.templates = Registry()
        self.account = Account.from_config(self.config)
        self.media = MediaStore()
        self.log = Log()
        self.traffic.clear()
        self._messages.clear()
        self.feed.publish("snapshot", self.snapshot())

    async def close(self) -> None:
        self.stop_work()
        await self.courier.close()
