"""A little HTTP server that answers as the test says, and remembers what it was asked."""

import json
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SENT = {"messaging_product": "whatsapp", "messages": [{"id": "wamid.OUT=="}]}


@dataclass
class Answer:
    status: int = 200
    body: object = field(default_factory=lambda: SENT)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def raw(self):
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


def refused(code, status=400, headers=None, **more):
    error = {"message": f"(#{code}) Title", "type": "OAuthException", "code": code, **more}
    return Answer(status, {"error": error}, headers or {})


class Graph:
    """What is asked lands in `asked`; the next answer is `answer`, unless its path has its own."""

    def __init__(self):
        self.asked, self.answer, self.connections = [], Answer(), 0
        self.at = {}


@contextmanager
def graph():
    """The server and its address."""
    state = Graph()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            super().setup()
            state.connections += 1

        def do_POST(self):
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.asked.append((self.path, dict(self.headers), json.loads(raw or "null")))
            answer = state.at.get(self.path, state.answer)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if "Transfer-Encoding" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.raw)))
            self.end_headers()
            self.wfile.write(answer.raw)

        do_GET = do_POST

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(daemon=True, target=server.serve_forever)
    thread.start()
    try:
        yield state, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def misbehaving(behave):
    """The address of a server that does `behave(connection)` with each connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                behave(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
