"""Numbers that say for whom they are: "one coffee for me and two for my wife"."""

from collections.abc import Sequence

from nlu.numbers import Number
from nlu.vocabulary import vocabulary

_LONGEST_WHO = 3
_FOR = {"for", "fr"}


def is_share(words: Sequence[str], first: int, last: int) -> bool:
    """Whether what stands from `first` to `last` (exclusive) is somebody's: "two for my wife",
    "do bhai ke liye", "mere liye do"."""
    return _says_behind(words, last) or _says_before(words, first)


def sum_of_shares(words: Sequence[str], numbers: Sequence[Number]) -> Number | None:
    """ "2 for me, 1 for him" as one number; None where the numbers are no shares alone."""
    values = [number.value for number in numbers if number.value is not None]
    shared = all(is_share(words, number.first, number.last) for number in numbers)
    if len(numbers) < 2 or len(values) < len(numbers) or not shared:  # noqa: PLR2004
        return None
    return Number(numbers[0].first, numbers[-1].last, sum(values))


def _says_behind(words: Sequence[str], last: int) -> bool:
    known = vocabulary()
    for at in range(last, min(last + _LONGEST_WHO + 1, len(words))):
        if words[at] in known.share_for:
            return at == last if words[at] in _FOR else at > last
        if words[at] in known.separators or words[at] in known.numbers or words[at].isdigit():
            return False
    return False


def _says_before(words: Sequence[str], first: int) -> bool:
    known = vocabulary()
    parted, two, before = (",", ",", ",", *words[:first])[-3:]
    return (two in _FOR and parted in known.separators) or before in known.share_for - _FOR
