"""A shop in this process: Rasa's model, our turns and a database, without servers between them.

What a webhook brings goes through the same parsing, tray, turn and commit as on the running stack.
Only the processes around them are left out, so that a message takes some milliseconds.
"""

import asyncio
import itertools
import json
import logging
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any

import psycopg
import structlog
from psycopg.rows import dict_row
from rasa.core.agent import load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.model import get_latest_model

from connectors.whatsapp.receive.accepting import incoming_messages
from connectors.whatsapp.receive.parsing import parse_webhook
from connectors.whatsapp.send.read_receipts import ReadReceipts
from connectors.whatsapp.turn.handler import TurnHandler
from connectors.whatsapp.turn.rasa_input import RasaInputs
from connectors.whatsapp.turn.threads import TurnThread
from emulator.chat import Message, list_options, text_of
from emulator.config import Config
from emulator.control.said import context, reply_context
from emulator.customers import Customer as Phone
from emulator.payloads import inbound_payload, webhook_payload
from nlu.catalogue.live_catalogue import keep_to_seeds
from settings import ROOT
from shop.menus.keywords import Keywords
from storage import engine
from trays.accept import accept_messages
from trays.pools import pool
from trays.worker import Worker

WIRE = Config("100000000000001", "token", "secret", "verify")
_NUMBERS = itertools.count(1)
_REPLY = """
    SELECT said.id, said.message_type, said.payload
    FROM whatsapp_messages AS said JOIN whatsapp_messages AS heard ON said.cause_id = heard.id
    WHERE heard.message_id = %s ORDER BY said.position
"""
_WAITING = "SELECT 1 FROM whatsapp_messages WHERE direction = 'incoming' AND status = 'received'"


class NobodySees(ReadReceipts):
    """Read receipts go to WhatsApp and change nothing here."""

    def __init__(self) -> None:
        """Without connections."""

    def show(self, _message_id: str) -> None:
        """Shows nothing."""


class OneProcess:
    """Takes in what a phone sends, has it answered, and looks at the tables."""

    def __init__(self, database_url: str, runner: asyncio.Runner) -> None:
        self.database_url = database_url
        self._runner = runner
        self._open = AsyncExitStack()
        self._worker: Worker
        self._thread: TurnThread
        self._connection = psycopg.connect(database_url, autocommit=True, row_factory=dict_row)

    async def start(self) -> None:
        """Loads the newest model, as `rasa run` does with endpoints.yml."""
        keep_to_seeds()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
        agent = await load_agent(get_latest_model(ROOT / "models"), endpoints=endpoints)
        self._pool = await self._open.enter_async_context(pool(self.database_url))
        self._worker = await self._open.enter_async_context(Worker(self._pool, "incoming"))
        handler = TurnHandler(agent, RasaInputs(Keywords(engine.session)), NobodySees())
        self._thread = TurnThread(handler.handle)

    async def stop(self) -> None:
        self._thread.close()
        await self._open.aclose()
        self._connection.close()

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """What the database holds, one dictionary a row."""
        cursor = self._connection.execute(query, values)
        return cursor.fetchall() if cursor.description else []

    def receive(self, phone: Phone, message: dict[str, Any]) -> list[dict[str, Any]]:
        """A webhook with this message; returns the answers to it, as rows of the record."""
        named = {"from": phone.phone, "id": message["id"], "timestamp": str(int(time.time()))}
        body = webhook_payload([inbound_payload(WIRE, phone, message | named)])
        self._runner.run(self._turn(json.dumps(body).encode()))
        answers = self.rows(_REPLY, message["id"])
        for answer in answers:
            answer["message_id"] = f"wamid.said.{answer['id']}"
            query = "UPDATE whatsapp_messages SET message_id = %s, status = 'sent' WHERE id = %s"
            self.rows(query, answer["message_id"], answer["id"])
        return answers

    async def _turn(self, body: bytes) -> None:
        webhook = parse_webhook(body)
        messages = incoming_messages(webhook, WIRE.phone_number_id)
        async with self._pool.connection() as connection:
            await accept_messages(connection, messages)
        await self._answer_next()

    def answer_waiting(self) -> int:
        """Answers what waits in the tray, as in a restored database; how many messages it was."""
        waiting = self.rows(_WAITING)
        for _ in waiting:
            self._runner.run(self._answer_next())
        return len(waiting)

    async def _answer_next(self) -> None:
        self._worker.wake()
        claim = await self._worker.next()
        assert claim is not None
        await self._thread.run(claim)


class Person:
    """A customer of it: `asha.types("2 coffees")`, `asha.taps("Delivery")`, `asha.text`."""

    def __init__(self, shop: OneProcess) -> None:
        number = next(_NUMBERS)
        self.shop = shop
        self.phone = Phone(f"Person {number}", f"9197{number:08}")
        self.said: list[Message] = []

    @property
    def text(self) -> str:
        """The words of the last bubble."""
        return text_of(self.said[-1])

    @property
    def titles(self) -> list[str]:
        """What can be tapped on the last bubble."""
        return [option["title"] for option in list_options(self.said[-1])]

    def types(self, words: str) -> None:
        self.sends({"type": "text", "text": {"body": words}})

    def taps(self, title: str, on: Message | None = None) -> None:
        """Taps what has this title, on the latest bubble that shows it or on another one."""
        for bubble in [on] if on else reversed(self.said):
            for option in list_options(bubble):
                if title == option["title"]:
                    reply = reply_context(bubble, option)
                    tapped = {"type": "interactive", "interactive": reply}
                    self.sends(tapped | {"context": context(bubble.id)})
                    return
        raise AssertionError(f"nothing to tap is called {title!r}: {self.titles}")

    def sends(self, message: dict[str, Any]) -> None:
        """Anything in Meta's JSON, still without from, id and timestamp; one bubble answers it."""
        answers = self.shop.receive(self.phone, {"id": f"wamid.heard.{next(_NUMBERS)}", **message})
        assert len(answers) == 1, [answer["payload"] for answer in answers]
        [answer] = answers
        content = answer["payload"][answer["message_type"]]
        self.said.append(Message(answer["message_id"], "shop", answer["message_type"], content))

    def state(self) -> dict[str, Any]:
        """The row of conversation_state; {} for nowhere."""
        found = self._own("conversation_state")
        return found[0] if found else {}

    def orders(self) -> list[dict[str, Any]]:
        return self._own("orders")

    def tickets(self) -> list[dict[str, Any]]:
        return self._own("tickets")

    def _own(self, table: str) -> list[dict[str, Any]]:
        query = (
            f"SELECT * FROM {table} WHERE customer_id ="
            " (SELECT id FROM user_profiles WHERE whatsapp_phone = %s) ORDER BY created_at"
        )
        return self.shop.rows(query, self.phone.phone)


@contextmanager
def opened(database_url: str) -> Iterator[OneProcess]:
    """A shop on this database, which must be the one that `storage.engine` finds."""
    with asyncio.Runner() as runner:
        shop = OneProcess(database_url, runner)
        runner.run(shop.start())
        try:
            yield shop
        finally:
            runner.run(shop.stop())
