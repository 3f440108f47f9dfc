"""What a message wants that names products and orders none: to find some, or to see one."""

from collections.abc import Container, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from nlu.search.looks import is_look
from nlu.search.searches import find_search


class OtherWish(NamedTuple):
    """`search`: what is looked for; `look`: that the one named product is to be shown."""

    kind: Literal["search", "look"]
    value: Any


def find_other_wish(
    text: str, entities: Sequence[Mapping[str, Any]], known: Container[str], *, is_counted: bool
) -> OtherWish | None:
    """The search or look that a message is; None where it is neither.

    known: the words of all products. is_counted: whether it counts a product, and so orders it.
    """
    named = [(one["start"], one["end"]) for one in entities if one["entity"] == "product"]
    search = None if is_counted else find_search(text, bool(named), known)
    if search is not None:
        return OtherWish("search", search.as_value())
    return OtherWish("look", value=True) if is_look(text, named) else None
