"""The WhatsApp channel that Rasa loads (settings/credentials.yml): handles waiting messages.

The receiver process takes messages in; Rasa's port answers health checks only.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

import settings
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.send.read_receipts import ReadReceipts
from connectors.whatsapp.turn.handler import TurnHandler, give_up_message
from connectors.whatsapp.turn.output import WhatsAppOutput
from connectors.whatsapp.turn.pump import Pump
from connectors.whatsapp.turn.rasa_input import RasaInputs
from settings import heartbeat
from settings.errors import DocstringError
from settings.models import ENDING
from shop.menus.keywords import Keywords
from storage import engine
from trays.pools import pool
from trays.wake import Waker
from trays.worker import Worker


class NoModel(DocstringError):
    """Rasa has no model that it could load, so that nothing can be answered."""


class WhatsApp(InputChannel):
    """Handles the messages of the in tray with Rasa."""

    def __init__(self) -> None:
        self._settings = settings.load_settings()
        self._worker: Worker
        # What is closed at the end, the last first.
        self._open = AsyncExitStack()
        self._pumping: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        return WhatsAppOutput.name()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """A health route for the supervisor; the pump starts and stops with the server."""
        routes = Blueprint("whatsapp")

        # A function: Sanic writes on it, which a method does not allow.
        async def health(_request: Request) -> HTTPResponse:
            works = self._is_working()
            return json({"status": "ok" if works else "not working"}, 200 if works else 503)

        routes.add_route(health, "/")
        routes.listener("after_server_start")(self._start)
        routes.listener("before_server_stop")(self._stop)
        return routes

    def _is_working(self) -> bool:
        """Whether all tasks that claim and run turns are running.

        The pump itself gives up a turn that hangs and waits for an unavailable database: a new
        process would help in neither case.
        """
        pumping = self._pumping
        return pumping is not None and not pumping.done() and self._worker.is_working

    async def _start(self, app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        agent: Agent = app.ctx.agent
        if agent.processor is None or not agent.is_ready():
            # Without a model, do not claim messages that other workers could answer.
            raise NoModel
        model = agent.processor.model_filename.removesuffix(ENDING)
        connections = await self._open.enter_async_context(pool(engine.database_url()))
        self._worker = await self._open.enter_async_context(
            Worker(connections, "incoming", serves=model)
        )
        seen = ReadReceipts(GraphClient.configured(self._settings))
        self._open.callback(seen.close)
        handler = TurnHandler(agent, RasaInputs(Keywords(engine.session)), seen)
        pump = Pump(self._worker, Waker(connections), handler.handle, give_up_message)
        self._pumping = asyncio.create_task(pump.run())
        beating = asyncio.create_task(heartbeat.keep_beating(self._is_working))
        self._open.callback(beating.cancel)

    async def _stop(self, _app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        """Finishes claimed messages and claims no more."""
        self._worker.stop()
        if self._pumping:
            await self._pumping
        await self._open.aclose()
