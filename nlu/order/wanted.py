"""Decides which of the named products are ordered."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import find_numbers
from nlu.words.small_words import phrases_of, word_set
from nlu.words.tokens import NEW_LINE
from nlu.words.vocabulary import load_vocabulary

_NEAR = 3
_PAST = 6
_BEHIND = word_set("behind_declined")  # in Hindi "no" follows the declined thing
_ALSO_NOT = word_set("or")
_THE = word_set("takes_article")
_PLACED = word_set("placed")  # "leave the tea at the gate"
_GIVES_ANY = word_set("gives_any")
_SERVED = word_set("served")  # servings that may be ordered by themselves
_PREPARES = word_set("prepares")
_BUT = word_set("but")
_MEANT = phrases_of("was_to")
_ASKS_OF, _ASKS_BEHIND = word_set("asks_of"), phrases_of("asks_behind")
_FARTHEST_ASKED, _WHETHER = 5, word_set("asks_whether")
_ASKS_PRICE, _ASKS_KIND, _IS_KIND = map(word_set, ("asks_price", "asks_kind", "is_kind"))
_SWAPPED, _INSTEAD_OF, _WAS = phrases_of("swapped"), word_set("instead_of"), word_set("was")
_NOT, _ARTICLE, _NO, _OUT = word_set("not_the"), word_set("the"), word_set("no"), word_set("out")
_EXTRA, _WITH, _OF = word_set("extra"), word_set("with"), word_set("of")


def wanted_products(words: Sequence[str], products: Sequence[Mention]) -> list[Mention]:
    """The products without extras, replaced ones and ones only mentioned."""
    named = [product for product in products if _is_a_product(words, product, products)]
    named = [product for product in named if not _is_prepared(words, product)] or named
    named = [one for one in named if not _is_asked_about(words, one, products)] or named
    kept = [product for product in named if not _is_refused(words, product, products)]
    # If every product would be dropped, the message is about them: "coffee nahi hai kya".
    kept = [product for product in kept if not _is_left(words, product, products)] or kept
    return [product for product in kept if not _is_past(words, product)] or kept


def is_declined(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether a product is refused, dropped or replaced: "no sandwich", "forget the bread",
    "coffee nahi chahiye"."""
    refused = _is_refused(words, product, products) or _is_left(words, product, products)
    return refused or _is_replaced(words, product)


def _is_refused(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether a "no" before it refuses a product: "no coffee", "don't send coffee or juice".

    The "no" of "1 no sandwich" is short for number."""
    known = load_vocabulary()
    before = list(words[max(0, product.first - _NEAR) : product.first])
    if not (_ARTICLE.isdisjoint(before[-1:]) or _NOT.isdisjoint(before[-2:-1])):
        before.pop()
    if not before:
        return False
    other = next((one for one in products if one.last == product.first - 1), None)
    if before[-1] in known.no_line_after and not (other and before[-1] in _BEHIND):
        counted = before[-1] in _NO and _is_number(before[-2:-1])
        return not counted and not _is_counted_again(words, product, products)
    if not known.dont.isdisjoint(before) or _is_not_to_come(words, product):
        return True
    return bool(other and before[-1] in _ALSO_NOT and _is_refused(words, other, products))


def _is_not_to_come(words: Sequence[str], product: Mention) -> bool:
    """Whether a "don't give" stands before a product: "don't give me any fries with it"."""
    known = load_vocabulary()
    at = product.first - 1
    while at >= 0 and words[at] in _GIVES_ANY:
        at -= 1
    return at >= 0 and words[at] in known.dont


def _is_counted_again(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether the "no" refuses an earlier number: "ek samosa, nahi samosa do"."""
    again = any(one.sku == product.sku and one.last <= product.first for one in products)
    behind = words[product.last : product.last + 1]
    counts = _is_number(behind) or not load_vocabulary().only_before_a_product.keys().isdisjoint(
        behind
    )
    return again and counts


def _is_left(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether a product is dropped: "skip the muffin", "coffee nahi chahiye", "tea nahi coffee"."""
    known = load_vocabulary()
    two, before = ("", "", *words[: product.first])[-2:]
    skips = before in known.skips or (two in known.skips | _OUT and before in _THE)
    if skips and not _PLACED.issuperset(words[product.last : product.last + 1] or [""]):
        return True
    behind = (*words[product.last : product.last + 2], "", "")
    no = behind[0] in known.takes_back_at_once & known.no_line_after
    ends = behind[1] in {",", NEW_LINE, "."} or behind[1] in known.courtesy
    next_one = any(other.first == product.last + 1 for other in products)
    ends = ends or (next_one and behind[0] not in _NO)  # "cheeseburger no onion"
    swapped = [*behind[:2]] in _SWAPPED
    return swapped or behind[0] in known.declines_behind or (no and ends)


def _is_a_product(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether a mention is a product of its own: no extra, no part, and not replaced."""
    known = load_vocabulary()
    before = words[product.first - 1] if product.first else ""
    earlier = words[max(0, product.first - 2) : product.first]
    after = words[product.last] if product.last < len(words) else ""
    whole = any(other.sku == product.sku and not other.weak for other in products)
    is_part = _speaks(words[product.first]) and not _ends_name(after)  # an emoji is no part
    if product.weak and (whole or is_part or _comes_with(words, product)):
        return False
    if _is_scooped(words, product) and not all(_is_scooped(words, one) for one in products):
        return False
    extra = before in _EXTRA and product is not products[0] and not _is_number(earlier)
    extra = extra and not (_is_one_more(words, product) or _is_counted_behind(words, product))
    return not (extra or after in known.no_line_before or _is_replaced(words, product))


def _is_one_more(words: Sequence[str], product: Mention) -> bool:
    """Whether "extra" means one more: "and an extra coke", but not "with an extra egg"."""
    before, article = ("", "", *words[: max(0, product.first - 1)])[-2:]
    counts = article in load_vocabulary().only_before_a_product
    return counts and before not in _WITH


def _is_counted_behind(words: Sequence[str], product: Mention) -> bool:
    """ "1 combo, extra coke 2" """
    behind = words[product.last : product.last + 2]
    ends = not behind[1:] or behind[1] in load_vocabulary().borders
    return ends and _is_number(behind[:1])


def _comes_with(words: Sequence[str], product: Mention) -> bool:
    """Whether a product is part of another: "chicken rice with an egg on top"."""
    two, before = ("", "", *words[: product.first])[-2:]
    counts = _is_number([before]) or before in load_vocabulary().only_before_a_product
    return before in _WITH or (two in _WITH and counts)


def _is_scooped(words: Sequence[str], product: Mention) -> bool:
    """Whether it is an extra in a measure: "a latte with two scoops of vanilla", but not "and a
    slice of banana bread"."""
    what, of = ("", "", *words[: product.first])[-2:]
    served = what in _SERVED and product.last - product.first > 1
    return of in _OF and what in load_vocabulary().extras and not served


def _is_prepared(words: Sequence[str], product: Mention) -> bool:
    """Whether the words only say how to make a product: "a wrap and a burger, and make the burger
    extra spicy"."""
    does, the = ("", "", *words[: product.first])[-2:]
    return does in _PREPARES and the in _THE


def _is_asked_about(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """ "2 teas, and is the burger spicy?", "samosa teekha hai kya": a question, no order."""
    before = [word for word in words[: product.first] if word not in _THE]
    two, last = ("", "", *before)[-2:]
    parted = load_vocabulary().separators | load_vocabulary().sentence_ends
    ahead = words[product.last : product.last + _FARTHEST_ASKED]
    behind = [*takewhile(lambda word: word not in parted, ahead)]
    if not _WHETHER.isdisjoint(behind) or _is_counted_then(words, product, products):
        return False  # "is juice available? then 2"
    if last in _ASKS_OF and two not in _ASKS_PRICE:
        return True
    is_kind = last in _ASKS_KIND and not _IS_KIND.isdisjoint(behind[1:])
    return is_kind or any([*two] in _ASKS_BEHIND for two in pairwise(behind[1:]))


def _is_counted_then(words: Sequence[str], product: Mention, products: Sequence[Mention]) -> bool:
    """Whether a number follows that counts this product: "is the soup hot? If so, 2"."""
    first = next((one for one in find_numbers(words[product.last :]) if one.sure), None)
    if first is None:
        return False
    begin, end = product.last + first.first, product.last + first.last
    return not any(0 <= one.first - end < _NEAR or one.last == begin for one in products)


def _is_replaced(words: Sequence[str], product: Mention) -> bool:
    """Whether another product replaces it: "instead of sandwich"."""
    before = [word for word in words[: product.first] if word not in _THE]
    instead, of = ("", "", *before)[-2:]
    return of in _INSTEAD_OF and instead in load_vocabulary().instead_of


def _is_past(words: Sequence[str], product: Mention) -> bool:
    """Whether the words tell of the past: "last time I ordered 3 coffees", "I was going to have
    tea", "juice ka man tha par"."""
    known = load_vocabulary()
    clause: list[str] = []
    for word in reversed(words[max(0, product.first - _PAST) : product.first]):
        if word in known.sentence_ends:
            break
        clause.append(word)
    if _is_number(words[max(0, product.first - 1) : product.first]):  # "but make it 3" may follow
        return not known.past.isdisjoint(clause)
    behind = words[product.last : product.last + _PAST]
    was = any(then in _WAS and but in _BUT for then, but in pairwise(behind))
    meant = any([first, then] in _MEANT for then, first in pairwise(clause))
    return was or meant or not known.past.isdisjoint(clause)


def _ends_name(word: str) -> bool:
    """Whether no noun follows: "two hot lattes" are no Hot Chocolates."""
    known = load_vocabulary()
    return not _speaks(word) or word in known.borders | known.measures | known.courtesy


def _speaks(word: str) -> bool:
    return any(letter.isalpha() for letter in word)


def _is_number(words: Sequence[str]) -> bool:
    return any(word.isdigit() or word in load_vocabulary().numbers for word in words)
