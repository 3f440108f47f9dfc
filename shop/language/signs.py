"""Signs: the meaning of a message's words beside its products and numbers: `instead`, `2 more`.

nlu/said finds them with the words of each language; actions and the shop read only entities and
signs. A sign has the shape of an entity and travels under the key `said`, as the classifier's
`understanding` does, and not among the entities: `rasa test` compares those one by one, and signs
overlap. A sign about a product is right before or after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

KEY = "said"

SignName = Literal[
    # Around a product: it is refused, fewer are wanted, it is added, or exchanged for another one.
    "refused_before",
    "refused_behind",
    "fewer_before",
    "fewer_behind",
    "added",
    "exchanges",
    "exchanged_for",
    "into_behind",
    "one_of",
    # After an option: the option names a line ("the small one").
    "of_kind",
    # Words that only join two products; a clause that begins with a product.
    "joins",
    "clause",
    # An amount of a product to add or to remove.
    "adds_before",
    "adds_behind",
    "takes_behind",
    # Twice or half the amount of a product; some of it, without a number.
    "twice_of",
    "half_of",
    "some_before",
    # Relative amounts without a product: more, fewer, twice, half; a number beside an added
    # product; a part of what is on the cart.
    "more",
    "fewer",
    "twice",
    "half",
    "counts_up",
    "counts_down",
    "loose_number",
    "part",
    "of_each",
    # Changes of the whole cart: another product instead, only this one, starting over.
    "instead",
    "only",
    "starts_over",
    "makes_it",
    "again",
    "an_order",
    # What is open belongs to the order that was placed: "add it to that order".
    "to_that_order",
    # How to prepare something (the number: how many of it), or where to deliver it.
    "note",
    "written_note",
    "notes_dropped",
    "is_made",
    # Words of an order that nothing else reads, as the value: a wish, an allergy, the size of a
    # pack.
    "unread_wish",
    "allergy",
    "pack_size",
    "where_to",
    "where_to_go",
    "where_or_when",
    # Which of several offered things is meant (its value: "1" for the first, "last", "cheapest" or
    # "dearest", else the words that may name it); what is said counts for all.
    "chooses",
    "names_choice",
    "for_all",
    # A coupon or an offer is spoken of.
    "of_offers",
    # The answer to a question for a time (its value, as JSON).
    "time_answer",
    # A product (its value) that is not ordered and may be refused; a product of the order that is
    # named again; the words between a note and the product after it.
    "mentioned",
    "named_again",
    "of_product",
    # Questions, answers and statements; an order's number and a language are the value.
    "order_number",
    "language",
    "asks",
    "asks_where",
    "points_back",
    "how_long",
    "opening",
    "track",
    "of_delivery",
    "yes_but",
    "takes_back",
    "gives_up",
    "closes_ticket",
    "asks_menu",
    "asks_robot",
    "asks_data",
    "happened",
    "tells_what_happened",
    # Answers about an item that ran out, read without the product that they name.
    "goes_without",
    "calls_off",
    "swaps_it",
    "takes_it",
    "asks_why",
]


@dataclass(frozen=True)
class Sign:
    """Words with a meaning, from `start` to `end`; `number` is the number that they state, if any.

    value: what the words name, unless it is a number.
    """

    name: SignName
    start: int
    end: int
    number: int | None = None
    value: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The sign as JSON."""
        return {name: each for name, each in asdict(self).items() if each is not None}


# A position after all words of a message.
END = 10**9


@dataclass(frozen=True)
class Signs:
    """The signs of one message, in the order in which they were found."""

    found: tuple[Sign, ...] = ()

    @classmethod
    def of_message(cls, message: Mapping[str, Any]) -> "Signs":
        """The signs of a message as Rasa parsed it; a tap has none."""
        return cls(tuple(Sign(**one) for one in message.get(KEY) or ()))

    def named(self, name: SignName) -> Iterator[Sign]:
        """All signs of this name."""
        return (one for one in self.found if one.name == name)

    def first(self, name: SignName) -> Sign | None:
        """The first sign of this name."""
        return next(self.named(name), None)

    def has(self, name: SignName) -> bool:
        """Whether the message has a sign of this name."""
        return self.first(name) is not None

    def value(self, name: SignName) -> str | None:
        """The value of the first sign of this name."""
        found = self.first(name)
        return found.value if found else None

    def before(self, name: SignName, place: int, since: int = 0) -> Sign | None:
        """The sign of this name that ends at a place and begins no earlier than `since`."""
        return next((o for o in self.named(name) if o.end == place and o.start >= since), None)

    def behind(self, name: SignName, place: int, until: int = END) -> Sign | None:
        """The sign of this name that begins at a place and ends no later than `until`."""
        return next((o for o in self.named(name) if o.start == place and o.end <= until), None)

    def fills(self, name: SignName, start: int, end: int) -> bool:
        """Whether the words between two places are exactly this sign."""
        return any((one.start, one.end) == (start, end) for one in self.named(name))

    def has_between(self, name: SignName, start: int, end: int) -> bool:
        """Whether there is a sign of this name between two places."""
        return any(start <= one.start and one.end <= end for one in self.named(name))
