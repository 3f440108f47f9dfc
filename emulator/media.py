"""Stores the media that customers and the shop have uploaded, while the emulator runs."""

import base64
import hashlib
import time
from dataclasses import dataclass, field

from emulator.chat import Json, Message
from emulator.identifiers import new_number

LINK_SECONDS = 300
MOST_KEPT = 200
MEGABYTE = 1024 * 1024

# For each type of message: (MIME types, most bytes), from Meta's documentation.
ACCEPTED: dict[str, tuple[tuple[str, ...], int]] = {
    "image": (("image/jpeg", "image/png"), 5 * MEGABYTE),
    "video": (("video/mp4", "video/3gpp"), 16 * MEGABYTE),
    "audio": (
        ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
        16 * MEGABYTE,
    ),
    "sticker": (("image/webp",), 500 * 1024),
    "document": ((), 100 * MEGABYTE),
}


@dataclass(frozen=True)
class Media:
    """One file."""

    data: bytes
    mime_type: str
    id: str = field(default_factory=new_number)

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.data).digest()

    @property
    def plain_type(self) -> str:
        """The MIME type without parameters: `audio/ogg` for `audio/ogg; codecs=opus`."""
        return self.mime_type.partition(";")[0].strip()

    def as_inbound(self) -> Json:
        """The JSON object for an inbound message with this file; its hash is in base64."""
        return {
            "mime_type": self.mime_type,
            "sha256": base64.b64encode(self.sha256).decode(),
            "id": self.id,
        }


class MediaStore:
    """The latest files, by id; download links live five minutes."""

    def __init__(self) -> None:
        self._files: dict[str, Media] = {}
        self._links: dict[str, tuple[str, float]] = {}

    def add_media(self, data: bytes, mime_type: str) -> Media:
        media = Media(data, mime_type)
        self._files[media.id] = media
        if len(self._files) > MOST_KEPT:
            del self._files[next(iter(self._files))]
        return media

    def get(self, media_id: str) -> Media | None:
        return self._files.get(media_id)

    def remove(self, media_id: str) -> bool:
        return self._files.pop(media_id, None) is not None

    def link(self, media: Media) -> str:
        """A key for downloading the file, valid for five minutes."""
        key = new_number()
        self._links[key] = (media.id, time.monotonic() + LINK_SECONDS)
        if len(self._links) > MOST_KEPT:
            del self._links[next(iter(self._links))]
        return key

    def behind(self, key: str) -> Media | None:
        """The file of a download key; None if the key has expired."""
        media_id, until = self._links.get(key, ("", 0.0))
        return self.get(media_id) if time.monotonic() < until else None


def has_unusable_media(store: MediaStore, message: Message) -> bool:
    """Whether the shop's message has a media id that is unknown or of the wrong type."""
    if message.type not in ACCEPTED or "id" not in message.content:
        return False
    media = store.get(message.content["id"])
    kinds, most = ACCEPTED[message.type]
    if media is None or len(media.data) > most:
        return True
    return bool(kinds) and media.plain_type not in kinds
