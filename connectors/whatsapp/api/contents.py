"""The contents of customers' messages, one type for each kind of webhook message.

`summary` is the message as text, for the record and for staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Typed words."""

    body: str

    @property
    def summary(self) -> str:
        return self.body


@dataclass(frozen=True)
class Choice:
    """A tap on a button or on a row of a list that we sent in the conversation."""

    id: str
    title: str
    description: str | None = None

    @property
    def summary(self) -> str:
        return self.title or self.id


@dataclass(frozen=True)
class TemplateButton:
    """A tap on a quick reply of a template; not the same as a `Choice`."""

    payload: str
    text: str

    @property
    def summary(self) -> str:
        return self.text or self.payload


@dataclass(frozen=True)
class FormAnswer:
    """A submitted Flow or address form.

    `answer` is what its `response_json` holds; empty when that is broken or not an object.
    """

    name: str
    body: str
    answer: Mapping[str, object]

    @property
    def summary(self) -> str:
        return self.body or f"form: {self.name}"


@dataclass(frozen=True)
class CallPermission:
    """The customer allowed or refused calls."""

    response: str

    @property
    def summary(self) -> str:
        return f"call permission: {self.response}"


@dataclass(frozen=True)
class Media:
    """Picture, video, document, sound or sticker; it can be downloaded by `id` for seven days."""

    kind: str
    id: str | None
    mime_type: str | None
    url: str | None
    caption: str | None
    filename: str | None
    size: int | None
    sha256: str | None
    is_voice: bool
    is_animated: bool

    @property
    def summary(self) -> str:
        kind = "voice message" if self.is_voice else self.kind
        return self.caption or (f"{kind}: {self.filename}" if self.filename else kind)


@dataclass(frozen=True)
class Location:
    """A place on the map."""

    latitude: float
    longitude: float
    name: str | None
    address: str | None
    url: str | None

    @property
    def summary(self) -> str:
        place = ", ".join(part for part in (self.name, self.address) if part)
        coordinates = f"{self.latitude}, {self.longitude}"
        return f"location: {place} ({coordinates})" if place else f"location: {coordinates}"


@dataclass(frozen=True)
class ContactCard:
    """One person of a shared address book entry."""

    name: str
    phones: tuple[str, ...]


@dataclass(frozen=True)
class ContactCards:
    """Shared contacts; `requested` if we asked for the customer's own number."""

    cards: tuple[ContactCard, ...]
    requested: bool

    @property
    def summary(self) -> str:
        people = (" ".join((card.name, *card.phones)).strip() for card in self.cards)
        return f"contacts: {', '.join(people)}"


@dataclass(frozen=True)
class Reaction:
    """An emoji on an earlier message; None when it was removed."""

    message_id: str | None
    emoji: str | None

    @property
    def summary(self) -> str:
        return f"reaction: {self.emoji}" if self.emoji else "reaction removed"


@dataclass(frozen=True)
class OrderedItem:
    """A line of a catalogue cart; its price is what the customer saw, not ours."""

    product: str
    quantity: int
    price: float | None
    currency: str | None


@dataclass(frozen=True)
class CatalogueOrder:
    """A cart sent from the shop's catalogue in WhatsApp."""

    catalogue_id: str | None
    text: str | None
    items: tuple[OrderedItem, ...]

    @property
    def summary(self) -> str:
        lines = ", ".join(f"{item.product} × {item.quantity}" for item in self.items)
        return f"cart: {lines}" + (f" ({self.text})" if self.text else "")


@dataclass(frozen=True)
class SystemNote:
    """A notice by WhatsApp about the customer; the customer wrote nothing.

    `kind`: user_changed_number, user_changed_user_id, customer_identity_changed, ...
    `phone` and `user_id` are the new ones.
    """

    kind: str
    body: str
    phone: str | None
    user_id: str | None

    @property
    def summary(self) -> str:
        return self.body or f"system: {self.kind}"


@dataclass(frozen=True)
class Edit:
    """An earlier message was changed into this."""

    original_message_id: str
    content: "Content"

    @property
    def summary(self) -> str:
        return f"edited: {self.content.summary}"


@dataclass(frozen=True)
class Revoke:
    """An earlier message was deleted; it is named if WhatsApp says which."""

    original_message_id: str | None

    @property
    def summary(self) -> str:
        return "message deleted"


@dataclass(frozen=True)
class Welcome:
    """The chat was opened for the first time; nothing was written."""

    @property
    def summary(self) -> str:
        return "chat opened"


@dataclass(frozen=True)
class Unsupported:
    """Something that WhatsApp does not pass on or that we do not know; `codes` are Meta's."""

    kind: str
    codes: tuple[int, ...] = ()

    @property
    def summary(self) -> str:
        return f"unsupported: {self.kind}"


Content = (
    Text
    | Choice
    | TemplateButton
    | FormAnswer
    | CallPermission
    | Media
    | Location
    | ContactCards
    | Reaction
    | CatalogueOrder
    | SystemNote
    | Edit
    | Revoke
    | Welcome
    | Unsupported
)
