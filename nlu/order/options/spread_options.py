"""Spreads options over the pieces of a line: "2 lattes: oat and soy milk" is one of each."""

from collections.abc import Sequence
from itertools import pairwise

from nlu.catalogue.option_names import OptionMention
from nlu.order.options.option_parts import PARTS, OptionPart, line_of_part
from nlu.order.order import TIMES, OrderLine
from nlu.quantities.numbers import Number
from nlu.words.small_words import word_set
from nlu.words.vocabulary import load_vocabulary

_JOINS = PARTS | word_set("with")
_SIGNS = frozenset({"-", "=", ":", "(", ")", *TIMES})
_SAME = word_set("same_again")

Chunk = tuple[OptionMention, ...]


def spread_options(
    words: Sequence[str],
    parts: Sequence[OptionPart],
    lines: Sequence[OrderLine],
    free: Sequence[Number],
) -> list[OptionPart]:
    """The parts; options of which a piece can have only one become counted parts, where their
    number tells how many pieces have each.

    free: the numbers that count no product."""
    spread = [*parts]
    for at, line in enumerate(lines):
        own = [
            part
            for part in spread
            if part.mentions[0].first >= line.product.last and not part.is_counted
            and line_of_part(words, part, lines) == at
        ]  # fmt: skip
        new = _spread_over(words, [one for part in own for one in part.mentions], line, free)
        if new:
            spread = sorted(
                [*(part for part in spread if part not in own), *new],
                key=lambda part: part.mentions[0].first,
            )
    return _with_more_of_other_kind(words, _with_same_again(words, spread, lines), lines)


def _spread_over(
    words: Sequence[str], own: Sequence[OptionMention], line: OrderLine, free: Sequence[Number]
) -> list[OptionPart]:
    """The mentions of one line as a part for each kind of piece; empty if they are for all."""
    whole, chunks = _chunks_of(own, line.product.sku)
    many = line.quantity.value if line.quantity else None
    if not chunks[1:] or not many or any(_has_same(words, own, chunk) for chunk in chunks):
        return []
    if (counts := _counts_behind(words, chunks, free)) and sum(counts) == many:
        shares = counts
    elif many % len(chunks) == 0 and _are_listed(words, chunks):
        shares = [many // len(chunks)] * len(chunks)
    else:
        return []
    counted = [
        OptionPart(chunk, Number(chunk[0].first, chunk[0].first, share), nested=False)
        for chunk, share in zip(chunks, shares, strict=True)
    ]
    return [OptionPart((one,), None, nested=False) for one in whole] + counted


def _chunks_of(own: Sequence[OptionMention], sku: str) -> tuple[list[OptionMention], list[Chunk]]:
    """The options of all pieces, and those of each piece: a new one begins with an option that the
    piece before cannot have, too."""
    chunks: list[list[OptionMention]] = []
    for one in own:
        if one.of(sku) is None:
            continue
        if not chunks or any(one.excludes(other, sku) for other in chunks[-1]):
            chunks.append([one])
        else:
            chunks[-1].append(one)
    whole: list[OptionMention] = []
    if len(chunks) > 1 and all(len(chunk) == 1 for chunk in chunks[1:]):
        # "2 lattes, large, oat milk and soy milk": the size is said of both.
        whole = [one for one in chunks[0] if not one.excludes(chunks[1][0], sku)]
        chunks[0] = [one for one in chunks[0] if one not in whole]
    return whole, [tuple(chunk) for chunk in chunks]


def _counts_behind(
    words: Sequence[str], chunks: Sequence[Chunk], free: Sequence[Number]
) -> list[int]:
    """The numbers right behind each chunk, "small - 1, large - 2"; empty if one has none."""
    counts = []
    for chunk in chunks:
        at = chunk[-1].last
        while words[at : at + 1] and words[at] in _SIGNS:
            at += 1
        number = next((one for one in free if one.first == at and one.value), None)
        if number is None:
            return []
        counts.append(number.value or 0)
    return counts


def _are_listed(words: Sequence[str], chunks: Sequence[Chunk]) -> bool:
    """Whether nothing but "and", commas and "half" stands between the chunks."""
    links = _JOINS | load_vocabulary().fractions | {""}
    return all(
        set(words[one[-1].last : other[0].first]) <= links for one, other in pairwise(chunks)
    )


def _with_same_again(
    words: Sequence[str], parts: Sequence[OptionPart], lines: Sequence[OrderLine]
) -> list[OptionPart]:
    """The parts; one behind "the same" is one more with the options before it, but for those that
    it changes: "a large latte with oat milk, and the same but small"."""
    placed: list[OptionPart] = []
    for part in parts:
        first = part.mentions[0].first
        at = line_of_part(words, part, lines)
        start = max((one.mentions[-1].last for one in placed), default=0)
        same = next((one for one in range(start, first) if words[one] in _SAME), None)
        if at is None or same is None or same < lines[at].product.last:
            placed.append(part)
            continue
        sku = lines[at].product.sku
        before = [one for each in placed if line_of_part(words, each, lines) == at
                  for one in each.mentions]  # fmt: skip
        kept = [one for one in before if not any(one.excludes(new, sku) for new in part.mentions)]
        number = part.number or Number(same, same + 1, 1)
        placed.append(OptionPart((*part.mentions, *kept), number, nested=False, adds=True))
    return placed


def _with_more_of_other_kind(
    words: Sequence[str], parts: Sequence[OptionPart], lines: Sequence[OrderLine]
) -> list[OptionPart]:
    """The parts; one that is counted beside all pieces of its line, and that these exclude, is more
    of the product: "a small latte with oat milk and one with soy milk"."""
    placed: list[OptionPart] = []
    for part in parts:
        at = line_of_part(words, part, lines)
        number = part.number
        quantity = lines[at].quantity if at is not None else None
        many = quantity.value if quantity else None
        if at is not None and number and many and part.nested and number.value == many == 1:
            sku = lines[at].product.sku
            before = [one for each in placed if line_of_part(words, each, lines) == at
                      for one in each.mentions]  # fmt: skip
            kept = [one for one in before if not any(one.excludes(x, sku) for x in part.mentions)]
            if len(kept) < len(before):
                mentions = (*part.mentions, *kept)
                placed.append(OptionPart(mentions, number, nested=False, adds=True))
                continue
        placed.append(part)
    return placed


def _has_same(words: Sequence[str], own: Sequence[OptionMention], chunk: Chunk) -> bool:
    start = max((one.last for one in own if one.last <= chunk[0].first), default=chunk[0].first)
    return not _SAME.isdisjoint(words[start : chunk[0].first])
