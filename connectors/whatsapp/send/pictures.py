"""Sends the shop's own pictures: each is uploaded to WhatsApp once, before its first message."""

import asyncio
import copy
import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from connectors.whatsapp.api.answers import Endpoint
from connectors.whatsapp.api.errors import Final
from connectors.whatsapp.api.fields import Json
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.send.messenger import Messenger
from shop.products import picture_uploads
from shop.whatsapp.bodies import text_body
from storage import engine
from storage.models import KeptPicture, MediaFile

logger = logging.getLogger(__name__)

Body = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """A picture to upload: a product's, which is sent often, or one by staff, sent once."""

    content: bytes
    media_type: str
    is_products: bool


class PictureMessenger(Messenger):
    """Sends as Messenger does, with the shop's pictures by the ids that WhatsApp gave them."""

    def __init__(self, endpoint: Endpoint, graph: GraphClient, *, most_connections: int) -> None:
        super().__init__(endpoint, most_connections=most_connections)
        self._graph = graph

    async def send(
        self,
        to_phone: str | None,
        user_id: str | None,
        body: Json,
        callback_data: str | None = None,
    ) -> str:
        """Sends a message, without its picture if WhatsApp refuses that.

        Raises:
            SendError: as Messenger.send; also where a picture could not be uploaded yet.
        """
        name = picture_in(body)
        if name is None:
            return await super().send(to_phone, user_id, body, callback_data)
        media_id = await asyncio.to_thread(self._uploaded, name)
        if media_id is None:
            return await super().send(to_phone, user_id, without_picture(body), callback_data)
        shown = with_media_id(body, media_id)
        try:
            return await super().send(to_phone, user_id, shown, callback_data)
        except Final as refused:
            logger.warning("a picture is left out: %s", refused)
            await asyncio.to_thread(_forget, name)
            return await super().send(to_phone, user_id, without_picture(body), callback_data)

    def _uploaded(self, name: str) -> str | None:
        """WhatsApp's id of a picture, after an upload if it has none; None if it is deleted or
        refused."""
        number = self._graph.endpoint.phone_number_id
        with engine.session() as session:
            known = picture_uploads.find_upload(session, name, number)
            picture = None if known else _read_picture(session, name)
        if known or picture is None:
            return known
        try:
            media_id = self._graph.upload(picture.content, picture.media_type, name)
        except Final as refused:
            logger.error("a picture was not taken: %s", refused)
            return None
        if picture.is_products:
            with engine.session() as session:
                picture_uploads.keep_upload(session, name, number, media_id)
        return media_id


def _read_picture(session: Session, name: str) -> Picture | None:
    """The picture with this name: a product's, or one that staff send to a customer."""
    if kept := session.get(KeptPicture, name):
        return Picture(kept.content, kept.media_type, is_products=True)
    file = session.get(MediaFile, name)
    if file is None or file.content is None or file.media_type is None:
        return None
    return Picture(file.content, file.media_type, is_products=False)


def picture_in(body: Json) -> str | None:
    """The name of the shop's picture in a message; None without one."""
    node = _image(body)
    media_id = node.get("id") if node else None
    return picture_uploads.name_of_picture(media_id) if isinstance(media_id, str) else None


def with_media_id(body: Json, media_id: str) -> Body:
    """The message with its picture under this id."""
    shown: Body = copy.deepcopy(dict(body))
    node = _image(shown)
    if node is not None:
        node["id"] = media_id
    return shown


def without_picture(body: Json) -> Body:
    """The message without its picture; a picture message becomes its caption."""
    left: Body = dict(body)
    if left.get("type") == "image":
        return text_body(str(left["image"].get("caption") or "🖼️"))
    interactive = {key: part for key, part in left["interactive"].items() if key != "header"}
    return {**left, "interactive": interactive}


def _image(body: Json) -> Body | None:
    """The part of a message that names its picture."""
    interactive = body.get("interactive")
    header = interactive.get("header") if isinstance(interactive, dict) else None
    node = (header or {}).get("image") if interactive else body.get("image")
    return node if isinstance(node, dict) else None


def _forget(name: str) -> None:
    with engine.session() as session:
        picture_uploads.forget_upload(session, name)
