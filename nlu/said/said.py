"""Finds all signs in a message: what it says beside products and numbers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nlu.fulfilment.time_answers import read_time_answer
from nlu.said.amounts import find_amounts
from nlu.said.asked_beside import find_asked_beside
from nlu.said.changes import Place, find_changes
from nlu.said.choices import find_choices
from nlu.said.mentioned import find_mentioned, find_named_again
from nlu.said.notes import find_note_links, find_notes_in, without_notes
from nlu.said.sentences import find_answers, find_sentences, says_only
from nlu.said.unread_wishes import find_wishes, is_count, wish_of
from shop.language.signs import Sign

Entity = Mapping[str, Any]
_PRODUCTS = ("product", "candidates")
_AROUND_OPTIONS = {"refused_before", "refused_behind", "of_kind"}
# Sentences that are kept whole, as a wish.
_WISHES = ("asks_of_us", "someone_fetches", "hurries")


def find_signs(
    text: str, entities: Sequence[Entity], names: Mapping[str, Sequence[str]]
) -> list[Sign]:
    """The signs of a message.

    entities: the products, numbers and options that were read in it, with their places in `text`;
    names: what each product of the shop is called, by sku.
    """
    ordered = {one["value"] for one in entities if one["entity"] == "product"}
    places = find_places(entities, "product")
    mentioned = list(find_mentioned(text, names, ordered, places))
    again = list(find_named_again(text, names, ordered, places))
    around = {Place(one.start, one.end) for one in mentioned}
    around |= {*find_places(entities, *_PRODUCTS)}
    plain = blank_out_options(text, entities, "option", "not_sold")
    asked = list(find_asked_beside(text, mentioned)) if ordered else []
    notes = [one for one in find_notes_in(text, plain) if not _is_within(one, asked)]
    wishes = _unread(text, _wishes(plain, entities, notes), asked, again)
    if not (around or notes) and any(says_only(name, text) for name in _WISHES):
        wishes = [wish_of(text)]
    # Notes do not change the cart: "less sugar" removes no tea, "extra cheese" adds no sandwich.
    bare = without_notes(text, [*notes, *wishes], _names_in(entities, mentioned))
    changes = _find_all_changes(bare, around, entities)
    halved = [one for one in changes if one.name == "half_of"]
    wishes = [one for one in wishes if not _is_within(one, halved)]
    return [
        *mentioned,
        *changes,
        *find_amounts(bare),
        *notes,
        *wishes,
        *asked,
        *again,
        *find_note_links(text, notes, [*places, *(Place(one.start, one.end) for one in again)]),
        *find_sentences(text),
        *find_answers(text, sorted({*find_places(entities, "product"), *_places(mentioned)})),
        *find_choices(text),
        *_time_answer(text),
    ]


def _names_in(entities: Sequence[Entity], mentioned: Sequence[Sign]) -> list[tuple[int, int]]:
    """The places of products, of the order and of what else is mentioned."""
    found = [(one["start"], one["end"]) for one in entities if one["entity"] in _PRODUCTS]
    return found + [(one.start, one.end) for one in mentioned]


def _find_all_changes(text: str, around: set[Place], entities: Sequence[Entity]) -> list[Sign]:
    """The signs of changes beside products or, without any, beside options and numbers."""
    changes = list(find_changes(text, sorted(around)))
    if not around:  # "Remove extra cheese", "make the small one large".
        changes += _around_options(text, entities)
    return changes


def _is_within(one: Sign, others: Sequence[Sign]) -> bool:
    """Whether a sign shares words with one of the others."""
    return any(one.start < other.end and other.start < one.end for other in others)


def _unread(
    text: str, wishes: Iterator[Sign], asked: Sequence[Sign], again: Sequence[Sign]
) -> list[Sign]:
    """The wishes that are no question asked beside the order, and no product counted again."""
    return [one for one in wishes if not (_is_within(one, asked) or _only_counts(text, one, again))]


def _only_counts(text: str, wish: Sign, again: Sequence[Sign]) -> bool:
    """Whether it is a number and a product named again: the "2 teas" of "2 teas, no 3 teas"."""
    rests = (
        text[wish.start : one.start] + text[one.end : wish.end]
        for one in again
        if wish.start <= one.start and one.end <= wish.end
    )
    return any(not rest.strip() or is_count(rest.strip()) for rest in rests)


def _around_options(text: str, entities: Sequence[Entity]) -> Iterator[Sign]:
    """The signs right before and behind options, for messages without a product."""
    places = [(one["start"], one["end"]) for one in entities if one["entity"] == "option"]
    found = find_changes(text, sorted({Place(*each) for each in places})) if places else ()
    return (sign for sign in found if sign.name in _AROUND_OPTIONS)


def _time_answer(text: str) -> Iterator[Sign]:
    """The sign of a message that is a time if a time was asked for."""
    if (value := read_time_answer(text)) is not None:
        yield Sign("time_answer", 0, len(text), value=json.dumps(value))


def _places(signs: Sequence[Sign]) -> list[Place]:
    """The start and end of each sign."""
    return [Place(one.start, one.end) for one in signs]


def _wishes(plain: str, entities: Sequence[Entity], notes: Sequence[Sign]) -> Iterator[Sign]:
    """Signs of wishes in the words that are neither an entity nor a note."""
    taken = [(one["start"], one["end"]) for one in entities]
    taken += [(note.start, note.end) for note in notes if note.name == "note"]
    has_product = any(one["entity"] in _PRODUCTS for one in entities)
    is_order = has_product or any(one["entity"] == "address" for one in entities)
    return find_wishes(plain, taken, has_product, is_order)


def find_places(entities: Sequence[Entity], *kinds: str) -> list[Place]:
    """The start and end of the line of each entity of these kinds."""
    places = []
    for one in entities:
        if one["entity"] in kinds:
            group = one.get("group")
            line = [each for each in entities if group and each.get("group") == group] or [one]
            start = min(each["start"] for each in line)
            places.append(Place(start, max(each["end"] for each in line)))
    return places


def blank_out_options(text: str, entities: Sequence[Entity], *kinds: str) -> str:
    """The text with blanks for entities of these kinds, such as options of products."""
    for one in entities:
        if one["entity"] in kinds:
            start, end = one["start"], one["end"]
            text = text[:start] + " " * (end - start) + text[end:]
    return text
