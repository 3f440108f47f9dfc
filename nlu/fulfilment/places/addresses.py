"""Finds the address in a message: "flat 4, 12 MG Road", "hanuman mandir ke paas, shastri nagar"."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from nlu.fulfilment.named_after import ordered_places
from nlu.fulfilment.places.address_edges import (
    without_afterthought,
    without_name,
    without_other_clause,
    without_thing,
)
from nlu.fulfilment.places.address_regions import (
    LEAD,
    SURE_LEAD,
    Leads,
    Span,
    find_leads,
    find_regions,
    find_stops,
)
from nlu.fulfilment.places.address_signs import is_number, weigh
from nlu.fulfilment.places.address_words import AddressWords, address_words
from nlu.fulfilment.places.pins import Pin, find_pins
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_ENOUGH, _ENOUGH_FOR_A_QUESTION = 3.0, 5.0
_WHOLE_MESSAGE, _PIN, _LED_BEHIND, _BESIDE_AN_ORDER = 1.0, 2.0, 1.0, 1.0
_LEAST_SIGNS = 1.2  # more than a city alone
_LEAST_SIGNS_LED = 0.5
_MOST_REGIONS = 40
_NEAR_WORDS = 3
_PIN_DIGITS, _HALF_PIN = 6, 3
_SAYS = {":", "-", "\n", *word_set("is", "places")}


class AddressFound(NamedTuple):
    """The words (first to last, exclusive) of an address, and its PIN code.

    pin: the words of a PIN code that stands elsewhere. score: how sure it is.
    """

    first: int
    last: int
    postcode: str | None
    pin: Span | None
    score: float


class _Message(NamedTuple):
    """The words of a message and what is known of them."""

    words: Sequence[str]
    leads: Leads
    pins: list[Pin]
    asks: bool
    orders: bool
    known: AddressWords


def may_hold_address(words: Sequence[str]) -> bool:
    """A cheap check: if it returns False, the message holds no address."""
    known = address_words()
    return not known.signs_of_place.isdisjoint(words) or any(
        (word[-1].isdigit() and (len(word) >= _PIN_DIGITS or not word.isdecimal()))
        or (len(word) == _HALF_PIN and word.isdecimal())
        or word.endswith(known.endings)
        for word in words
    )


def find_address(
    words: Sequence[str], taken: Container[int], products: Sequence[Span]
) -> AddressFound | None:
    """The address among folded words.

    taken: the places of words that say something else; products: where products are named, first
    word to last (exclusive).
    """
    known = address_words()
    leads = find_leads(words, known)
    ordered = ordered_places(words, products, leads, known)
    pins, asks = find_pins(words, known), is_question(words)
    message = _Message(words, leads, pins, asks, bool(ordered), known)
    regions = find_regions(words, find_stops(words, taken, ordered, leads, known), known)
    found = [_judge(message, first, last) for first, last in regions[:_MOST_REGIONS]]
    return max(filter(None, found), key=lambda each: each.score, default=None)


def is_question(words: Sequence[str]) -> bool:
    """Whether a message is a question: "do you deliver to ...", "kya aap ...", "... kahan hai"."""
    known = address_words()
    told = (at for at, word in enumerate(words) if word[0].isalnum() and word not in known.greets)
    at = next(told, None)
    asks = at is not None and words[at] in known.asks_about and not _counts_two(words, at)
    return asks or not known.asks_anywhere.isdisjoint(words)


def _counts_two(words: Sequence[str], at: int) -> bool:
    """Whether "do" is the Hindi two, as in "do coffee"; in "do you" it asks."""
    behind = words[at + 1] if at + 1 < len(words) else ""
    is_either = words[at] in word_set("gives_or_two")
    return is_either and behind not in load_vocabulary().english_do_subjects


def _judge(message: _Message, first: int, last: int) -> AddressFound | None:
    words, known = message.words, message.known
    lead = _lead_before(message, first)
    if lead < LEAD:
        first = without_name(words, first, last, known)
    first = without_thing(words, first, last, known)
    last = without_afterthought(words, first, last, known)
    own, other = _pins_of(message, first, last)
    if own:
        last = without_other_clause(words, own.last, last, known)
    elif other and first < other.first < last:  # "MG road pin is 560001": "is" ends the address
        last = other.first
    signs = weigh(words, first, last, known)
    if own and (signs or own.named or _names_anything(words[first : own.last - 1])):
        signs += _PIN + own.named
    named = lead == SURE_LEAD and _is_said(words, first) and _names_anything(words[first:last])
    if signs < (_LEAST_SIGNS_LED if lead == SURE_LEAD else _LEAST_SIGNS) and not named:
        return None
    whole = _WHOLE_MESSAGE if _is_all(message, first, last, other) else 0.0
    behind = _LED_BEHIND if known.leads_behind.find(words, last) else 0.0
    names = _names_a_place(words[first:last], known)
    if not (names or own or lead >= LEAD or (lead and message.orders)):
        return None
    ordered = message.orders and bool(names or lead)
    around = max(whole, _BESIDE_AN_ORDER * ordered) + max(lead, behind)
    score = signs if message.asks else signs + around
    if score < (_ENOUGH_FOR_A_QUESTION if message.asks else _ENOUGH):
        return None
    pin = own or other
    elsewhere = (other.first, other.last) if other else None
    return AddressFound(first, last, pin.code if pin else None, elsewhere, score)


def _names_a_place(words: Sequence[str], known: AddressWords) -> bool:
    """Whether a word of places is among the words; "A5 size" has only a number."""
    return any(
        known.is_of_a_place(word) or word in known.begins_place or word.endswith(known.endings)
        for word in words
    )


def _pins_of(message: _Message, first: int, last: int) -> tuple[Pin | None, Pin | None]:
    """The PIN code within the address, or else (second) one that "pin" announces elsewhere, or
    that follows the address: "MG road wale flat 12 me, 560001"."""
    own = [pin for pin in message.pins if first <= pin.last - 1 < last]
    if own:
        return own[-1], None
    other = [pin for pin in message.pins if pin.named or _follows(message, last, pin)]
    return None, other[-1] if other else None


def _follows(message: _Message, last: int, pin: Pin) -> bool:
    """Whether a PIN code stands behind an address, with nothing between them that says more."""
    between = message.words[last : pin.first]
    silent = message.known.silent | message.known.joiners
    return last <= pin.first and all(word in silent or not word[0].isalnum() for word in between)


def _lead_before(message: _Message, first: int) -> float:
    """The weight of the words before an address that announce it; 0.0 if there are none."""
    words, leads, best = message.words, message.leads, 0.0
    for at in range(first, max(first - _NEAR_WORDS, -1) - 1, -1):
        if at in leads:
            best = max(best, leads[at][1])
        before = words[at - 1] if at else ""
        if not before or (before[0].isalnum() and before not in message.known.joiners | _SAYS):
            break
    return best


def _is_said(words: Sequence[str], first: int) -> bool:
    """Whether the word before ends an announcement: "address:", "my address is"."""
    return first > 0 and words[first - 1] in _SAYS


def _names_anything(words: Sequence[str]) -> bool:
    """Whether there is a house number or a word that no dictionary has, such as a name."""
    numbered = len(words) > 1 and any(map(is_number, words))
    return numbered or any(word[0].isalpha() and not is_ordinary(word) for word in words)


def _is_all(message: _Message, first: int, last: int, pin: Pin | None) -> bool:
    """Whether all other words of the message are silent: they say nothing beside an address."""
    held = range(pin.first, pin.last) if pin else ()
    return all(
        word in message.known.silent or first <= at < last or at in held
        for at, word in enumerate(message.words)
        if word[0].isalnum()
    )
