"""Programs that the machine may lack, and stand-ins for what a proxy has behind it."""

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from settings import ROOT

DEPLOY = ROOT / "deploy"


def needed(name):
    """The path of a program; skips the test where it is not installed."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed (Debian: apt-get install nginx-light caddy systemd)")
    return found


class Echo(BaseHTTPRequestHandler):
    """Answers with the name of its server, the path and the headers that arrived."""

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = {
            "server": self.server.called,
            "path": self.path,
            "headers": {key.lower(): value for key, value in self.headers.items()},
            "body": body.decode(),
        }
        answer = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def stand_ins():
    """The ports of three servers that play the webhook, the console and a Rasa worker."""
    servers = {}
    for name in ("webhook", "console", "rasa"):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        server.called = name
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers[name] = server
    yield {name: server.server_port for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()
