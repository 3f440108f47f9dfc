"""Which number counts which product: the lines of an order."""

from collections.abc import Callable, Sequence

from nlu.catalogue import Mention
from nlu.corrections import corrected
from nlu.numbers import Number
from nlu.order import Line, Order
from nlu.vocabulary import vocabulary

_LONGEST_REACH = 6
_REACH_OF_DO = 2
_LONGEST_TAIL = 3
_TAKEN = "|"
_DESCRIBES = (["with"], ["without"])  # "two without sugar teas"


Pairs = dict[Mention, Number]
Reading = Callable[[Sequence[str], Number, Mention], bool]


def read_order(
    words: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number]
) -> Order:
    """Pairs numbers with products.

    A number counts the product behind it ("2 large coffees") or the one before it ("coffee x2");
    of the two readings of a whole message the one that leaves fewer numbers over is meant.
    """
    products = [product for product in products if _is_ordered(words, product, products)]
    gaps = _without(words, products, numbers)
    forwards = _pairs(gaps, products, numbers, _FORWARDS)
    backwards = _pairs(gaps, products, numbers, _BACKWARDS)
    pairs = backwards if len(backwards) > len(forwards) else forwards
    pairs = _with_lists_of_do(gaps, products, numbers, pairs)
    pairs = _with_each(gaps, products, numbers, pairs)
    given = set(pairs.values())
    free = [number for number in numbers if number.sure and number not in given]
    if len(products) == len(free) == 1 and not pairs:
        pairs = {products[0]: free[0]}
    lines = [Line(product, pairs.get(product)) for product in products]
    lines = corrected(words, lines, free)
    lines = [line for line in lines if _is_line(line, lines)]
    return Order(lines, free[-1] if free and not lines else None)


def _pairs(
    gaps: Sequence[str],
    products: Sequence[Mention],
    numbers: Sequence[Number],
    readings: Sequence[Reading],
) -> Pairs:
    """Gives each product a number, by the first reading before the second."""
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


def _counts_after_comma(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """ "tea, 2 cups. samosa, 4 pieces."; or each on a line of its own."""
    between, behind = gaps[product.last : number.first], gaps[number.last : number.last + 1]
    measured = not vocabulary().measures.isdisjoint(behind)
    alone = between == [";"] and behind in ([], [";"])
    return alone or (between == [","] and (measured or _ends_phrase(gaps, number.last)))


def _with_lists_of_do(
    gaps: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number], pairs: Pairs
) -> Pairs:
    """ "samosa paanch, chai do": in a list of numbers behind products, "do" is one too."""
    if not any(number.first >= product.last for product, number in pairs.items()):
        return pairs
    ends = {product.last: product for product in products if product not in pairs}
    given = set(pairs.values())
    more = {
        ends[number.first]: number
        for number in numbers
        if number.first in ends and number not in given and _ends_phrase(gaps, number.last)
    }
    return pairs | more


def _with_each(
    gaps: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number], pairs: Pairs
) -> Pairs:
    """ "tea and coffee, two each", "do do": the number counts every product that no other does."""
    each = vocabulary().each
    twice = {one for one in numbers for other in numbers if _says_again(one, other)}
    for number in numbers:
        if number in twice or not each.isdisjoint(gaps[number.last : number.last + 2]):
            others = {product: n for product, n in pairs.items() if n != number}
            counted = {product.sku for product in others}
            uncounted = [product for product in products if product.sku not in counted]
            return dict.fromkeys(uncounted, number) | others
    return pairs


def _says_again(number: Number, other: Number) -> bool:
    return number.last == other.first and number.value == other.value


def _is_near(number: Number, product: Mention) -> bool:
    gap = max(product.first - number.last, number.first - product.last)
    return gap <= _LONGEST_REACH


def _counts_next(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """ "2 coffees", "two large cups of coffee"; "do" reaches less far."""
    if number.last > product.first:
        return False
    known = vocabulary()
    between = _without_full_stops(gaps[number.last : product.first])
    far = sum(word not in known.measures for word in between)
    near = number.kind != "homograph" or far <= _REACH_OF_DO
    numbered = between == ["-"] and _begins_phrase(gaps, number.first)  # "1-coffee, 2-tea"
    numbered = numbered or (between == [")"] and gaps[: number.first][-1:] == ["("])  # "(2) coffee"
    described = between[1:] if between[:1] in _DESCRIBES and len(between) > 1 else between
    return near and (numbered or known.borders.isdisjoint(described))


def _counts_previous(gaps: Sequence[str], number: Number, product: Mention) -> bool:
    """ "coffee x 2", "tea - 3"; "do" needs a measure or "give" behind it ("samosa do plate")."""
    if product.last > number.first:
        return False
    known = vocabulary()
    between = gaps[product.last : number.first]
    *words, sign = between or [""]
    leads = sign in known.number_follows or sign.startswith("...")  # "samosa ...... 6"
    follows = not between or (leads and _describe(words))
    behind = gaps[number.last : number.last + 1]
    sure = number.sure or not (known.measures | known.give_words).isdisjoint(behind)
    return sure and follows and len(between) <= _LONGEST_TAIL


def _without_full_stops(between: Sequence[str]) -> list[str]:
    """Without those that end a measure: "2 nos. sandwich"."""
    before = ["", *between]
    measures = vocabulary().measures
    return [w for w, last in zip(between, before, strict=False) if w != "." or last not in measures]


def _describe(words: Sequence[str]) -> bool:
    """Whether these may stand between a product and the sign of its number: "tea large - 2"."""
    known = vocabulary()
    return all(word in known.number_follows or word not in known.borders for word in words)


def _begins_phrase(gaps: Sequence[str], at: int) -> bool:
    return at == 0 or (gaps[at - 1] in vocabulary().borders and gaps[at - 1] != "-")


def _without(
    words: Sequence[str], products: Sequence[Mention], numbers: Sequence[Number]
) -> list[str]:
    """The words with products and numbers blotted out, over which no number reaches."""
    gaps = list(words)
    for first, last, *_ in (*products, *numbers):
        gaps[first:last] = [_TAKEN] * (last - first)
    return gaps


def _is_ordered(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether a product is more than an extra, a replaced one or one that is not wanted."""
    known = vocabulary()
    before = words[product.first - 1] if product.first else ""
    earlier = words[max(0, product.first - 2) : product.first]
    after = words[product.last] if product.last < len(words) else ""
    if product.weak and not _ends_name(after):
        return False
    if before == "of" and not known.extras.isdisjoint(earlier):
        return False
    replaced = before in {"of", "than", "with"} and any(w in known.instead_of for w in earlier)
    extra = before == "extra" and product is not products[0] and not _is_number(earlier)
    unwanted = before in known.no_line_after or _is_declined(words[product.last :], products)
    return not (replaced or extra or unwanted or after in known.no_line_before)


def _is_declined(behind: Sequence[str], products: Sequence[Mention]) -> bool:
    """ "coffee nahi chahiye, sirf do chai": not this one, but another."""
    known = vocabulary()
    no, then = (*behind[:2], "", "")[:2]
    declines = no in known.takes_back_at_once & known.no_line_after
    return len(products) > 1 and declines and (then in {",", ";"} or then in known.courtesy)


def _is_line(line: Line, lines: Sequence[Line]) -> bool:
    """A weak name needs a number; a product that is only named again is no second line."""
    if line.quantity is not None or line.product.weak:
        return line.quantity is not None
    same = [other for other in lines if other.product.sku == line.product.sku]
    return line is same[0] and all(other.quantity is None for other in same)


def _ends_phrase(gaps: Sequence[str], at: int) -> bool:
    return at == len(gaps) or gaps[at] in vocabulary().borders


def _ends_name(word: str) -> bool:
    """Whether no noun follows: "two hot lattes" are no Hot Chocolates."""
    known = vocabulary()
    speaks = any(letter.isalpha() for letter in word)
    return not speaks or word in known.borders | known.measures | known.courtesy


def _is_number(words: Sequence[str]) -> bool:
    return any(word.isdigit() or word in vocabulary().numbers for word in words)


_FORWARDS = (_counts_next, _counts_previous, _counts_after_comma)
_BACKWARDS = (_counts_previous, _counts_next, _counts_after_comma)
