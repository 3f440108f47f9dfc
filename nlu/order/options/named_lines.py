"""Finds lines that are named once more by an option of theirs: "the small one with oat milk"."""

from collections.abc import Sequence

from nlu.catalogue.option_names import OptionMention
from nlu.order.corrections import is_taken_back
from nlu.order.options.option_parts import OptionPart, is_size
from nlu.order.order import OrderLine
from nlu.words.small_words import word_set

_IN = word_set("put_in")


def with_lines_named_again(
    words: Sequence[str],
    parts: Sequence[OptionPart],
    lines: Sequence[OrderLine],
    beside: Sequence[int | None],
) -> list[OptionPart]:
    """The parts behind all lines that name an earlier line by an option that was said of it: in "a
    small tea and a large tea, the small one with oat milk" the oat milk is the small one's.

    beside: the line that each part stands beside.
    """
    named: list[OptionPart] = []
    for part, at in zip(parts, beside, strict=True):
        said = [(one, before) for one, before in zip(parts, beside, strict=True) if one is not part]
        is_behind = at is not None and lines[at].last <= part.mentions[0].first
        name = _name_of(words, part) if is_behind and not part.is_counted else None
        own = [
            before
            for one, before in said
            if name and before is not None and one.mentions[0].first < part.mentions[0].first
            and any(name.options == each.options for each in one.mentions)
        ]  # fmt: skip
        if name and own and at is not None and lines[own[0]].product.sku == lines[at].product.sku:
            named.append(part._replace(line=own[0]))
        else:
            named.append(part)
    return named


def _name_of(words: Sequence[str], part: OptionPart) -> OptionMention | None:
    """The option that names a line: the first of several, or the last where the others are put in
    it ("oat milk in the small one")."""
    if len(part.mentions) == 1:
        return None
    last = part.mentions[-1]
    is_put_in = not _IN.isdisjoint(words[part.mentions[-2].last : last.first])
    return last if is_put_in else part.mentions[0]


def without_taken_back(
    words: Sequence[str], mentions: Sequence[OptionMention]
) -> list[OptionMention]:
    """The options without one that another takes the place of: "2 small, no wait, make it large",
    "oat milk, no sorry, soy milk"."""
    kept: list[OptionMention] = []
    for one in mentions:
        last = kept[-1] if kept else None
        is_other = last and (last.is_alternative(one) or (is_size(last) and is_size(one)))
        if last and is_other and is_taken_back(words[last.last : one.first]):
            kept.pop()
        kept.append(one)
    return kept
