"""The WhatsApp channel as Rasa loads it (credentials.yml): the webhook, and the pump behind it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic

import settings
from connectors.whatsapp import webhook
from connectors.whatsapp.graph import GraphClient
from connectors.whatsapp.meaning import Meanings
from connectors.whatsapp.output import WhatsAppOutput
from connectors.whatsapp.pump import Pump
from connectors.whatsapp.seen import Seen
from connectors.whatsapp.turn_handler import TurnHandler, give_up_message
from shop.keywords import Keywords
from storage import engine
from trays.bell import Bell
from trays.intake import Intake
from trays.messages import Incoming, Receipt
from trays.pools import Pool, pool
from trays.worker import Worker


class NoModel(Exception):
    """Rasa has no model that it could load, so that nothing can be answered."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class WhatsApp(InputChannel):
    """Stores what the webhook brings, and answers it through Rasa."""

    def __init__(self) -> None:
        self._settings = settings.load()
        self._pool: Pool
        self._intake: Intake
        self._worker: Worker
        self._seen: Seen
        self._pumping: asyncio.Task[None]

    @classmethod
    def name(cls) -> str:
        return WhatsAppOutput.name()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The webhook's routes; the pump starts with the server and is drained with it."""
        secrets = webhook.Secrets(
            self._settings.whatsapp_app_secret, self._settings.whatsapp_verify_token
        )
        routes = webhook.blueprint(
            "whatsapp", secrets, self._settings.whatsapp_phone_number_id, self._accept
        )
        routes.listener("after_server_start")(self._start)
        routes.listener("before_server_stop")(self._stop)
        return routes

    async def _accept(self, messages: Sequence[Incoming], receipts: Sequence[Receipt]) -> int:
        return await self._intake.accept(messages, receipts)

    async def _start(self, app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        agent: Agent = app.ctx.agent
        if not agent.is_ready():
            # Else messages would be taken that workers with a model could answer.
            raise NoModel
        self._pool = pool(engine.database_url())
        await self._pool.open()
        self._intake = Intake(self._pool)
        self._worker = await Worker(self._pool, "incoming").__aenter__()
        self._seen = Seen(GraphClient.configured(self._settings))
        handler = TurnHandler(agent, Meanings(Keywords(engine.session)), self._seen)
        pump = Pump(self._worker, Bell(self._pool), handler.handle, give_up_message)
        self._pumping = asyncio.create_task(pump.run())

    async def _stop(self, _app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        """What is in hand is finished; nothing more is taken."""
        self._worker.stop()
        await self._pumping
        self._seen.close()
        await self._worker.__aexit__(None, None, None)
        await self._pool.close()
