"""Keywords: a message that is exactly a keyword acts at once, without training.

Keywords of menus open them; a few fixed ones mean the same in every shop.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache

from sqlalchemy.orm import Session

from shop.language import languages
from shop.language.keyword_forms import normalise_keyword
from shop.language.responses import response_buttons
from shop.menus import cache as menu_cache
from shop.taps.meanings import Meaning

_PICTURE_BEFORE = re.compile(r"^\W+\s")


def read_keywords(session: Session) -> dict[str, Meaning]:
    """The meanings of the keywords of all active menus; an older menu wins over a newer one."""
    return dict(menu_cache.current_menus(session).keywords)


@cache
def fixed_keywords() -> dict[str, Meaning]:
    """The fixed keywords of all languages.

    The words of languages.yml, and the titles of buttons, since what can be tapped can be typed.
    """
    meanings: dict[str, Meaning] = {}
    for buttons in response_buttons():
        # A button with a value (`2`, `Yes, cancel it`) answers its own question only.
        if not any("{" in payload for payload in buttons.values()):
            for title, payload in buttons.items():
                forms = (
                    normalise_keyword(title),
                    normalise_keyword(_PICTURE_BEFORE.sub("", title)),
                )
                meanings |= dict.fromkeys(forms, Meaning(payload[1:]))
    for code, language in languages.served_languages().items():
        spoken = Meaning("change_language", {"language": code})
        meanings |= dict.fromkeys(map(normalise_keyword, language.names), spoken)
        meanings |= dict.fromkeys(map(normalise_keyword, language.person), Meaning("talk_to_human"))
    return meanings


class Keywords:
    """The keywords as this process knows them."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        self._session = session

    def meaning(self, text: str) -> Meaning | None:
        """What the whole message means as a keyword, if it is one."""
        word = normalise_keyword(text)
        with self._session() as session:
            opens = menu_cache.current_menus(session).keywords.get(word)
        return opens or fixed_keywords().get(word)
