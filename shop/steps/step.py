"""The type of a step and its parts; steps.py has the steps."""

from dataclasses import dataclass
from enum import Enum, auto

from shop.steps.flows import NEW_ORDER, Flow


class Yes(Enum):
    """What a yes does; actions/small_talk.py has the function of each."""

    REOPENS_CART = auto()
    GOES_ON = auto()
    PLACES_CART = auto()
    CANCELS_ORDER = auto()
    ASKS_AGAIN = auto()


class No(Enum):
    """What a no does; actions/small_talk.py has the function of each."""

    ENDS = auto()
    OFFERS_WAY_ON = auto()
    LEAVES_LINE = auto()
    CHANGES_CART = auto()
    GOES_ON = auto()
    LEAVES_TRACKING = auto()
    KEEPS_ORDER = auto()
    LEAVES_JOURNEY = auto()


@dataclass(frozen=True)
class Form:
    """The form of domain.yml that asks a question and repeats it by itself."""

    name: str
    slot: str


@dataclass(frozen=True)
class Question:
    """The question of a step."""

    # The response that asks it.
    response: str
    # The response that says first that an answer was not understood.
    hint: str
    # The menu that asks it; if it cannot be shown, the response asks.
    menu: str | None = None
    form: Form | None = None
    # It is about the incomplete line of the cart: a no removes that line.
    is_about_line: bool = False
    # A number that does not answer it is not understood, even if a cart is open.
    number_is_unclear: bool = False
    # Intents that are another wish and no answer, and those that are so in a short message.
    interrupted_by: frozenset[str] = frozenset()
    interrupted_briefly_by: frozenset[str] = frozenset()


NOTHING_ASKED = Question("", hint="")


@dataclass(frozen=True)
class Step:
    """A place in a conversation."""

    name: str
    flow: Flow
    # Its description in the console.
    for_staff: str
    yes: Yes
    no: No
    question: Question = NOTHING_ASKED
    # The slots in its context in conversation_state.
    shows: tuple[str, ...] = ()
    # The cart is complete and waits to be confirmed.
    has_whole_cart: bool = False

    @property
    def is_at_rest(self) -> bool:
        """Whether this step has no question."""
        return self.question is NOTHING_ASKED

    @property
    def is_asked_by_form(self) -> bool:
        """Whether Rasa asks its question again by itself."""
        return self.question.form is not None

    @property
    def is_beside_order(self) -> bool:
        """Whether it asks for something outside a new order."""
        return not self.is_at_rest and self.flow is not NEW_ORDER

    @property
    def shows_order(self) -> bool:
        """Whether it is about a placed order."""
        return "order_id" in self.shows
