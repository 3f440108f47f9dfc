"""Applies said options to a line: it gets other options or is split into several lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shop.carts.lines import RequestedLine
from shop.products.options import Options, join_options


@dataclass(frozen=True)
class CountedOptions:
    """How many things of a line get these options.

    nested: they are part of the things counted before: `2 large, one with oat milk`.
    """

    many: int
    options: Options
    nested: bool = False


def split_by_options(
    line: RequestedLine, options: Options, parts: Sequence[CountedOptions] = ()
) -> list[RequestedLine]:
    """The line with `options`; if parts were counted, one line for each part, the rest first."""
    base = replace(line, options=join_options(line.options, options))
    if not parts:
        return [base]
    lines: list[RequestedLine] = []
    counted = 0
    for part in parts:
        last = lines[-1] if lines else None
        if part.nested and last and part.many < (last.quantity or 0):
            lines[-1] = replace(last, quantity=(last.quantity or 0) - part.many)
            new = join_options(last.options, part.options)
        else:
            counted += part.many
            new = join_options(base.options, part.options)
        lines.append(replace(base, quantity=part.many, options=new))
    left = (base.quantity or 0) - counted
    return [replace(base, quantity=left), *lines] if left > 0 else lines
