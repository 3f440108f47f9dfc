"""A TCP relay on loopback whose link to the server can be cut as by pulling a cable."""

import ctypes
import socket
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

SO_ATTACH_FILTER = 26
RETURN_NOTHING = 0x06


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jump_true", ctypes.c_uint8),
        ("jump_false", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


class Link:
    """The relay: `url` leads through it; `cut` swallows all packets of every connection."""

    def __init__(self, url):
        parts = urlsplit(url)
        self._server = parts.hostname, parts.port
        self._listening = socket.create_server(("127.0.0.1", 0))
        user = parts.netloc.rpartition("@")[0]
        port = self._listening.getsockname()[1]
        self.url = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{port}"))
        self._sockets = []
        self._is_cut = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def cut(self):
        """Nothing arrives any more on either side, and no side is told: not even keepalives.

        The kernel answers for a program that does not read, hence a filter below it.
        """
        self._is_cut = True
        nothing = _Instruction(RETURN_NOTHING, 0, 0, 0)
        program = _Program(1, ctypes.pointer(nothing))
        for each in self._sockets:
            each.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, bytes(program))

    def close(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for each in self._sockets:
            each.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            self._sockets += [client, server]
            for ends in ((client, server), (server, client)):
                threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            if not self._is_cut:
                target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


@contextmanager
def relayed(url):
    link = Link(url)
    try:
        yield link
    finally:
        link.close()
