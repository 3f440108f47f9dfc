"""Signs: the meaning of a message's words beside its products and numbers: `instead`, `2 more`.

nlu/said finds them with the words of each language; actions and the shop read only entities and
signs. A sign has the shape of an entity and travels under the key `said`, as the classifier's
`understanding` does, and not among the entities: `rasa test` compares those one by one, and signs
overlap. A sign about a product stands right before or behind it.
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
    # Behind an option: it names the line that is meant ("the small one").
    "of_kind",
    # Words that only join two products; the clause that a product begins.
    "joins",
    "clause",
    # So many more or fewer of a product.
    "adds_before",
    "adds_behind",
    "takes_behind",
    # Twice or half as many of it as there are; some of it, without a number.
    "twice_of",
    "half_of",
    "some_before",
    # So many more or fewer than there are, twice or half as many; a number beside what is added;
    # so many of those that are there.
    "more",
    "fewer",
    "twice",
    "half",
    "counts_up",
    "counts_down",
    "loose_number",
    "part",
    "of_each",
    # What becomes of the cart: another thing instead, this alone, all anew.
    "instead",
    "only",
    "starts_over",
    "makes_it",
    "again",
    "an_order",
    # How something is to be made (the number: of so many), or where it is to go.
    "note",
    "written_note",
    "notes_dropped",
    "is_made",
    # Words of an order that nothing else reads, as the value: a wish, what makes somebody ill, how
    # much is in a pack.
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
    # Where a time was asked for: which one (its value, as JSON).
    "time_answer",
    # A product of the shop beside those of the order (its value): it may be refused; one of the
    # order that is named again; the words between a note and the product behind it.
    "mentioned",
    "named_again",
    "of_product",
    # What is asked, answered or told; the number of an order, and a language, as the value.
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
    "gives_up",
    "closes_ticket",
    "asks_menu",
    "asks_robot",
    "asks_data",
    "happened",
    "tells_what_happened",
    # What to do about something that ran out; with the one product that they name left out.
    "goes_without",
    "calls_off",
    "swaps_it",
    "takes_it",
    "asks_why",
]


@dataclass(frozen=True)
class Sign:
    """Words with a meaning, from `start` to `end`; `number` is the number that they state, if any.

    value: what the words name, if it is no number.
    """

    name: SignName
    start: int
    end: int
    number: int | None = None
    value: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The sign as it travels."""
        return {name: each for name, each in asdict(self).items() if each is not None}


# Behind all words of a message.
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
