"""Drops general names that only announce specific ones: "pizzas" in "two pizzas, a margherita"."""

from collections.abc import Container, Mapping, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_words import every_size_word
from nlu.catalogue.pack_sizes import HOLDERS, UNITS
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_OPENING = "("
_JOINS = word_set("joins") - {","}
_ARTICLES, _OF = word_set("a"), word_set("of")
# Words between a number and a name: "2 large pizzas", "5 kilo wala atta".
_DESCRIBES = every_size_word() | word_set("makes_kind")


def without_vague_families(
    words: Sequence[str],
    mentions: list[Mention],
    families: Mapping[Mention, Sequence[str]],
    names: Mapping[str, Container[str]],
) -> list[Mention]:
    """The mentions without those of families that order nothing by themselves.

    names: the words of each product's name.

    A family orders nothing if one of its products is named, too ("two pizzas, a margherita and a
    veggie"), unless that is added to it ("2 pizzas and a margherita"), or if it only describes
    another product ("curry with chicken")."""
    named = [each for each in mentions if each not in families and _counts(words, each)]
    skus = {each.sku for each in named}
    return [
        each
        for each in mentions
        if each not in families
        or not named
        or (
            (skus.isdisjoint(families[each]) or _is_added_to(words, each))
            and _is_counted(words, _with_name_before(words, each, families[each], names))
        )
    ]


def _counts(words: Sequence[str], mention: Mention) -> bool:
    """Whether a name is no weak one without a number: the "chicken" of "2 burgers (chicken)"."""
    return not mention.weak or words[mention.first - 1 : mention.first] != [_OPENING]


def _is_added_to(words: Sequence[str], mention: Mention) -> bool:
    """Whether an "and" with a counted thing follows a name."""
    joins, counts = (*words[mention.last : mention.last + 2], "", "")[:2]
    return joins in _JOINS and (_is_number(counts) or counts in _ARTICLES)


def _with_name_before(
    words: Sequence[str],
    mention: Mention,
    skus: Sequence[str],
    names: Mapping[str, Container[str]],
) -> Mention:
    """The mention from the first word before it that all its products have in their names: the
    "dettol" of "dettol liquid"."""
    first = mention.first
    while first and all(words[first - 1] in names[sku] for sku in skus):
        first -= 1
    return mention._replace(first=first)


def _is_counted(words: Sequence[str], mention: Mention) -> bool:
    """Whether the mention is ordered: it begins the text, follows a number, an article or a size
    ("3 packets of milk", "2 large pizzas", "5 kilo wala atta"), or is an item of a list. Before
    "of" it is a measure: "a scoop of"."""
    if words[mention.last : mention.last + 1] and words[mention.last] in _OF:
        return False
    first = mention.first
    if first > 1 and words[first - 1] in _DESCRIBES:
        first -= 1
    if first > 1 and words[first - 1] in _OF and words[first - 2] in UNITS | HOLDERS:
        first -= 1
    before = words[first - 1] if first else ""
    known = load_vocabulary()
    is_number = _is_number(before) or before in UNITS | HOLDERS
    behind = words[mention.last] if mention.last < len(words) else ","
    is_number_behind = _is_number(behind) or behind in known.fractions
    is_listed = before in known.separators and (behind in known.borders or is_number_behind)
    return not before or is_number or before in _ARTICLES or is_listed


def _is_number(word: str) -> bool:
    return word.isdigit() or word in load_vocabulary().numbers
