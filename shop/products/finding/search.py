"""Finds products by words of their names, descriptions, categories, options, and by price."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from shop.language.reading_form import reading_form
from shop.products import catalogue
from shop.products.finding.topics import join_words_of_topics, words_alike
from shop.products.offer_mark import KeptOffer
from shop.products.options import Choices, read_choices
from shop.products.translation import all_categories
from storage.models import Category, Product

# The weight of a match by the text that holds the word.
_NAME, _OPTION, _CATEGORY, _DESCRIPTION = 8, 4, 2, 1
_WORD = re.compile(r"(?:\w|[\u0900-\u0963])+")
_SHORTEST_BEGINNING, _SHORTEST_PLURAL = 4, 4
# From this similarity (of 100) two words count as the same one, mistyped.
_NEAR = 78
_MOST_NEAREST = 5

Texts = tuple[tuple[int, frozenset[str]], ...]


class Offered(NamedTuple):
    """A product on offer with the words that find it: of all its texts, and of its names."""

    sku: str
    price: Decimal
    texts: Texts
    names: frozenset[str]


class Found(NamedTuple):
    """The products that fit, the best first; where none does, the nearest."""

    products: list[Product]
    nearest: list[Product]


def search_products(
    session: Session, words: Sequence[str], most: int | None = None, *, by_price: bool = False
) -> Found:
    """The products on offer that have all these words, at most at this price.

    by_price: the cheapest first.
    """
    offered = _OFFERED.current(session)
    wanted = [_alike(word) for word in words]
    scores = {one.sku: [_score(one.texts, each) for each in wanted] for one in offered}
    affordable = [one for one in offered if most is None or one.price <= most]
    fitting = [one for one in affordable if all(scores[one.sku])]
    if by_price:
        fitting.sort(key=lambda one: one.price)
    else:
        fitting.sort(key=lambda one: -sum(scores[one.sku]))
    nearest = [] if fitting else _nearest(offered, words, scores)
    return Found(_read_products(session, fitting), _read_products(session, nearest))


def fitting_products(session: Session, name: str) -> list[Product]:
    """The products on offer whose names have every word of a name."""
    wanted = [{word, _singular(word)} for word in _WORD.findall(reading_form(name).casefold())]
    fitting = [
        one
        for one in _OFFERED.current(session)
        if wanted and all(not each.isdisjoint(one.names) for each in wanted)
    ]
    return _read_products(session, fitting)


def nearest_products(session: Session, thing: str) -> list[Product]:
    """The products on offer whose names share most words with something that is not sold, or have a
    similar word; none if nothing is similar."""
    offered = _OFFERED.current(session)
    words = [word for word in _fold_words(thing) if len(word) >= _SHORTEST_BEGINNING]
    common = {one.sku: len(one.names.intersection(words)) for one in offered}
    most = max(common.values(), default=0)
    if most:
        near = [one for one in offered if common[one.sku] == most]
    else:
        near = [one for one in offered if _is_near(words, one.names)]
    return _read_products(session, near)


def _read_offered(session: Session) -> list[Offered]:
    """The words of what is on offer, in the owner's order."""
    products = catalogue.offered_products(session)
    choices = read_choices(session, [one.sku for one in products])
    categories = {one.name: one for one in all_categories(session)}
    return [
        Offered(
            one.sku,
            one.price,
            _texts(one, categories.get(one.category), choices.get(one.sku, ())),
            _fold_words(one.name, *one.aliases),
        )
        for one in products
    ]


def _read_products(session: Session, found: Sequence[Offered]) -> list[Product]:
    products = catalogue.find_by_sku(session, [one.sku for one in found]) if found else {}
    return [products[one.sku] for one in found if one.sku in products]


_OFFERED = KeptOffer(_read_offered)


def _is_near(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of the words is spelled much like one of the others."""
    return any(fuzz.ratio(one, other) >= _NEAR for one in words for other in others)


def _texts(product: Product, category: Category | None, choices: Choices) -> Texts:
    translated = [
        value for value in (product.translations or {}).values() if isinstance(value, dict)
    ]
    names = [product.name, *product.aliases, *(str(one.get("name", "")) for one in translated)]
    said = [product.description or "", *(str(one.get("description", "")) for one in translated)]
    kinds = [product.category, *_names(category.translations if category else {})]
    options = [
        name for choice in choices for one in choice.available for name in (one.name, *one.aliases)
    ]
    return (
        (_NAME, _fold_words(*names)),
        (_OPTION, _fold_words(*options)),
        (_CATEGORY, _fold_words(*kinds)),
        (_DESCRIPTION, _fold_words(*said)),
    )


def _names(translations: object) -> list[str]:
    values = translations.values() if isinstance(translations, dict) else ()
    return [str(one.get("name", "")) for one in values if isinstance(one, dict)]


def _fold_words(*texts: str) -> frozenset[str]:
    """The words of texts, in the singular too."""
    joined = join_words_of_topics(reading_form(" ".join(texts)).casefold())
    found = set(_WORD.findall(joined))
    return frozenset(found | {_singular(word) for word in found})


def _singular(word: str) -> str:
    is_plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def _alike(word: str) -> frozenset[str]:
    """The words that count as the same as this one."""
    folded = reading_form(word).casefold()
    both = {folded, _singular(folded)}
    return frozenset(both.union(*(words_alike().get(one, ()) for one in both)))


def _score(texts: Texts, wanted: frozenset[str]) -> int:
    """The highest weight of the texts with one of the words, or with a longer word that begins or
    ends with it: a cheesecake is a cake."""
    long = tuple(word for word in wanted if len(word) >= _SHORTEST_BEGINNING)
    return max(
        (
            count
            for count, words in texts
            if not wanted.isdisjoint(words) or any(_has_edge(one, long) for one in words)
        ),
        default=0,
    )


def _has_edge(word: str, edges: tuple[str, ...]) -> bool:
    return word.startswith(edges) or word.endswith(edges)


def _nearest(
    offered: Sequence[Offered], words: Sequence[str], scores: dict[str, list[int]]
) -> list[Offered]:
    """The products with some of the words, else those with a similar word."""
    some = [one for one in offered if any(scores[one.sku])]
    some.sort(key=lambda one: -sum(map(bool, scores[one.sku])))
    if not some:
        folded = [reading_form(word).casefold() for word in words]
        some = [one for one in offered if _is_near(folded, one.texts[0][1])]
    return some[:_MOST_NEAREST]
