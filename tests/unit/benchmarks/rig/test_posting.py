"""The lean driver against a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from benchmarks.machine import free_port
from benchmarks.rig import meta
from benchmarks.rig.posting import PostingFailed, is_answer_complete, post_all, request
from connectors.whatsapp.receive.signature import HEADER, sign_body


@asynccontextmanager
async def server(received: list[web.Request], status: int = 200) -> AsyncIterator[str]:
    async def hear(asked: web.Request) -> web.Response:
        await asked.read()
        received.append(asked)
        return web.Response(status=status, text="said")

    app, port = web.Application(), free_port()
    app.router.add_post("/webhook", hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/webhook"
    finally:
        await runner.cleanup()


async def posted(
    received: list[web.Request], bodies: list[bytes], status: int = 200
) -> list[float]:
    async with server(received, status) as url, asyncio.timeout(30):
        return await post_all(
            url, [request(url, meta.sign_request(body)) for body in bodies], at_once=3
        )


def test_each_webhook_arrives_once_and_signed() -> None:
    received: list[web.Request] = []
    bodies = [f'{{"number": {number}}}'.encode() for number in range(10)]
    assert len(asyncio.run(posted(received, bodies))) == 10
    assert sorted(each._read_bytes or b"" for each in received) == sorted(bodies)
    assert all(
        each.headers[HEADER] == sign_body(meta.SECRET, each._read_bytes or b"") for each in received
    )


def test_an_answer_that_is_not_200_is_an_error() -> None:
    with pytest.raises(PostingFailed, match="401"):
        asyncio.run(posted([], [b"{}"], status=401))


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", True),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", False),
    ],
)
def test_an_answer_is_read_to_its_end(answer: bytes, whole: bool) -> None:
    assert is_answer_complete(answer) is whole
