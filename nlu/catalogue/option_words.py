"""Other words for options: "bada" is Large, "double cheese" is Extra cheese.

The words stand in nlu/words/*/option_words.yml. The shop's own names of options take precedence.
"""

from collections.abc import Iterator
from functools import cache

from nlu.words import FOLDER
from nlu.words.small_words import word_set
from nlu.words.tokens import fold_word
from shop.language.word_files import read_ways

_FILE = "option_words"
SMALLEST, REGULAR, LARGEST = "size_small", "size_regular", "size_large"
_MIDDLE = "size_medium"
SIZES = (SMALLEST, REGULAR, _MIDDLE, LARGEST)
# Sizes that say how large; "regular" may be anything.
SIZES_BY_NAME = (SMALLEST, _MIDDLE, LARGEST, "size_extra_large")
_LETTERS = {"letter_small": SMALLEST, "letter_medium": _MIDDLE, "letter_large": LARGEST}

_TWO = 2

# How much of a thing an option has; "<entry>_behind" are the words that stand behind the thing.
_AMOUNTS = ("none_of_it", "less_of_it", "more_of_it")

Phrase = tuple[str, ...]


def size_words(size: str) -> frozenset[str]:
    """The words for a size of `SIZES`."""
    return word_set(size, _FILE)


@cache
def every_size_word() -> frozenset[str]:
    """The words for all sizes."""
    return frozenset[str]().union(*map(size_words, (*SIZES, "size_extra_large")))


def larger_words() -> frozenset[str]:
    """Words that make another size of "large": "extra large"."""
    return word_set("larger", _FILE)


def words_beside_letters() -> frozenset[str]:
    """Words beside which a single letter is a size: "size M"."""
    return word_set("beside_letter", _FILE)


def words_around() -> frozenset[str]:
    """Words that say what to do with an option: the "remove" of "remove extra cheese"."""
    return word_set("around_options", _FILE)


def other_words(phrase: Phrase) -> Iterator[Phrase]:
    """Other names for an option of this name."""
    if len(phrase) == 1:
        for size in SIZES:
            if phrase[0] in size_words(size):
                yield from ((word,) for word in sorted(size_words(size)))
    else:
        for amount in _AMOUNTS:
            if phrase and phrase[0] in word_set(amount, _FILE):
                yield from ((word, *phrase[1:]) for word in sorted(word_set(amount, _FILE)))
                yield from ((*phrase[1:], *words) for words in _words_behind(amount))
    if len(phrase) > 1:
        yield ("".join(phrase),)
    if len(phrase) == _TWO and phrase[1] in word_set("left_unsaid", _FILE):
        yield phrase[:1]


@cache
def _words_behind(amount: str) -> tuple[Phrase, ...]:
    """Words of an amount that follow the thing: the "ke bina" of "pyaz ke bina"."""
    said = read_ways(_FILE, FOLDER).get(f"{amount}_behind", ())
    return tuple(tuple(map(fold_word, words.split())) for words in said)


def words_that_bring() -> frozenset[str]:
    """The "with" of "with cheese"."""
    return word_set("brings_it", _FILE)


def plain_extras(phrase: Phrase) -> Iterator[Phrase]:
    """What an extra is called that is simply wished for: "with cheese" for Extra cheese."""
    if len(phrase) > 1 and phrase[0] in word_set("more_of_it", _FILE):
        yield from ((word, *phrase[1:]) for word in sorted(words_that_bring()))


def words_of_smallest(phrase: Phrase) -> Iterator[Phrase]:
    """The words for Small, if the option is Regular: shops without a Small call it Regular."""
    if len(phrase) == 1 and phrase[0] in size_words(REGULAR):
        yield from ((word,) for word in sorted(size_words(SMALLEST)))


def letters_of(phrase: Phrase) -> Iterator[str]:
    """The letter that stands for a size: "m" for Medium."""
    if len(phrase) == 1:
        for letters, size in _LETTERS.items():
            if phrase[0] in size_words(size):
                yield from word_set(letters, _FILE)
