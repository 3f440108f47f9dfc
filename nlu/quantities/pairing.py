"""Decides which number counts which product."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import Number
from nlu.words.small_words import phrases_of, word_set
from nlu.words.tokens import NEW_LINE
from nlu.words.vocabulary import every_word, load_vocabulary

_LONGEST_REACH = 6
_REACH_OF_DO = 2
_LONGEST_TAIL = 3
_SHORT = 3
_TAKEN = "|"
_AS_MANY = tuple(" ".join(way) for way in phrases_of("as_many"))
_NO, _AMONG = word_set("short_number"), word_set("among")
_DESCRIBES = phrases_of("describes")  # "two without sugar teas"

Pairs = dict[Mention, Number]
Reading = Callable[[Sequence[str], Number, Mention], bool]


def pair_numbers(
    words: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number]
) -> Pairs:
    """The number of each product that has one.

    A number counts the product behind it ("2 large coffees") or before it ("coffee x2"). The whole
    message is read both ways; the way that leaves fewer numbers over wins.
    """
    gaps = _without(words, products, numbers)
    forwards = _pairs(gaps, products, numbers, _FORWARDS)
    backwards = _pairs(gaps, products, numbers, _BACKWARDS)
    is_backwards = len(backwards) > len(forwards)
    if len(backwards) == len(forwards) and products and numbers:
        # "lays 2 kurkure 2 coke 1": begins with a name and ends with its number.
        begins = products[0].first < numbers[0].first or _ends_with_name(gaps[: numbers[0].first])
        is_list = begins and products[-1].last == numbers[-1].first
        is_backwards = is_list and numbers[-1] not in forwards.values()
    pairs = backwards if is_backwards else forwards
    pairs = _with_lists_of_do(gaps, products, numbers, pairs)
    pairs = _with_as_many(gaps, products, pairs)
    return _with_each(gaps, products, numbers, pairs)


def ends_phrase(words: Sequence[str], at: int) -> bool:
    """Whether a phrase ends there: at the end of the words, or at a word that separates."""
    return at == len(words) or words[at] in load_vocabulary().borders


def _pairs(
    gaps: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    readings: Sequence[Reading],
) -> Pairs:
    """Assigns a number to each product by the first reading that fits.

    gaps: the words with products and numbers blanked out."""
    pairs: Pairs = {}
    given: set[Number] = set()
    for reading in readings:
        for product in products:
            if product in pairs:
                continue
            near = [number for number in numbers if _is_near(number, product)]
            fitting = [n for n in near if n not in given and reading(gaps, n, product)]
            if fitting:
                pairs[product] = fitting[-1]
                given.add(fitting[-1])
    return pairs


def _with_lists_of_do(
    gaps: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number], pairs: Pairs
) -> Pairs:
    """The pairs, plus those of "do" in a list, where it is two and not "give": "samosa paanch, chai
    do", "sandwich do, ek juice"."""
    behind = any(number.first >= product.last for product, number in pairs.items())
    ends = {product.last: product for product in products if product not in pairs}
    given = set(pairs.values())
    more = {
        ends[number.first]: number
        for number in numbers
        if number.first in ends
        and number not in given
        and ends_phrase(gaps, number.last)
        and (
            behind
            or (pairs and gaps[number.last : number.last + 1] == [","])
            or _are_some_of_them(gaps[number.last : number.last + _SHORT])
        )
    }
    return pairs | more


def _are_some_of_them(behind: Sequence[str]) -> bool:
    """Whether a number of the pieces follows: "burger do, ek me extra cheese"."""
    return list(behind[:2]) == [",", _TAKEN] and not _AMONG.isdisjoint(behind[2:])


def _with_as_many(gaps: Sequence[str], products: Sequence[Mention], pairs: Pairs) -> Pairs:
    """The pairs, plus products with as many as the one before: "4 coffees and the same number of
    samosas"."""
    for one, other in pairwise(products):
        between = " ".join(gaps[one.last : other.first])
        if one in pairs and other not in pairs and between.endswith(_AS_MANY):
            pairs = pairs | {other: pairs[one]}
    return pairs


def _with_each(
    gaps: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number], pairs: Pairs
) -> Pairs:
    """The pairs, plus "each" for every product without a number: "tea and coffee, two each", "do
    do"."""
    each = load_vocabulary().each
    twice = {one for one, other in pairwise(numbers) if _says_again(gaps, one, other)}
    for number in numbers:
        if number in twice or not each.isdisjoint(gaps[number.last : number.last + 2]):
            others = {product: n for product, n in pairs.items() if n != number}
            counted = {product.sku for product in others}
            uncounted = [product for product in products if product.sku not in counted]
            return dict.fromkeys(uncounted, number) | others
    return pairs


def _says_again(gaps: Sequence[str], number: Number, other: Number) -> bool:
    """Whether a number is written twice in a row: "do do", "2-2"."""
    return number.value == other.value and gaps[number.last : other.first] in ([], ["-"])


def _is_near(number: Number, product: Mention) -> bool:
    gap = max(product.first - number.last, number.first - product.last)
    return gap <= _LONGEST_REACH


def _counts_next(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """Whether a number counts the product behind it: "two large cups of coffee".

    For "do" fewer words may stand between."""
    if number.last > product.first:
        return False
    known = load_vocabulary()
    between = _without_hyphens(_without_full_stops(gaps[number.last : product.first]))
    far = sum(word not in known.measures for word in between)
    near = number.kind != "homograph" or far <= _REACH_OF_DO
    numbered = between == ["-"] and _begins_phrase(gaps, number.first)  # "1-coffee, 2-tea"
    numbered = numbered or (between == [")"] and gaps[: number.first][-1:] == ["("])  # "(2) coffee"
    described = between[1:] if between[:1] in _DESCRIBES and len(between) > 1 else between
    eats = number.sure and _they_eat(between, _begins_phrase(gaps, number.first))
    return near and (numbered or eats or known.borders.isdisjoint(described))


def _they_eat(between: Sequence[str], alone: bool) -> bool:
    """Whether a number counts people who want a product: "three will have coffee", "the two clients
    want tea"."""
    who = 1 if between and between[0] not in load_vocabulary().borders else 0
    does = between[who:]
    return bool(does) and load_vocabulary().eats.issuperset(does) and (alone or who == 1)


def _counts_previous(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """Whether a number counts the product before it: "coffee x 2", "tea - 3".

    "do" needs a measure or "give" behind it ("samosa do plate")."""
    if product.last > number.first:
        return False
    known = load_vocabulary()
    between = gaps[product.last : number.first]
    *words, sign = between or [""]
    leads = sign in known.number_follows or sign.startswith("...")  # "samosa ...... 6"
    # Options stand as words that only describe: "fries large 1".
    follows = {min(known.descriptions)}.issuperset(between) or (leads and _describe(words))
    behind = gaps[number.last : number.last + 1]
    sure = number.sure or not (known.measures | known.give_words).isdisjoint(behind)
    return sure and follows and len(between) <= _LONGEST_TAIL


def _counts_after_comma(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """Whether a number counts the product before a comma or on the line above: "tea, 2 cups."."""
    between, behind = gaps[product.last : number.first], gaps[number.last : number.last + 1]
    measured = not load_vocabulary().measures.isdisjoint(behind)
    # "1 kg dal, 2 packets maggi": the packets are of something else.
    measured = measured and _ends_or_asks(gaps, number.last + 1)
    alone = between == [NEW_LINE] and behind in ([], [NEW_LINE])
    return alone or (between == [","] and (measured or ends_phrase(gaps, number.last)))


def _ends_with_name(words: Sequence[str]) -> bool:
    """Whether a name that is no product's ends there: the "glucose powder" before 3."""
    return any(
        word.isalpha() and len(word) > _SHORT and word not in every_word() for word in words[-2:]
    )


def _ends_or_asks(gaps: Sequence[str], at: int) -> bool:
    """Whether no other thing follows: the phrase ends, or a courtesy or "give" follows."""
    known = load_vocabulary()
    return ends_phrase(gaps, at) or gaps[at] in known.courtesy | known.give_words | known.measures


def _without_full_stops(between: Sequence[str]) -> list[str]:
    """The words without the full stops of abbreviations: "2 nos. sandwich", "3 no. juice"."""
    before = ["", *between]
    short = {word for word in load_vocabulary().measures if len(word) <= _SHORT} | _NO
    return [w for w, last in zip(between, before, strict=False) if w != "." or last not in short]


def _without_hyphens(between: Sequence[str]) -> list[str]:
    """The words without hyphens within a word: "an anti-dandruff shampoo"."""
    around = zip(["", *between], between, [*between[1:], ""], strict=False)
    return [w for last, w, then in around if w != "-" or not (last.isalpha() and then.isalpha())]


def _describe(words: Sequence[str]) -> bool:
    """Whether the words may stand between a product and its number's sign: "tea large - 2"."""
    known = load_vocabulary()
    return all(word in known.number_follows or word not in known.borders for word in words)


def _begins_phrase(gaps: Sequence[str], at: int) -> bool:
    return at == 0 or (gaps[at - 1] in load_vocabulary().borders and gaps[at - 1] != "-")


def _without(
    words: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number]
) -> list[str]:
    """The words with products and numbers blanked out, so that no pair reaches across them."""
    gaps = list(words)
    for first, last, *_ in (*products, *numbers):
        gaps[first:last] = [_TAKEN] * (last - first)
    return gaps


_FORWARDS = (_counts_next, _counts_previous, _counts_after_comma)
_BACKWARDS = (_counts_previous, _counts_next, _counts_after_comma)
