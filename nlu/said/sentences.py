"""Finds signs of whole sentences: questions, answers and statements beside ordering."""

from collections.abc import Iterator, Mapping, Sequence

from nlu.said.complaints import tells_what_happened
from nlu.said.order_numbers import order_number_in
from nlu.words import FOLDER
from nlu.words.phrases import find_phrase, is_phrase, number_in
from shop.language import languages
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword
from shop.language.signs import Sign, SignName
from shop.language.word_files import read_patterns

# The patterns of each language: nlu/words/*/wishes.yml, and phrases.yml for the other signs.
_WISHES = read_patterns("wishes", FOLDER)
# The word that replaces a product that ran out, and the most products in an answer.
_GONE, _MOST_NAMED = "gonething", 2
_IN_PART: tuple[SignName, ...] = (
    "an_order",
    "to_that_order",
    "asks_where",
    "happened",
    "makes_it",
    "of_delivery",
    "again",
    "for_all",
    "of_offers",
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
# Phrases that count only as the whole message, courtesies aside, and their signs.
_WHOLE: Mapping[str, SignName] = {
    "gives_up": "gives_up",
    "takes_back": "takes_back",
    "hurries": "how_long",
    "asks_robot": "asks_robot",
    "asks_data": "asks_data",
}
# Answers about something that ran out; a message over `_LONGEST_ANSWER` is none.
_ANSWERS: tuple[SignName, ...] = (
    "goes_without",
    "calls_off",
    "swaps_it",
    "takes_it",
    "asks_why",
)
_LONGEST_ANSWER = 80


def find_answers(text: str, products: Sequence[tuple[int, int]]) -> Iterator[Sign]:
    """Signs of what a short message wants done about something that ran out.

    products: the spans of products. A single product counts as "it": "tea instead", "without the
    coffee". Of two, one has run out ("no coffee? tea then"); the sign stands at the other one.
    """
    if len(text) > _LONGEST_ANSWER or len(products) > _MOST_NAMED:
        return
    if len(products) < _MOST_NAMED:
        words = _words_with_it(text, *products, *[None] * (1 - len(products)))
        rest = _without_lack(words)
        for name in _ANSWERS:
            is_it = name != "takes_it" or not products or "it" in rest.split()
            if is_phrase(name, words) or (rest and is_it and is_phrase(name, rest)):
                yield Sign(name, 0, len(text))
        return
    for taken in products:
        gone = products[1] if taken == products[0] else products[0]
        rest = _without_lack(_words_with_it(text, taken, gone))
        if rest and _GONE not in rest.split() and is_phrase("takes_it", rest):
            yield Sign("takes_it", *taken)


def _words_with_it(
    text: str, taken: tuple[int, int] | None, gone: tuple[int, int] | None = None
) -> str:
    """The words without courtesies; `taken` becomes "it", `gone` the word `_GONE`."""
    named = [(place, word) for place, word in ((taken, "it"), (gone, _GONE)) if place]
    for (start, end), word in sorted(named, reverse=True):
        text = f"{text[:start]} {word} {text[end:]}"
    return without_courtesies(normalise_keyword(text))


def _without_lack(words: str) -> str:
    """The words without a phrase at one end that says that something is missing: "if that is not
    there, it" leaves "it". Empty if there is no such phrase."""
    found = find_phrase("lacks_it", words)
    if not found or (found.start() and found.end() < len(words)):
        return ""
    return (words[: found.start()] + words[found.end() :]).strip()


def says_only(name: str, text: str) -> bool:
    """Whether a text is this phrase and nothing else, courtesies aside."""
    return is_phrase(name, text) or is_phrase(name, without_courtesies(normalise_keyword(text)))


def find_sentences(text: str) -> Iterator[Sign]:
    """The signs that concern the message as a whole."""
    end = len(text)
    for name in _IN_PART:
        if found := _WISHES[name].search(text):
            yield Sign(name, *found.span())
    yield from (Sign(name, 0, end) for name in _PHRASES if find_phrase(name, text))
    if is_phrase("where_to", text):
        yield Sign("where_to", 0, end)
    if says_only("of_each", text) and (each := find_phrase("of_each", text)):
        yield Sign("of_each", 0, end, number_in(each))
    if goes := find_phrase("where_to_go", text):
        yield Sign("where_to_go", max(0, end - len(goes[0])), end)
    yield from (Sign(sign, 0, end) for name, sign in _WHOLE.items() if says_only(name, text))
    if tells_what_happened(text):
        yield Sign("tells_what_happened", 0, end)
    if number := order_number_in(text):
        yield Sign("order_number", 0, end, value=number)
    if language := languages.named_in(text):
        yield Sign("language", 0, end, value=language)
