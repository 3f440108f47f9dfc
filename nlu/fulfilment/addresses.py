"""Where an order goes: "flat 4, 12 MG Road", "hanuman mandir ke paas, shastri nagar"."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from nlu.fulfilment.address_signs import is_number, names_way, numbers_unit, weigh
from nlu.fulfilment.address_words import AddressWords, address_words
from nlu.fulfilment.named_after import ordered_places
from nlu.fulfilment.postcodes import Pin, find_pins
from nlu.words.ordinary_words import is_ordinary
from nlu.words.small_words import words_of

_ENOUGH, _ENOUGH_FOR_A_QUESTION = 3.0, 5.0
_SURE_LEAD, _LEAD, _WEAK_LEAD, _WHOLE_MESSAGE, _PIN = 3.0, 2.0, 1.0, 1.0, 2.0
_LEAST_SIGN = 0.5
_MOST_REGIONS = 40
_PHONE = 7
_NEAR_WORDS = 3
_PIN_DIGITS, _HALF_PIN = 6, 3
_STOP_SIGNS = {"?", "!"}

Span = tuple[int, int]


class AddressFound(NamedTuple):
    """The words (first to last, exclusive) of an address, its PIN code, and what leads to it.

    `begins` is where the words that lead to it begin ("deliver to"); `pin` the words of a PIN code
    that stands elsewhere; `score` says how sure it is: 3 is enough.
    """

    first: int
    last: int
    begins: int
    postcode: str | None
    pin: Span | None
    score: float


def may_hold_address(words: Sequence[str]) -> bool:
    """Whether anything in a message speaks for a place at all: cheap, and never wrong with no."""
    known = address_words()
    return any(
        known.is_of_a_place(word)
        or word in known.begins_place
        or (word[-1].isdigit() and not (word.isdecimal() and len(word) < _PIN_DIGITS))
        or (word.isdecimal() and len(word) == _HALF_PIN)
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
    pins = find_pins(words, known)
    leads = _leads(words, known)
    named = ordered_places(words, products, leads, known)
    regions = _regions(words, _stops(words, taken, named, leads, known), known)
    asks = _asks(words, known)
    best: AddressFound | None = None
    for first, last in regions[:_MOST_REGIONS]:
        found = _judge(words, first, last, leads, pins, known, asks=asks)
        if found and (best is None or found.score > best.score):
            best = found
    return best


def _leads(words: Sequence[str], known: AddressWords) -> dict[int, tuple[int, float]]:
    """Where words that lead to an address end, with where they begin and how much they say."""
    leads: dict[int, tuple[int, float]] = {}
    for phrases, weight in (
        (known.leads_weak, _WEAK_LEAD), (known.leads, _LEAD), (known.leads_sure, _SURE_LEAD),
    ):  # fmt: skip
        for at in range(len(words)):
            if found := phrases.find(words, at):
                begins = min(at, leads[found[0]][0]) if found[0] in leads else at
                leads[found[0]] = (begins, weight)
    return leads


def _stops(
    words: Sequence[str],
    taken: Container[int],
    ordered: Container[int],
    leads: dict[int, tuple[int, float]],
    known: AddressWords,
) -> list[bool]:
    """Which words no address goes over."""
    near = {at for first, last in _near_by(words, known) for at in range(first, last)}
    led = {
        at
        for end, (begins, weight) in leads.items()
        if weight > _WEAK_LEAD
        for at in range(begins, end)
    }
    return [
        at in taken
        or at in led
        or word in _STOP_SIGNS
        or (word.isdecimal() and len(word) >= _PHONE)
        or (word in known.stops and at not in near and not _belongs(words, at, known))
        or at in ordered
        for at, word in enumerate(words)
    ]


def _near_by(words: Sequence[str], known: AddressWords) -> list[Span]:
    """Where "next to" and "ke paas" stand."""
    found = [
        (at, known.near.find(words, at) or known.near_behind.find(words, at))
        for at in range(len(words))
    ]
    return [(at, phrase[0]) for at, phrase in found if phrase]


def _belongs(words: Sequence[str], at: int, known: AddressWords) -> bool:
    """ "house number 12", "7th main", "Main Bazaar", "H 12": words that elsewhere say another thing."""
    word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
    if len(word) == 1 and word.isalpha():
        return is_number(behind) and word not in {"x", "a", "i"}
    if word in known.number_names:
        if behind in {".", ":", "#", "-"} and at + 2 < len(words):
            behind = words[at + 2]
        return is_number(behind) and (
            word in words_of("number", "places") or (at > 0 and known.is_of_a_place(words[at - 1]))
        )
    if not known.is_of_a_place(word):
        return False
    named = behind in known.ways_strong or behind in known.ways_weak
    return named or bool(numbers_unit(words, at, known)) or names_way(words, at, known)


def _regions(words: Sequence[str], stops: Sequence[bool], known: AddressWords) -> list[Span]:
    """The rows of words without a stop, without signs and small words at their ends."""
    regions: list[Span] = []
    at = 0
    while at < len(words):
        first = at
        while at < len(words) and not stops[at]:
            at += 1
        if at > first and (region := _trim(words, first, at, known)):
            regions.append(region)
        at += 1
    return regions


def _trim(words: Sequence[str], first: int, last: int, known: AddressWords) -> Span | None:
    def is_loose(word: str) -> bool:
        return word in known.joiners or (not word[0].isalnum() and word[0] != "#")

    def is_letter(at: int) -> bool:
        return (
            len(words[at]) == 1
            and words[at].isalpha()
            and at + 1 < last
            and is_number(words[at + 1])
        )

    while (
        first < last
        and is_loose(words[first])
        and not (is_letter(first) or known.near.find(words, first))
    ):
        first += 1
    while last > first and is_loose(words[last - 1]) and not _near_ends(words, last, known):
        last -= 1
    return (first, last) if first < last else None


def _near_ends(words: Sequence[str], last: int, known: AddressWords) -> bool:
    """Whether "ke bagal mein" ends there."""
    starts = range(max(0, last - 3), last)
    return any((found := known.near_behind.find(words, at)) and found[0] == last for at in starts)


def _judge(
    words: Sequence[str],
    first: int,
    last: int,
    leads: dict[int, tuple[int, float]],
    pins: Sequence[Pin],
    known: AddressWords,
    *,
    asks: bool,
) -> AddressFound | None:
    begins, lead = _lead_before(words, first, leads, known)
    if not lead >= _LEAD:
        first = _without_name(words, first, last, known)
    first = _without_thing(words, first, last, known)
    last = _without_afterthought(words, first, last, known)
    signs = weigh(words, first, last, known)
    own = [pin for pin in pins if first <= pin.last - 1 < last]
    named = [pin for pin in pins if pin.named]
    if own and (signs or own[-1].named or _names_anything(words[first : own[-1].last - 1])):
        signs += _PIN + named.count(own[-1])
    bare = lead == _SURE_LEAD and _names_anything(words[first:last])
    if signs < _LEAST_SIGN and not bare:
        return None
    pin = (own or named or [None])[-1]
    elsewhere = pin if pin and not own else None
    outside = [*words[: min(begins, first)], *words[last:]]
    if elsewhere:
        outside = [
            w
            for at, w in enumerate(words)
            if not first <= at < last and not elsewhere.first <= at < elsewhere.last
        ]
    whole = _WHOLE_MESSAGE if _is_silent(outside, known) else 0.0
    score = signs + whole + (0.0 if asks else lead)
    if score < (_ENOUGH_FOR_A_QUESTION if asks else _ENOUGH):
        return None
    code = pin.code if pin else None
    return AddressFound(
        first,
        last,
        min(begins, first),
        code,
        elsewhere and (elsewhere.first, elsewhere.last),
        score,
    )


def _lead_before(
    words: Sequence[str], first: int, leads: dict[int, tuple[int, float]], known: AddressWords
) -> tuple[int, float]:
    """Where the words that lead to an address begin, and how much they say."""
    at, best = first, (first, 0.0)
    while at >= 0 and first - at <= _NEAR_WORDS:
        if at in leads and leads[at][1] > best[1]:
            best = leads[at]
        if at == 0 or not (
            words[at - 1] in known.joiners
            or not words[at - 1][0].isalnum()
            or words[at - 1] in words_of("is", "places")
        ):
            break
        at -= 1
    return best


def _without_name(words: Sequence[str], first: int, last: int, known: AddressWords) -> int:
    """Where the address begins behind a person's name: "Priya, 12/4 Gandhi Street"."""
    for at in range(first, min(last - 1, first + _NEAR_WORDS + 1)):
        if not words[at][0].isalnum() and words[at] not in {"-", "/", ".", "&"}:
            numbered = is_number(words[at + 1]) or words[at + 1] in known.units_strong
            plain = not any(is_number(word) for word in words[first:at])
            return at + 1 if numbered and plain and weigh(words, first, at, known) == 0 else first
    return first


def _without_thing(words: Sequence[str], first: int, last: int, known: AddressWords) -> int:
    """Where the address begins behind what is wanted there: "cappuccino at 4 Nandi Street"."""
    for at in range(first + 1, min(last - 1, first + _NEAR_WORDS + 2)):
        if words[at] in known.leads_weak.first_words and weigh(words, first, at, known) == 0:
            begins = is_number(words[at + 1]) or words[at + 1] in known.units_strong
            return at + 1 if begins else first
    return first


def _without_afterthought(words: Sequence[str], first: int, last: int, known: AddressWords) -> int:
    """Where the address ends before a sentence that says nothing of it."""
    for at in range(last - 1, first, -1):
        if (
            words[at] == "."
            and len(words[at - 1]) > _NEAR_WORDS
            and weigh(words, at + 1, last, known) == 0
        ):
            return at
    return last


def _names_anything(words: Sequence[str]) -> bool:
    """Whether there is a word that no dictionary has, or a number: names are in none."""
    return any(is_number(word) or (word[0].isalpha() and not is_ordinary(word)) for word in words)


def _is_silent(words: Sequence[str], known: AddressWords) -> bool:
    return all(word in known.silent for word in words if word[0].isalnum())


def _asks(words: Sequence[str], known: AddressWords) -> bool:
    """Whether a message asks: "do you deliver to ...", "kya aap ...", "... kahan hai"."""
    spoken = [word for word in words if word[0].isalnum()]
    while spoken and spoken[0] in known.greets:
        spoken = spoken[1:]
    first = bool(spoken) and spoken[0] in known.asks_about
    return first or not known.asks_anywhere.isdisjoint(spoken)
