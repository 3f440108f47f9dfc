"""Finds rows of words that may be an address, and words that announce one: "deliver to"."""

from collections.abc import Container, Mapping, Sequence

from nlu.fulfilment.places.address_signs import is_number, names_way, numbers_unit
from nlu.fulfilment.places.address_words import AddressWords
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

SURE_LEAD, LEAD, WEAK_LEAD = 3.0, 2.0, 1.0
_PHONE = 7
_STOP_SIGNS = {"?", "!"}

Span = tuple[int, int]
# Words that announce an address, by their end (exclusive): their beginning and their weight.
Leads = Mapping[int, tuple[int, float]]


def find_leads(words: Sequence[str], known: AddressWords) -> dict[int, tuple[int, float]]:
    """The words that announce an address, by their end (exclusive): beginning and weight."""
    leads: dict[int, tuple[int, float]] = {}
    for phrases, weight in (
        (known.leads_weak, WEAK_LEAD), (known.leads, LEAD), (known.leads_sure, SURE_LEAD),
    ):  # fmt: skip
        for at in range(len(words)):
            if found := phrases.find(words, at):
                begins = min(at, leads[found[0]][0]) if found[0] in leads else at
                leads[found[0]] = (begins, weight)
    return leads


def find_stops(
    words: Sequence[str],
    taken: Container[int],
    ordered: Container[int],
    leads: dict[int, tuple[int, float]],
    known: AddressWords,
) -> list[bool]:
    """For each word, whether it cannot be part of an address.

    taken: places of words that say something else; ordered: of words that order something.
    """
    near = {at for first, last in _near_by(words, known) for at in range(first, last)}
    led = {
        at
        for end, (begins, weight) in leads.items()
        if weight > WEAK_LEAD
        for at in range(begins, end)
    }
    spelled = {at for at in range(len(words)) if _spells_house(words, at, leads, known)}
    return [
        at in taken
        or at in led
        or word in _STOP_SIGNS
        or (word.isdecimal() and len(word) >= _PHONE)
        or (word in known.stops and at not in near | spelled and not _belongs(words, at, known))
        or at in ordered
        for at, word in enumerate(words)
    ]


def _spells_house(words: Sequence[str], at: int, leads: Leads, known: AddressWords) -> bool:
    """Whether a number in words is that of a house: the seven of "deliver to seven Hill Road"."""
    if words[at] not in load_vocabulary().numbers or at not in leads:
        return False
    points = words[at - 1] in known.leads_weak.first_words
    is_way = any(names_way(words, near, known) for near in range(at + 2, min(at + 4, len(words))))
    return points and (leads[at][1] >= LEAD or is_way)


def _near_by(words: Sequence[str], known: AddressWords) -> list[Span]:
    """The spans of phrases such as "next to" and "ke paas"."""
    found = [
        (
            at,
            known.inside.find(words, at)
            or known.near.find(words, at)
            or known.near_behind.find(words, at),
        )
        for at in range(len(words))
    ]
    return [(at, phrase[0]) for at, phrase in found if phrase]


def _belongs(words: Sequence[str], at: int, known: AddressWords) -> bool:
    """Whether a stop word is part of an address here: "house number 12", "7th main", "H 12"."""
    word, behind = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in known.joiners:  # "Tilak gali me Sharma ji ke yahan"
        return at > 0 and known.is_of_a_place(words[at - 1])
    if len(word) == 1 and word.isalpha():
        numbered = is_number(behind) or behind in known.number_names
        return numbered and word not in {"x", "a", "i"}
    if word in known.number_names:
        if at and is_number(words[at - 1]) and known.is_of_a_place(behind):  # "14 number shop"
            return True
        if behind in {".", ":", "#", "-"} and at + 2 < len(words):
            behind = words[at + 2]
        return is_number(behind) and (
            word in word_set("number", "places") or (at > 0 and known.is_of_a_place(words[at - 1]))
        )
    if not known.is_of_a_place(word):
        return False
    named = behind in known.ways_strong or behind in known.ways_weak
    return named or bool(numbers_unit(words, at, known)) or names_way(words, at, known)


def find_regions(words: Sequence[str], stops: Sequence[bool], known: AddressWords) -> list[Span]:
    """The spans between stops, without signs and small words at their ends."""
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
            and (is_number(words[at + 1]) or words[at + 1] in known.lettered)
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
    """Whether a phrase such as "ke bagal mein" ends at `last` (exclusive)."""
    starts = range(max(0, last - 3), last)
    return any((found := known.near_behind.find(words, at)) and found[0] == last for at in starts)
