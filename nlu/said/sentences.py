"""Finds what a whole sentence asks, answers or tells beside ordering."""

from collections.abc import Iterator, Sequence

from nlu.said.complaints import tells_what_happened
from nlu.said.order_numbers import order_number_in
from nlu.words import FOLDER
from nlu.words.phrases import find_phrase, is_phrase
from shop.language import languages
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.signs import Sign, SignName
from shop.language.word_files import read_patterns

# nlu/words/*/wishes.yml says them in each language, phrases.yml the others.
_WISHES = read_patterns("wishes", FOLDER)
_IN_PART: tuple[SignName, ...] = (
    "an_order",
    "asks_where",
    "happened",
    "makes_it",
    "of_delivery",
    "again",
)
_PHRASES: tuple[SignName, ...] = (
    "asks",
    "points_back",
    "how_long",
    "opening",
    "track",
    "yes_but",
    "closes_ticket",
    "asks_menu",
)
# Answers about something that ran out; longer messages say something of their own.
_ANSWERS: tuple[SignName, ...] = ("goes_without", "calls_off", "swaps_it", "takes_it")
_LONGEST_ANSWER = 80


def find_answers(text: str, products: Sequence[tuple[int, int]]) -> Iterator[Sign]:
    """What a short message wants done about something that ran out.

    The one product that it names counts as "it": "tea instead", "without the coffee".
    """
    if len(text) > _LONGEST_ANSWER or len(products) > 1:
        return
    whole = text
    for start, end in products:
        whole = f"{text[:start]} it {text[end:]}"
    words = without_courtesies(normalise_keyword(whole))
    yield from (Sign(name, 0, len(text)) for name in _ANSWERS if is_phrase(name, words))


def find_sentences(text: str) -> Iterator[Sign]:
    """The signs that a message shows as a whole."""
    end = len(text)
    for name in _IN_PART:
        if found := _WISHES[name].search(text):
            yield Sign(name, *found.span())
    yield from (Sign(name, 0, end) for name in _PHRASES if find_phrase(name, text))
    if is_phrase("where_to", text):
        yield Sign("where_to", 0, end)
    if goes := find_phrase("where_to_go", text):
        yield Sign("where_to_go", max(0, end - len(goes[0])), end)
    if is_phrase("gives_up", without_courtesies(normalise_keyword(text))):
        yield Sign("gives_up", 0, end)
    if tells_what_happened(text):
        yield Sign("tells_what_happened", 0, end)
    if number := order_number_in(text):
        yield Sign("order_number", 0, end, value=number)
    if language := languages.named_in(text):
        yield Sign("language", 0, end, value=language)
