"""Moves accepted messages through their statuses: sent, delivered, read, or failed."""

import asyncio
import random

from emulator.chat import Message
from emulator.customers import Customer
from emulator.errors import internal_failure
from emulator.state import Emulator

# Seconds from one status to the next; varied at random.
SENT_SECONDS = 0.05
DELIVERED_SECONDS = 0.1
READ_SECONDS = 0.25


async def fail_message(emulator: Emulator, customer: Customer, message: Message, code: int) -> None:
    """Lets an accepted message fail with this code."""
    message.error = internal_failure(code)
    await _pause(SENT_SECONDS)
    emulator.report(customer, message, "failed")
    emulator.note_again(message)


async def travel(emulator: Emulator, customer: Customer, message: Message) -> None:
    """Moves a message from sent to read, as far as the customer's phone allows."""
    await _pause(SENT_SECONDS)
    emulator.report(customer, message, "sent")
    if message.type != "reaction" and message not in customer.missed:
        await arrive_at_phone(emulator, customer, message)


async def arrive_at_phone(emulator: Emulator, customer: Customer, message: Message) -> None:
    """Delivers a message; if the chat is open, Meta reports `read` without `delivered`."""
    if not (customer.watching and customer.reads):
        await _pause(DELIVERED_SECONDS)
        emulator.report(customer, message, "delivered")
    await be_read(emulator, customer, message)


async def be_read(emulator: Emulator, customer: Customer, message: Message) -> None:
    if customer.reads:
        await _pause(READ_SECONDS)
        emulator.report(customer, message, "read")


def catch_up(emulator: Emulator, customer: Customer) -> None:
    """After a phone is online or read again: delivers missed messages and reads unread ones."""
    if not customer.online:
        return
    for message in customer.messages:
        if message.sender == "shop" and message.status == "delivered":
            emulator.start(be_read(emulator, customer, message))
    missed, customer.missed = customer.missed, []
    for message in missed:
        customer.show(message)
        emulator.touch(customer, message)
        emulator.start(arrive_at_phone(emulator, customer, message))


async def _pause(seconds: float) -> None:
    await asyncio.sleep(seconds * random.uniform(0.7, 1.3))  # noqa: S311 (not a secret)
