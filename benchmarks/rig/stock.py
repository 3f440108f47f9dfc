"""A bot as `rasa init` makes it (DIET, TED, REST, memory), trained once into a cache directory."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.machine import free_port, process
from benchmarks.rig.processes import Costs, cpu_of, tree

PART = "stock bot"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}


@dataclass
class Stock:
    """Where it listens, and its process id."""

    url: str
    session: aiohttp.ClientSession
    pid: int

    def cpu(self) -> Costs:
        """CPU seconds since its start."""
        return {PART: tree(self.pid, cpu_of)}

    async def answers(self, sender: str, words: str) -> float:
        """Seconds until the reply is there."""
        began = asyncio.get_running_loop().time()
        given = {"sender": sender, "message": words}
        async with self.session.post(f"{self.url}/webhooks/rest/webhook", json=given) as answer:
            assert await answer.json()
        return asyncio.get_running_loop().time() - began


def cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "ordering-assistant" / "stock-bot"


def train() -> Path:
    """The bot's directory; makes and trains it when it is not there."""
    directory = cache()
    if not list((directory / "models").glob("*.tar.gz")):
        directory.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ("rasa", "init", "--no-prompt", "--init-dir", str(directory)),
            check=True,
            cwd=directory,
            env={**os.environ, **QUIET, "RASA_CACHE_DIRECTORY": str(directory / "cache")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return directory


@asynccontextmanager
async def running_stock() -> AsyncIterator[Stock]:
    directory, port = await asyncio.to_thread(train), free_port()
    url = f"http://127.0.0.1:{port}"
    command = ("rasa", "run", "--interface", "127.0.0.1", "--port", str(port))
    environment = {**QUIET, "PYTHONPATH": ""}
    async with aiohttp.ClientSession() as session:
        with ExitStack() as stack:
            # In a thread: loading DIET takes half a minute, in which ours starts.
            starting = process(command, environment, f"{url}/", directory)
            started = await asyncio.to_thread(stack.enter_context, starting)
            yield Stock(url, session, started.pid)
