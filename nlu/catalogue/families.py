"""Names that fit several products: "burger" where there are three, "crocin" in two strengths."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache

from nlu.catalogue.name_finder import Mention
from nlu.catalogue.option_words import every_size_word
from nlu.catalogue.pack_sizes import (
    HOLDERS,
    UNITS,
    PackSize,
    find_sizes_of_name,
    without_sizes,
)
from nlu.catalogue.product_names import (
    Phrase,
    Product,
    aliases_of,
    bare_aliases_of,
    fold_name,
    heads_of,
    is_telling,
    names_of,
    short_forms_of,
    without_additions,
)
from nlu.words.ordinary_words import is_ordinary
from nlu.words.vocabulary import load_vocabulary

_LONGEST_NARROWING = 3
_OPENING = "("  # "2 burgers (veg)"
# A brand's words and its products together must be more: a single word needs two products.
_FEWEST = 2

Families = Mapping[Mention, tuple[str, ...]]


def family_phrases(products: Iterable[Product]) -> dict[Phrase, tuple[str, ...]]:
    """The skus of each phrase that fits several products: shared aliases, and shared ends of names
    such as "burger". A phrase that is a whole name, or the alias of one product, is left out.
    """
    products = list(products)
    called: defaultdict[Phrase, dict[str, None]] = defaultdict(dict)
    heads: defaultdict[Phrase, dict[str, None]] = defaultdict(dict)
    bare: defaultdict[Phrase, dict[str, None]] = defaultdict(dict)
    names: set[Phrase] = set()
    for product in products:
        names.add(fold_name(product.name))
        for phrase in filter(None, aliases_of(product)):
            called[phrase][product.sku] = None
        for phrase in filter(None, _bare_names(product)):
            bare[phrase][product.sku] = None
        for phrase in heads_of(without_additions(names_of(product)[1])):
            heads[phrase][product.sku] = None
    short = {phrase for product in products for phrase in short_forms_of(product)}
    for product in products:
        name = names_of(product)[1]
        for end in range(1, len(name)):
            if name[:end] in short:  # "digene" is the tablet and the gel
                bare[name[:end]][product.sku] = None
    names |= {phrase for phrase, skus in bare.items() if len(skus) == 1}
    _add_inner_names(products, heads)
    _add_words_of_packs(products, heads)
    _add_other_numbers(heads)
    owners = {phrase: heads[phrase] for phrase in heads if is_telling(phrase)} | bare | called
    return {
        phrase: tuple(skus)
        for phrase, skus in owners.items()
        if len(skus) > 1 and phrase not in names
    }


def _bare_names(product: Product) -> Iterator[Phrase]:
    """The names of a product without the size of its pack."""
    yield names_of(product)[1]
    yield from short_forms_of(product)
    yield from bare_aliases_of(product)


def _add_words_of_packs(
    products: Sequence[Product], heads: defaultdict[Phrase, dict[str, None]]
) -> None:
    """Adds each word that only the packs of one thing have in their names: "basmati". The first
    word is the brand; ordinary words such as the "gate" of India Gate mean themselves."""
    having: defaultdict[str, set[Phrase]] = defaultdict(set)
    packs: defaultdict[Phrase, dict[str, None]] = defaultdict(dict)
    for product in products:
        name = names_of(product)[1]
        packs[name][product.sku] = None
        for word in name[1:]:
            having[word].add(name)
    for word, names in having.items():
        if len(names) == 1 and is_telling((word,)) and not is_ordinary(word):
            skus = packs[next(iter(names))]
            if len(skus) > 1:
                heads[word,].update(skus)


def _add_inner_names(
    products: Sequence[Product], heads: defaultdict[Phrase, dict[str, None]]
) -> None:
    """Adds to each ending of two or more words the products whose names have all of its words:
    "chicken pizza" also fits the Chicken Pepperoni Pizza."""
    having: defaultdict[str, set[str]] = defaultdict(set)
    for product in products:
        for word in without_additions(names_of(product)[1]):
            having[word].add(product.sku)
    order = [product.sku for product in products]
    for phrase, skus in heads.items():
        if len(phrase) > 1 and len(skus) == 1:
            others = set.intersection(*(having[word] for word in phrase))
            skus.update(dict.fromkeys(sku for sku in order if sku in others))


def _add_other_numbers(heads: defaultdict[Phrase, dict[str, None]]) -> None:
    """Merges singular and plural: "mask" and "masks" each fit the products of both."""
    for phrase in [one for one in heads if one[-1].endswith("s")]:
        one = (*phrase[:-1], phrase[-1][:-1])
        if one in heads:
            both = heads[one] | heads[phrase]
            heads[one], heads[phrase] = dict(both), dict(both)


def brand_phrases(
    products: Iterable[Product], taken: Container[Phrase]
) -> dict[Phrase, tuple[str, ...]]:
    """The skus of each first part of a name, unless it is one of the `taken` phrases.

    A single word ("maggi", "crocin") must be shared by several names; two or more words need not.
    """
    owners: defaultdict[Phrase, dict[str, None]] = defaultdict(dict)
    known = load_vocabulary()
    for product in products:
        name = names_of(product)[1]
        for end in range(1, len(name)):
            if name[0] not in known.descriptions and is_telling(name[:end]):
                owners[name[:end]][product.sku] = None
    return {
        phrase: tuple(skus)
        for phrase, skus in owners.items()
        if len(skus) + len(phrase) > _FEWEST and phrase not in taken
    }


def pack_sizes(products: Iterable[Product]) -> dict[str, tuple[PackSize, ...]]:
    """The sizes in the name of each product that has any, by sku."""
    found = {each.sku: find_sizes_of_name(fold_name(each.name)) for each in products}
    return {
        sku: tuple(said.size._replace(is_held=said.is_held) for said in sizes)
        for sku, sizes in found.items()
        if sizes
    }


def other_packs(products: Iterable[Product]) -> dict[str, tuple[str, ...]]:
    """The skus of each product that comes in several packs: "Sugar 1 kg" and "Sugar 5 kg"."""
    called: defaultdict[Phrase, list[str]] = defaultdict(list)
    for each in products:
        called[without_sizes(fold_name(each.name))].append(each.sku)
    return {sku: tuple(skus) for skus in called.values() if len(skus) > 1 for sku in skus}


def find_brands(
    words: Sequence[str],
    spelled: Sequence[str],
    brands: Mapping[Phrase, tuple[str, ...]],
    mentions: Sequence[Mention],
) -> dict[Mention, tuple[str, ...]]:
    """The mentions of brands that stand alone, with their skus; in "chicken soup", where a noun
    follows, "chicken" is no mention."""
    strong = [each for each in mentions if not each.weak]
    taken: set[int] = set()
    found: dict[Mention, tuple[str, ...]] = {}
    longest = max(map(len, brands), default=0)
    for first in range(len(words)):
        for last in range(min(first + longest, len(words)), first, -1):
            skus = brands.get(tuple(spelled[first:last]))
            is_free = taken.isdisjoint(range(first, last)) and _is_longest(first, last, strong)
            if skus and is_free and _is_alone(words, spelled, first, last):
                found[Mention(first, last, skus[0], weak=False)] = skus
                taken.update(range(first, last))
    return found


def narrow_families(
    spelled: Sequence[str],
    mentions: Sequence[Mention],
    families: Families,
    words_of_name: Mapping[str, Container[str]],
) -> tuple[list[Mention], dict[Mention, tuple[str, ...]]]:
    """Narrows each family by the words behind it: "digene gel" keeps the products with "gel".

    Returns all mentions, and those that still fit several products with their skus."""
    ends = {each.first for each in mentions if not each.weak}
    narrowed: list[Mention] = []
    left: dict[Mention, tuple[str, ...]] = {}
    for mention in mentions:
        skus, last = families.get(mention), mention.last
        while skus and last - mention.last < _LONGEST_NARROWING and last not in ends:
            last += last + 1 < len(spelled) and spelled[last] == _OPENING
            word, behind = (*spelled[last : last + 2], "", "")[:2]
            fitting = tuple(sku for sku in skus if word in words_of_name[sku])
            if not fitting or (word.isdigit() and behind in UNITS | HOLDERS):
                last -= spelled[last - 1] == _OPENING
                break
            skus, last = fitting, last + 1
        now = mention._replace(last=last, sku=skus[0]) if skus else mention
        narrowed.append(now)
        if skus and len(skus) > 1:
            left[now] = skus
    return [one for one in narrowed if not _is_inside(one, narrowed)], left


def _is_inside(one: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a weak name only narrows another one: "2 burgers (chicken)"."""
    return one.weak and any(each.first < one.first < each.last for each in mentions)


def _is_longest(first: int, last: int, mentions: Sequence[Mention]) -> bool:
    """Whether the words from first to last (exclusive) are longer than each mention among them and
    cut none in two."""
    return all(
        (first <= one.first and one.last <= last and one.last - one.first < last - first)
        or one.last <= first
        or last <= one.first
        for one in mentions
    )


def _is_alone(words: Sequence[str], spelled: Sequence[str], first: int, last: int) -> bool:
    """Whether no noun stands beside the words, which would make them part of another name.

    Before a word that no dictionary has, a noun may stand: "cough syrup benadryl"."""
    before = words[first - 1] if first else ","
    behind = words[last] if last < len(words) else ","
    around = (behind,) if not is_ordinary(spelled[first]) else (before, behind)
    return all(one in _words_apart() or not one.isalpha() for one in around)


@cache
def _words_apart() -> frozenset[str]:
    """Words that may stand beside a name without being part of it: numbers, units, courtesies."""
    known = load_vocabulary()
    counts = known.numbers.keys() | known.only_before_a_product.keys()
    said = known.borders | known.courtesy | known.orders | known.give_words | known.descriptions
    return said | counts | UNITS | HOLDERS | every_size_word()
