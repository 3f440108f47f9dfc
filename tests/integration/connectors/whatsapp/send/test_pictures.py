"""The shop's pictures: uploaded once, sent by the id of that, left out where it is not taken."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from sqlalchemy import text

from connectors.whatsapp.api.answers import Endpoint
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.send.pictures import PictureMessenger
from shop.products.picture_uploads import picture_id
from storage.models import KeptPicture, Product

pytestmark = pytest.mark.anyio

PNG = b"\x89PNG\r\n\x1a\n of a cake"


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Graph:
    """Keeps what was uploaded and sent; refuses ids that are in `unknown`."""

    def __init__(self):
        self.uploads, self.sent, self.unknown = [], [], set()
        self.upload_status = 200

    async def take_media(self, request):
        form = await request.post()
        if self.upload_status != 200:
            return web.json_response(_error(100), status=self.upload_status)
        file = form["file"]
        self.uploads.append((form["messaging_product"], form["type"], file.file.read()))
        return web.json_response({"id": f"media-{len(self.uploads)}"})

    async def take_message(self, request):
        body = await request.json()
        header = body["interactive"].get("header")
        if header and header["image"]["id"] in self.unknown:
            return web.json_response(_error(131009), status=400)
        self.sent.append(header and header["image"]["id"])
        return web.json_response({"messages": [{"id": f"wamid.{len(self.sent)}"}]})


def _error(code):
    return {"error": {"message": "no", "type": "OAuthException", "code": code}}


@asynccontextmanager
async def messenger():
    state, app = Graph(), web.Application()
    app.router.add_post("/v23.0/100/media", state.take_media)
    app.router.add_post("/v23.0/100/messages", state.take_message)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    client = GraphClient(address, "v23.0", "100", "token", timeouts=(2, 2))
    sends = PictureMessenger(Endpoint(address, "v23.0", "100", "token"), client, most_connections=5)
    try:
        yield state, sends
    finally:
        await sends.close()
        client.close()
        await runner.cleanup()


@pytest.fixture
def body(session):
    """A message that shows the picture of the cake."""
    session.add(KeptPicture(name="cake.png", media_type="image/png", content=PNG))
    cake = Product(sku="cake", name="Cake", price=450, image="cake.png")
    session.add(cake)
    session.commit()
    header = {"type": "image", "image": {"id": picture_id(session, cake)}}
    return {
        "type": "interactive",
        "interactive": {"type": "button", "header": header, "body": {"text": "Cake - ₹450"}},
    }


async def test_a_picture_is_uploaded_once_and_sent_by_its_id(body):
    async with messenger() as (graph, sends):
        assert await sends.send("919000000001", None, body) == "wamid.1"
        await sends.send("919000000002", None, body)
        assert graph.uploads == [("whatsapp", "image/png", PNG)]
        assert graph.sent == ["media-1", "media-1"]


async def test_what_whatsapp_has_forgotten_is_uploaded_again(session, body):
    async with messenger() as (graph, sends):
        await sends.send("919000000001", None, body)
        session.execute(
            text("UPDATE uploaded_pictures SET uploaded_at = now() - interval '30 days'")
        )
        session.commit()
        await sends.send("919000000001", None, body)
        assert graph.sent == ["media-1", "media-2"]
        # An id that is refused all the same: the words go without it, the next time anew.
        graph.unknown.add("media-2")
        await sends.send("919000000001", None, body)
        await sends.send("919000000001", None, body)
        assert graph.sent[2:] == [None, "media-3"]


async def test_the_words_are_sent_where_there_is_no_picture(session, body):
    async with messenger() as (graph, sends):
        graph.upload_status = 400
        await sends.send("919000000001", None, body)
        session.execute(text("DELETE FROM kept_pictures"))
        session.commit()
        await sends.send("919000000001", None, body)
        assert graph.sent == [None, None]
