"""A process for the supervisor's tests: one that answers by HTTP, or beats. And may train."""

import asyncio
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from settings import heartbeat


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


def main(how: str, port: str = "0") -> None:
    print("I am here", flush=True)
    if how == "http":
        HTTPServer(("127.0.0.1", int(port)), Answering).serve_forever()
    elif how == "beat":
        asyncio.run(heartbeat.keep_beating(lambda: True))
    elif how == "parent":
        subprocess.run([sys.executable, __file__, "http"], check=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
