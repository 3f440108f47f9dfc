"""Runs a Sanic application for real, on a port of its own, in a thread."""

import asyncio
import socket
import threading
from contextlib import contextmanager

from sanic import Sanic


@contextmanager
def served(app: Sanic):
    """The application's address while it runs."""
    loop = asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", 0))
    server = loop.run_until_complete(
        app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
    )
    loop.run_until_complete(server.startup())
    loop.run_until_complete(server.before_start())
    loop.run_until_complete(server.after_start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(server.before_stop())
        server.close()
        loop.run_until_complete(server.after_stop())
        loop.close()
