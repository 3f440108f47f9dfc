"""Decides which numbers of a message are quantities."""

from collections.abc import Container, Sequence

from nlu.catalogue.name_finder import Mention
from nlu.quantities.numbers import PIECE, Number, find_numbers
from nlu.quantities.shares import sum_of_shares
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_TOO_LONG_TO_COUNT = 1_000_000
_LOOK_AHEAD = 3
_LIKE_MONEY = 10
_SECOND = 2
_SIGNS = "-−–"
_LOOK_BACK = 4
# Words that turn what stands before them into a description: "kam cheeni wali chai".
_OF = word_set("describes_product")
_TO, _CHANGES, _AND, _X = map(word_set, ("to", "changes", "and_of_chat", "times"))
_WITH, _ALONG, _PART_OF = map(word_set, ("with", "along", "of"))
_GIVES_OR_TWO, _REPLACES, _OF_NUMBER = map(
    word_set, ("gives_or_two", "replaces", "instead_of_number")
)
_AMONG = word_set("among")
_NO_NUMBER = word_set("short_number")
_ONE, _THE, _ARTICLES = map(word_set, ("one", "the", "articles"))
_HOLDERS = word_set("holder", "pack_sizes")


def find_quantities(words: Sequence[str], products: Sequence[Mention]) -> list[Number]:
    """The numbers among folded words that may count products, from left to right.

    Prices, times, addresses, ratings, and the "two" of "two extra shots" are left out; so is "do"
    where it means "give" or asks.
    """
    taken = {at for product in products for at in range(product.first, product.last)}
    # The 650 of "dolo 650 - 2 strips" is no range with the 2.
    plain = ["" if at in taken and word.isdigit() else word for at, word in enumerate(words)]
    numbers = (_listed(words, number, products) for number in find_numbers(plain))
    numbers = (_article_of(words, number, taken) for number in numbers)
    free = [number for number in numbers if not taken & {*range(*number[:2])}]
    ends = {number.last for number in free if number.sure}
    # The "single" of "10 single packs" only describes.
    free = [one for one in free if one.kind != "article" or one.first not in ends]
    counting = [number for number in free if _counts(words, number, products)]
    return [number for number in counting if not _repeats(words, number, counting)]


def _listed(words: Sequence[str], number: Number, products: Sequence[Mention]) -> Number:
    """The number without a minus that only leads to it: "orange juice -1" is 1."""
    signed = words[number.first][0] in _SIGNS and (number.value or 0) < 0
    if signed and any(product.last == number.first for product in products):
        return number._replace(value=abs(number.value or 0))
    return number


def _article_of(words: Sequence[str], number: Number, taken: Container[int]) -> Number:
    """The number without words that begin a product's name: only the "a" of "a 7 Up"."""
    is_article = number.first not in taken and words[number.first] in _ARTICLES
    if is_article and number.last - number.first > 1 and number.first + 1 in taken:
        return Number(number.first, number.first + 1, 1, "article")
    return number


def find_only_number(words: Sequence[str]) -> Number | None:
    """The number of a message that says nothing else: "2", "two please", "bas teen"."""
    numbers = [number for number in find_numbers(words) if not _gives(words, number)]
    spoken = [number for number in numbers if number.kind != "article"]
    sure = [number for number in spoken if number.sure] or spoken
    if shared := sum_of_shares(words, sure):
        return shared
    if len(sure) != 1:
        return None
    rest = (*words[: sure[0].first], *words[sure[0].last :])
    silent = load_vocabulary().courtesy
    return sure[0] if all(word in silent or not _speaks(word) for word in rest) else None


def _counts(words: Sequence[str], number: Number, products: Sequence[Mention]) -> bool:
    known = load_vocabulary()
    starts = {product.first for product in products}
    before = words[number.first - 1] if number.first else ""
    listed = words[number.first].isalpha() or before == ":"  # "for the 3rd floor: 11 tea"
    if _counts_instead(words, number, products):
        return True
    if before in known.no_quantity_after_unless_product and number.last not in starts:
        gives = known.give_words | known.vessels  # "garam ho to 5 bhejna", "hai to 1 plate"
        given = not gives.isdisjoint(words[number.last : number.last + 1])
        return before in _TO and (not _CHANGES.isdisjoint(words) or given)
    return not (
        _names_something(words, number, before)
        or (_is_address(words, number) and not (listed and number.last in starts))
        or (not number.sure and _gives(words, number))
        or _replaced(words, number)
        or _is_of_a_part(words, number, starts)
        or _weighs(words, number)
        or (not _is_held(words, number, products) and _of_an_extra(words, number, starts))
        or _is_model(words, number)
        or _stands_for_a_name(words, number)
    )


def _counts_instead(words: Sequence[str], number: Number, products: Sequence[Mention]) -> bool:
    """Whether a number replaces the one before it: "3 samosas no 4" (no house number), "coffee to
    3"."""
    ends = (*words[number.last : number.last + 1], ".")[0] in load_vocabulary().sentence_ends
    ends = ends or number.last == len(words) or words[number.last] in load_vocabulary().courtesy
    before = [word for word in words[: number.first] if word != ","]
    if not (ends and number.sure and before):
        return False
    at = len(words[: number.first]) - 1
    while at > 0 and words[at - 1] == ",":
        at -= 1
    behind_product = any(product.last == at for product in products)
    counted = any(
        find_numbers(words[product.first - 1 : product.first])
        for product in products
        if product.first and product.last == at
    )
    if before[-1] in _TO:
        return behind_product
    return before[-1] in _NO_NUMBER and (counted or bool(find_numbers(before[-2:-1])))


def _names_something(words: Sequence[str], number: Number, before: str) -> bool:
    """Whether a number is a price, time, address, phone number or the number of a list's line."""
    known = load_vocabulary()
    after = words[number.last] if number.last < len(words) else ""
    if after == ")" and before != "(":  # "1) coffee 2) tea"
        return True
    joins = after in _AND and (number.value or 0) % 10 != _SECOND  # "1 nd tea": nd is "and"
    joins = joins or _is_of_pieces(words, number)
    named = before in known.no_quantity_after or (after in known.no_quantity_before and not joins)
    return named or abs(number.value or 0) > _TOO_LONG_TO_COUNT


def _is_of_pieces(words: Sequence[str], number: Number) -> bool:
    """Whether a number counts some of the pieces: "ek me extra cheese"; options stand as words
    that only describe."""
    among, option = (*words[number.last : number.last + 2], "", "")[:2]
    return among in _AMONG and option in load_vocabulary().descriptions


def _is_of_a_part(words: Sequence[str], number: Number, product_starts: Container[int]) -> bool:
    """Whether a number says what the product holds: "a pack of 24", "vitamins with 60 tablets"."""
    two, before = ("", "", *words[: number.first])[-2:]
    near = range(number.last, number.last + _LOOK_AHEAD)
    holds = (before in _WITH and two not in _ALONG) or (
        before in _PART_OF and two in load_vocabulary().vessels
    )
    return holds and not any(at in product_starts for at in near)


def _weighs(words: Sequence[str], number: Number) -> bool:
    """Whether a number says how large, not how many: "one 2 kg cake", "ek kilo ka", "a 6 piece"."""
    weight, of = (*words[number.last : number.last + 2], "", "")[:2]
    counted = number.first > 0 and bool(find_numbers(words[number.first - 1 : number.first]))
    if weight in _OF and (number.value or 0) >= _LIKE_MONEY:  # "500 ka chutta", "20 wali chai"
        return True
    if weight in PIECE and (number.value or 0) > 1 and counted:
        return True
    return weight in load_vocabulary().weights and (counted or number.value is None or of in _OF)


def _is_address(words: Sequence[str], number: Number) -> bool:
    """Whether a number is part of an address: "flat 5", "house no. 5", "office no: 21"."""
    known = load_vocabulary()
    near = words[max(0, number.first - _LOOK_BACK) : number.first]
    if near[-1:] in (["-"], ["/"]) and len("".join(near[-2:-1])) == 1 and near[-2].isalpha():
        return near[-2] not in known.weights  # "C-12"; but "milk 1 L - 3"
    before = [word for word in near if word not in {":", "-", "#"}]
    if before[-2:-1] and before[-1] == "." and before[-2] in known.number_names:
        before.pop()
    if before and before[-1] in known.number_names:
        before.pop()
    return bool(before) and before[-1] in known.places


def _repeats(words: Sequence[str], number: Number, numbers: Sequence[Number]) -> bool:
    """Whether a number in brackets repeats the one before it: "two (2) coffees"."""
    before = number.first - 1
    bracketed = before > 0 and words[before] == "("
    return bracketed and any(n.last == before and n.value == number.value for n in numbers)


def _gives(words: Sequence[str], number: Number) -> bool:
    """Whether "do" is the Hindi "give" or the English verb, and not two."""
    if words[number.first] not in _GIVES_OR_TWO or number.last - number.first > 1:
        return False
    known = load_vocabulary()
    before = words[number.first - 1] if number.first else ""
    after, later = (*words[number.last : number.last + 2], "", "")[:2]
    asks = after in known.english_do_subjects or later in known.english_do_verbs
    return before in known.give_after or asks


def _replaced(words: Sequence[str], number: Number) -> bool:
    """Whether another number replaces this one: the two of "three instead of two"."""
    known = load_vocabulary()
    two, before = ("", "", *words[: number.first])[-2:]
    no, then = (*words[number.last : number.last + 2], "", "")[:2]
    other = no in known.takes_back_at_once and bool(find_numbers([then]))  # "2 nahi 3 kar do"
    instead = two in known.instead_of and before in _OF_NUMBER
    return other or instead or not _REPLACES.isdisjoint((two, before))


def _is_model(words: Sequence[str], number: Number) -> bool:
    """Whether a number belongs to a name: the 14 of "a cover for iphone 14 x2"."""
    sign, count = (*words[number.last : number.last + 2], "", "")[:2]
    return sign in _X and count.isdigit() and number.first > 0 and words[number.first - 1].isalpha()


def _stands_for_a_name(words: Sequence[str], number: Number) -> bool:
    """Whether "one" stands for a product's name: "whole wheat bread, the large one"."""
    the, described = ("", "", *words[: number.first])[-2:]
    named = the in _THE | (_ARTICLES - _ONE)  # "and a small one for my wife"
    return words[number.first] in _ONE and named and described.isalpha()


def _of_an_extra(words: Sequence[str], number: Number, product_starts: Container[int]) -> bool:
    """Whether a number counts an extra: "two extra shots", "2 sugar".

    It does not in "two sugar free coffees", "two sugar-free ones"."""
    known = load_vocabulary()
    extra = False
    for at in range(number.last, min(number.last + _LOOK_AHEAD, len(words))):
        if at in product_starts:
            return False
        if words[at] in known.borders | known.no_line_after:
            break
        behind = words[at + 1] if at + 1 < len(words) else ""
        named = {words[at], words[at].removesuffix("s")} & known.extras
        extra = extra or (bool(named) and behind not in _OF | {"-"})
    return extra


def _is_held(words: Sequence[str], number: Number, products: Sequence[Mention]) -> bool:
    """Whether a number counts what holds the product right before it: "ors 5 sachets"."""
    behind = words[number.last : number.last + 1]
    return not _HOLDERS.isdisjoint(behind) and any(one.last == number.first for one in products)


def _speaks(word: str) -> bool:
    return any(letter.isalnum() for letter in word)
