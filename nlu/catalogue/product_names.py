"""Generates the phrases by which a customer may name a product."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from nlu.catalogue.pack_sizes import without_form, without_sizes
from nlu.words.small_words import word_set
from nlu.words.tokens import fold_word, split_tokens
from nlu.words.vocabulary import load_vocabulary
from shop.language.reading_form import reading_form

_SHORTEST_TO_JOIN = 5
_SHORTEST_TO_TELL = 3
_LETTERS = 2
# Words behind it do not name the product: "ice cream" is no "Mango Shake with Ice Cream".
(WITH,) = word_set("with")
(_AND,), _FOR = word_set("plus_and"), word_set("for")
_REMEMBERED = 32768

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Product:
    """The names of one row of `products`."""

    sku: str
    name: str
    aliases: tuple[str, ...] = ()
    emoji: str = ""


class Name(NamedTuple):
    """The product that a phrase names.

    weak: only with a number before it, such as "margherita" for Margherita Pizza, or "☕"."""

    sku: str
    weak: bool = False


def product_phrases(products: Iterable[Product]) -> dict[Phrase, Name]:
    """The product that each phrase names.

    If two products share a phrase, a name wins over an alias, then the first product. A part of a
    name counts only if no other product has it.
    """
    products = list(products)
    found: dict[Phrase, Name] = {}
    for kind in (names_of, short_forms_of, aliases_of, bare_aliases_of, _joined):
        for product in products:
            for phrase in filter(None, kind(product)):
                found.setdefault(phrase, Name(product.sku, weak=_is_letter(phrase)))
    for phrase, sku in _parts_of_one(products, heads_of):
        found.setdefault(phrase, Name(sku))
    for phrase, sku in _parts_of_one(products, _single_words):
        found.setdefault(phrase, Name(sku, weak=True))
    for picture, sku in _pictures_of_one(products):
        found.setdefault(picture, Name(sku, weak=True))
    return found


def synonymous_words(products: Iterable[Product]) -> dict[str, str]:
    """The one-word name of a product by each of its one-word aliases.

    An alias that is the name of another product is left out.
    """
    products = list(products)
    names = {fold_name(product.name) for product in products}
    synonyms: dict[str, str] = {}
    for product in products:
        name = fold_name(product.name)
        for alias in aliases_of(product):
            if len(name) == len(alias) == 1 and alias not in names:
                synonyms.setdefault(alias[0], name[0])
    return synonyms


@lru_cache(_REMEMBERED)
def fold_name(name: str) -> Phrase:
    """A name as folded words; "&" and "and" are one.

    Cached, so that a changed catalogue costs only its new names.
    """
    tokens = split_tokens(reading_form(name).replace("&", f" {_AND} "))
    return tuple(fold_word(token.text) for token in tokens if not token.text.isspace())


def names_of(product: Product) -> tuple[Phrase, Phrase]:
    name = fold_name(product.name)
    return name, _without_size(name)


@lru_cache(_REMEMBERED)
def _without_size(name: Phrase) -> Phrase:
    """ "tea powder" for "Tea Powder 250g", "nuggets" for "Nuggets (6 pc)"."""
    bare = without_sizes(name)
    if bare != name:
        return bare
    known = load_vocabulary()
    units = known.units
    sized = {
        place
        for at, (count, unit) in enumerate(pairwise(name))
        if count.isdigit() and unit in units
        for place in (at, at + 1)
    }
    rest = [word for at, word in enumerate(name) if at not in sized]
    return tuple(word for word in rest if not sized or any(letter.isalnum() for letter in word))


def short_forms_of(product: Product) -> Iterator[Phrase]:
    """ "combiflam" for "Combiflam Tablet (strip of 20)"."""
    bare = names_of(product)[1]
    short = without_form(bare)
    if short != bare:
        yield short


def aliases_of(product: Product) -> Iterator[Phrase]:
    # A number in a sku is the shop's own: "surf 1" is one of the surf_1.
    sku = product.sku.replace("_", " ")
    own = () if any(map(str.isdecimal, sku.split())) else (sku,)
    for name in (product.name, *own, *product.aliases):
        words = fold_name(name)
        yield words
        yield tuple(word for word in words if any(letter.isalnum() for letter in word))


def bare_aliases_of(product: Product) -> Iterator[Phrase]:
    """ "tur dal" for the alias "tur dal 500 g"; one word alone may name more: "maggi 4 pack"."""
    for words in map(fold_name, product.aliases):
        if (bare := _without_size(words)) != words and len(bare) > 1:
            yield bare


def _joined(product: Product) -> Iterator[Phrase]:
    """ "coldcoffee" for "Cold Coffee"."""
    for phrase in (*names_of(product), *aliases_of(product)):
        if len(phrase) > 1 and len("".join(phrase)) >= _SHORTEST_TO_JOIN:
            yield ("".join(phrase),)


def without_additions(phrase: Phrase) -> Phrase:
    """ "family combo" for "family combo for 4", "mango shake" for "mango shake with ice cream"."""
    return tuple(takewhile(lambda word: word != WITH and word not in _FOR, phrase))


def heads_of(phrase: Phrase) -> Iterator[Phrase]:
    """ "masala dosa" is also called "dosa"."""
    yield from (phrase[at:] for at in range(1, len(phrase)))


def _single_words(phrase: Phrase) -> Iterator[Phrase]:
    yield from ((word,) for word in phrase[:-1] if word not in load_vocabulary().descriptions)


def _parts_of_one(
    products: Iterable[Product], parts: Callable[[Phrase], Iterator[Phrase]]
) -> Iterator[tuple[Phrase, str]]:
    """The specific parts of names that belong to only one product."""
    owners: defaultdict[Phrase, set[str]] = defaultdict(set)
    meant: set[tuple[Phrase, str]] = set()
    for product in products:
        full, bare = names_of(product)
        for phrase in (bare,) if parts is heads_of else (full, bare):
            short = _short_names(product, phrase)
            for part in parts(without_additions(phrase)):
                owners[part].add(product.sku)
                if not short or any(set(part) <= set(name) for name in short):
                    meant.add((part, product.sku))
    own = ((part, skus.pop()) for part, skus in owners.items() if len(skus) == 1)
    return ((part, sku) for part, sku in own if (part, sku) in meant and is_telling(part))


def _pictures_of_one(products: Sequence[Product]) -> Iterator[tuple[Phrase, str]]:
    """The emojis that stand for one product alone."""
    pictures = [fold_name(product.emoji) for product in products]
    counts = Counter(pictures)
    own = zip(pictures, products, strict=True)
    yield from ((picture, each.sku) for picture, each in own if picture and counts[picture] == 1)


def _short_names(product: Product, name: Phrase) -> list[Phrase]:
    """The aliases that shorten the name; if there are any, other parts of the name do not count."""
    aliases = map(fold_name, product.aliases)
    return [alias for alias in aliases if set(alias) < set(name) and is_telling(alias)]


def _is_letter(phrase: Phrase) -> bool:
    """Whether a phrase is one or two letters, as the "t" of "2 coffees 1 t": a weak name."""
    word = "".join(phrase)
    return len(word) <= _LETTERS and word.isascii()


def is_telling(part: Phrase) -> bool:
    known = load_vocabulary()
    empty = known.measures | known.ends_reach | known.separators | known.numbers.keys()
    return any(
        word not in empty and word.isalpha() and len(word) >= _SHORTEST_TO_TELL for word in part
    )
