"""Order numbers in a text: "ORD-48213", "ord 48213", "#48213", "order no. 48213"."""

import re
from typing import NamedTuple

_DIGIT = r"[0-9\u0966-\u096f]"
_ORDER = r"\b(?:o+r+d+e*r*s?|oder|ordar|odr|ऑर्डर|आर्डर|ओर्डर)"
_NUMBER = r"(?:id|i'd|no|num|nbr|number|numbr|code|ref|reference|नंबर|नम्बर|आईडी)"
_FILLER = r"(?:[\s.:#=\-]|\bis\b|\bhai\b|\bka\b|\bki\b|है)*"
# The named part is the entity; what stands before it only proves that the digits are an order's.
_PATTERNS = tuple(
    re.compile(pattern + rf"(?!{_DIGIT})", re.IGNORECASE)
    for pattern in (
        # The prefix itself says it: "ORD-1", "ord48213"; "ord 2" may be two of something.
        rf"(?P<id>\b[o0]rd\s*[-–_#:.]\s*(?P<digits>{_DIGIT}{{1,12}}))",
        rf"(?P<id>\b[o0]rd\s*(?P<digits>{_DIGIT}{{3,12}}))",
        rf"(?P<id>#\s*(?P<digits>{_DIGIT}{{3,12}}))",
        # "order no. 48213", "order id is 48213".
        rf"{_ORDER}{_FILLER}{_NUMBER}{_FILLER}(?P<id>(?P<digits>{_DIGIT}{{3,12}}))",
        # "track 48213", "order 48213", but "order 1000 samosas" counts.
        rf"(?:{_ORDER}|\btrack(?:ing)?){_FILLER}(?P<id>(?P<digits>{_DIGIT}{{4,12}}))(?<!00)",
    )
)


class OrderId(NamedTuple):
    """Where an order's number stands in a text, and the number as the shop writes it."""

    start: int
    end: int
    value: str


def find_order_ids(text: str) -> list[OrderId]:
    """The order numbers in a text, from left to right; a bare number is none."""
    found: list[OrderId] = []
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("id")
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(OrderId(start, end, f"ORD-{_ascii(match['digits'])}"))
    return sorted(found)


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)
