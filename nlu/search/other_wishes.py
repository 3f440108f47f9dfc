"""Recognises messages that order nothing, but search for products or ask to see one."""

from collections.abc import Container, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from nlu.search.looks import is_look
from nlu.search.searches import find_search


class OtherWish(NamedTuple):
    """A search, whose value are its terms, or a look at the one named product, whose value is True.

    The values are those of the entities `search` and `look`."""

    kind: Literal["search", "look"]
    value: Any


def find_other_wish(
    text: str, entities: Sequence[Mapping[str, Any]], known: Container[str], *, is_counted: bool
) -> OtherWish | None:
    """The search or look that a message is, or None.

    known: the words of all products. is_counted: whether the message counts, so orders, a product.
    """
    named = [(one["start"], one["end"]) for one in entities if one["entity"] == "product"]
    search = None if is_counted else find_search(text, bool(named), known)
    if search is not None:
        return OtherWish("search", search.as_value())
    return OtherWish("look", value=True) if is_look(text, named) else None
