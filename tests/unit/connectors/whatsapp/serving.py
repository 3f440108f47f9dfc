"""Runs the receiver's application for real, on a port of its own, in a thread."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from connectors.whatsapp.receive.asgi import Application
from connectors.whatsapp.receive.serving import configure_server


@contextmanager
def served(app: Application):
    """The application's address while it runs."""
    listening = socket.create_server(("127.0.0.1", 0))
    # uvicorn's own server: ours takes signals, which only a main thread may.
    server = uvicorn.Server(configure_server(app))
    thread = threading.Thread(daemon=True, target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
