"""Applies corrections within one message: "2 teas, sorry, 3 teas", "a juice. Cancel the juice"."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from nlu.catalogue.name_finder import Mention
from nlu.order.order import OrderLine
from nlu.quantities.numbers import Number
from nlu.words.small_words import phrases_of, word_set
from nlu.words.vocabulary import load_vocabulary

# The option that tells a product's name from other ones in the message: "large" of "large fries".
Kinds = Mapping[Mention, int]
_AT_ONCE = 2  # a "no" within so many words before a line takes back the line before it
_NEAR = 3
MAKES = phrases_of("makes")
_SAYS_NO, _SECOND_THOUGHTS = phrases_of("says_no"), phrases_of("second_thoughts")
_INSISTS, _WAS, _AMONG = word_set("insists"), word_set("was"), word_set("among")
_CHANGES, _INTO, _OF = word_set("changes"), word_set("into"), word_set("of")
_TAKES_NO_MORE, _THAT = word_set("takes_no_more"), word_set("that")
_PLACED = word_set("placed")


def is_same(one: Mention, other: Mention, kinds: Kinds) -> bool:
    """Whether two names are the same product, and not two kinds of it."""
    is_other = one in kinds and other in kinds and kinds[one] != kinds[other]
    return one.sku == other.sku and not is_other


def without_taken_off(
    words: Sequence[str], lines: Sequence[OrderLine], declined: Sequence[Mention]
) -> list[OrderLine]:
    """The lines without products that the message declines later on: "tea and a sandwich, actually
    no sandwich"."""
    off = [product for product in declined if _changes_mind(words, product)]
    return [
        line
        for line in lines
        if not any(p.sku == line.product.sku and p.first > line.first for p in off)
    ]


def correct_lines(
    words: Sequence[str],
    lines: Sequence[OrderLine],
    others: Sequence[Number | Mention],
    kinds: Kinds,
) -> list[OrderLine]:
    """The lines after all corrections.

    If a later line takes back or repeats an earlier one of the same product, only the later counts.
    others: numbers and products outside lines, which a correction may mean instead; kinds: what
    tells lines of one product apart.
    """
    kept: list[OrderLine] = []
    for line in lines:
        same = (one for one in reversed(kept) if is_same(one.product, line.product, kinds))
        before = next(same, None)
        if before is None:
            if kept and _replaces(words, kept[-1], line, others):
                kept.append(_in_its_number(words, kept.pop(), line))
            else:
                kept.append(line)
            continue
        between = words[before.last : line.first]
        if not load_vocabulary().takes_off.isdisjoint(between[-_NEAR:]):
            kept = [one for each in kept if (one := _less(each, line) if each is before else each)]
        elif before.quantity is not None and (line.quantity is None or _is_part(words, line)):
            continue
        elif before.quantity is not None and _says_again(words, before, line):
            kept = [one for one in kept if one.product.sku != line.product.sku] + [line]
        else:
            kept.append(line)
    return kept


def _in_its_number(words: Sequence[str], before: OrderLine, line: OrderLine) -> OrderLine:
    """ "1 garlic bread, cancel that, make it cheese garlic bread": as many of the other."""
    is_same = words[line.first - 2 : line.first] in MAKES or _says_another(words, before, line)
    return line._replace(quantity=before.quantity) if is_same and not line.quantity else line


def _says_again(words: Sequence[str], before: OrderLine, line: OrderLine) -> bool:
    """Whether a line replaces the earlier one of the same product, and is no further line."""
    known = load_vocabulary()
    between = words[before.last : line.first]
    within = words[line.first : line.last]
    insists = not _INSISTS.isdisjoint(within) or not known.takes_back_at_once.isdisjoint(within)
    if insists or between[-2:] in MAKES or is_taken_back(between):
        return True
    ends = [at for at, word in enumerate(between) if word in known.sentence_ends]
    tail = between[ends[-1] + 1 :] if ends else between
    if not known.sums_up.isdisjoint(tail):
        return True
    if between == [","] and _insists(before, line):
        return True
    if not _WAS.isdisjoint(between[:_NEAR]):
        return True
    plain = _is_bare(words, before) and _is_bare(words, line) and known.adds.isdisjoint(tail)
    return plain and bool(ends)


def _is_bare(words: Sequence[str], line: OrderLine) -> bool:
    """Whether nothing behind the line describes it, so that it may repeat another one."""
    known = load_vocabulary()
    behind = words[line.last : line.last + 1]
    return not behind or behind[0] in (known.separators | known.courtesy) - known.adds


def _replaces(
    words: Sequence[str], before: OrderLine, line: OrderLine, others: Sequence[Number | Mention]
) -> bool:
    """Whether a line replaces the one before, of another product: "a coke. No wait, make it a
    shake", "pakora, but actually two samosas instead".

    It does not if one of the `others` stands between them: then that is taken back.
    """
    between = words[before.last : line.first]
    if [word for word in between if word.isalpha()] in _SAYS_NO:
        return True
    if any(before.last <= other.first < line.first for other in others):
        return False
    if not _CHANGES.isdisjoint(between[:-1]) and not _INTO.isdisjoint(between):
        return True
    behind = [*words[line.last : line.last + _NEAR], "", ""]
    instead = any(
        one in load_vocabulary().instead_of and two not in _OF for one, two in pairwise(behind)
    )
    if before.quantity is None and instead:
        return True
    if _takes_that_off(between) or _says_another(words, before, line):
        return True
    instead = instead or not load_vocabulary().instead_of.isdisjoint(between)
    return is_taken_back(between) and (instead or between[-2:] in MAKES)


def _says_another(words: Sequence[str], before: OrderLine, line: OrderLine) -> bool:
    """ "1 white bread, sorry brown bread", "1 gel, no wait, tablet"."""
    known = load_vocabulary()
    told = [word for word in words[before.last : line.first] if word.isalpha()]
    behind = words[line.last : line.last + 1]
    ends = not behind or behind[0] in (known.separators | known.sentence_ends) - known.adds
    is_alone = line.quantity is None and before.quantity is not None and bool(told)
    return is_alone and ends and told[-1] in known.takes_back


def _takes_that_off(between: Sequence[str]) -> bool:
    """ "cancel that", "wo hata do"; but "drop it at the gate" is where it goes."""
    known = load_vocabulary()
    takes_off = known.takes_off | known.declines_behind | known.takes_back
    return any(
        ((word in takes_off and that in _THAT) or (word in _THAT and that in takes_off))
        and then not in _PLACED
        for word, that, then in zip(between, between[1:], [*between[2:], ""], strict=False)
    )


def is_taken_back(between: Sequence[str]) -> bool:
    known = load_vocabulary()
    last_two = between[-_AT_ONCE:]
    courteous = len(last_two) < _AT_ONCE or last_two[-1] in known.courtesy | {","}
    if last_two[-1:] and (
        last_two[-1] in known.takes_back_at_once
        or (courteous and last_two[0] in known.takes_back_at_once)
    ):
        return True
    no, pause = (
        known.takes_back_at_once & known.no_line_after,
        known.sentence_ends | known.courtesy | {","},
    )
    refuses = any(word in no and then in pause for word, then in pairwise(between))
    doubts = any([*two] in _SECOND_THOUGHTS for two in pairwise(between))
    return refuses or doubts or not known.takes_back.isdisjoint(between)


def _changes_mind(words: Sequence[str], product: Mention) -> bool:
    """Whether declining a product takes back an earlier wish: "Actually no sandwich"."""
    known = load_vocabulary()
    before = words[max(0, product.first - _NEAR - 1) : product.first]
    behind = words[product.last : product.last + 1]
    turns = known.takes_back | known.instead_of | known.takes_off | known.skips | _TAKES_NO_MORE
    if not known.dont.isdisjoint(before) and not known.eats.isdisjoint(before):
        return True  # "she doesn't want the juice"
    return not (turns.isdisjoint(before) and known.declines_behind.isdisjoint(behind))


def _is_part(words: Sequence[str], line: OrderLine) -> bool:
    """Whether a line speaks of a part of an earlier one: "do sandwich, ek sandwich me mirch mat
    daalna"."""
    return not _AMONG.isdisjoint(words[line.last : line.last + 1])


def _insists(one: OrderLine, other: OrderLine) -> bool:
    """Whether the second line only stresses the number: "a tea, one tea"."""
    first, then = one.quantity, other.quantity
    if not first or not then or (first.kind, then.kind) != ("article", "number"):
        return False
    return first.value == then.value and then.last == other.product.first


def _less(line: OrderLine, taken: OrderLine) -> OrderLine | None:
    """The rest of a line without the taken ones; None if nothing is left or a number is missing."""
    if line.quantity is None or taken.quantity is None:
        return None
    left = (line.quantity.value or 0) - (taken.quantity.value or 0)
    return line._replace(quantity=line.quantity._replace(value=left)) if left > 0 else None
