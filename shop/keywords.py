"""Keywords: a whole message that is one acts at once, without training.

The menus' own open them; beside them, languages.yml has a few that mean the same in every shop.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache

from sqlalchemy.orm import Session

from shop import languages, live_menus
from shop.keyword_forms import normal
from shop.meanings import Meaning

__all__ = ["Keywords", "fixed", "normal", "read"]


def read(session: Session) -> dict[str, Meaning]:
    """The meanings of all keywords of active menus; of two owners of one the older keeps it."""
    return dict(live_menus.current(session).keywords)


@cache
def fixed() -> dict[str, Meaning]:
    """The meanings of languages.yml: whole messages that mean the same in every shop."""
    served = languages.served().items()
    names = [
        (name, Meaning("change_language", {"language": code}))
        for code, language in served
        for name in language.names
    ]
    people = [
        (word, Meaning("talk_to_human")) for _, language in served for word in language.person
    ]
    return {normal(word): meaning for word, meaning in [*names, *people]}


class Keywords:
    """The keywords as this process knows them."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        self._session = session

    def meaning(self, text: str) -> Meaning | None:
        """What the whole message means as a keyword, if it is one."""
        word = normal(text)
        with self._session() as session:
            opens = live_menus.current(session).keywords.get(word)
        return opens or fixed().get(word)
