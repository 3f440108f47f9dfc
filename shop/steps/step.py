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
    """What a step asks."""

    # The response that asks it.
    response: str
    # The response that says first that an answer was not understood.
    hint: str
    # The menu that asks it; the response does where that cannot be shown.
    menu: str | None = None
    form: Form | None = None
    # It is about the line of the cart that is not complete yet: a no takes that line off.
    is_about_line: bool = False
    # A number that is no answer means nothing here, also where a cart is open.
    number_is_unclear: bool = False
    # Intents that are a wish of their own instead of an answer, and those that are in a few words.
    interrupted_by: frozenset[str] = frozenset()
    interrupted_briefly_by: frozenset[str] = frozenset()


NOTHING_ASKED = Question("", hint="")


@dataclass(frozen=True)
class Step:
    """A place in a conversation."""

    name: str
    flow: Flow
    # How the console says it.
    for_staff: str
    yes: Yes
    no: No
    question: Question = NOTHING_ASKED
    # The slots that its context in conversation_state shows.
    shows: tuple[str, ...] = ()
    # A cart is complete here and waits to be confirmed.
    has_whole_cart: bool = False

    @property
    def is_at_rest(self) -> bool:
        """Whether this step asks nothing."""
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
        """Whether it is about one placed order."""
        return "order_id" in self.shows
