"""An address of a customer, as stored in a conversation and with an order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from shop.fulfilment.postcodes import is_postcode_alone, postcode_in

# With more words or numbers it is another address; a PIN code may be written as two numbers.
_MOST_MORE, _MOST_NUMBERS = 7, 2


@dataclass(frozen=True)
class Address:
    """Where an order goes; `text` is never empty.

    Nothing is geocoded: `postcode` is what the customer wrote, the point what their phone sent.
    """

    text: str
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def has_point(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def is_postcode_alone(self) -> bool:
        """Whether it is a PIN code without house and street, so that nobody can be found there."""
        return not self.has_point and is_postcode_alone(self.text)

    @property
    def in_full(self) -> str:
        """The words with the PIN code, as shown to customers and staff."""
        is_known = self.postcode is None or postcode_in(self.text) == self.postcode
        return self.text if is_known else f"{self.text}, {self.postcode}"

    def with_more(self, said: "Address") -> "Address | None":
        """This address with more details: the missing PIN code, with a few words ("pin 560071",
        "Domlur 560071"), or words without any number ("opposite the bank"); None if `said` is
        another address, with numbers of its own ("flat 9, 45 Park Street"). Of a PIN code alone
        `said` is the missing house and street.
        """
        more = said.text.split()
        numbers = [word.strip(",.") for word in more if word.strip(",.").isdecimal()]
        if self.is_postcode_alone and not (said.has_point or said.postcode):
            return replace(said, postcode=self.postcode)
        if said.has_point or len(more) > _MOST_MORE:
            return None
        if said.postcode and self.postcode is None:
            is_house = more[0] in numbers and not said.postcode.startswith(more[0])
            if len(numbers) > _MOST_NUMBERS or is_house:
                return None
            return replace(self, text=self._text_with(said), postcode=said.postcode)
        if said.postcode or any(letter.isdecimal() for letter in said.text):
            return None
        return replace(self, text=self._text_with(said))

    def in_words(self, said: "Address") -> "Address":
        """This place on the map with the customer's words for it: "flat 5, second floor". What
        the phone calls the place stays behind them; bare figures do not."""
        text = said.text if self.is_figures else f"{said.text}, {self.text}"
        return replace(self, text=text, postcode=said.postcode or self.postcode)

    def _text_with(self, said: "Address") -> str:
        return said.text if self.is_figures else f"{self.text}, {said.text}"

    @property
    def is_figures(self) -> bool:
        """Whether there is a point and no word for it."""
        return self.has_point and self.text == _point_in_words(self.latitude, self.longitude)

    def as_json(self) -> dict[str, Any]:
        """`{"text", "postcode", "latitude", "longitude"}`, without unknown values."""
        return {key: value for key, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Self | None:
        """Reads what `as_json` or somebody by hand wrote; None if that is no address."""
        kept = kept or {}
        latitude, longitude = _figure(kept.get("latitude")), _figure(kept.get("longitude"))
        text = _read_text(kept.get("text")) or _point_in_words(latitude, longitude)
        if not text:
            return None
        postcode = _read_text(kept.get("postcode")) or postcode_in(text)
        return cls(text, postcode, latitude, longitude)

    @classmethod
    def from_words(cls, words: str) -> Self | None:
        """What a customer typed; None for blanks."""
        return cls.from_json({"text": " ".join(words.split())})

    @classmethod
    def from_pin(cls, place: Mapping[str, Any] | None) -> Self | None:
        """A location as WhatsApp sends it: `{"name", "address", "latitude", "longitude"}`."""
        if not place:
            return None
        name, address = _read_text(place.get("name")), _read_text(place.get("address"))
        # Phones repeat the name at the beginning of the address.
        address = address.removeprefix(name).lstrip(" ,\n") if name else address
        text = ", ".join(part for part in (name, address) if part)
        return cls.from_json({**place, "text": text})


def _figure(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type]


def _read_text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _point_in_words(latitude: float | None, longitude: float | None) -> str:
    """`12.9716, 77.5946`: the text for a location without a name."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"
