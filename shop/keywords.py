"""Keywords: a whole message that is one acts at once, without training.

The menus' own open them; beside them, languages.yml has a few that mean the same in every shop.
"""

import re
import time
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import languages
from shop.reply_ids import Meaning, opening
from storage.models import WorkflowTemplate

_FRESH_FOR = 2.0  # seconds; edits must be live within five


def normal(text: str) -> str:
    """Case, blanks, end marks and ways to encode a letter do not count: ` Hi!! ` → `hi`."""
    one_way = unicodedata.normalize("NFC", text).strip().casefold()
    folded = re.sub(r"\s+", " ", one_way)
    return folded.rstrip(" .,;:!?…।") or folded


def read(session: Session) -> dict[str, Meaning]:
    """The meanings of all keywords of active menus; of two owners of one the older keeps it."""
    menus = session.scalars(
        select(WorkflowTemplate)
        .where(WorkflowTemplate.is_active)
        .order_by(WorkflowTemplate.created_at.desc())
    )
    return {
        normal(keyword): opening(menu.template_name)
        for menu in menus
        for keyword in menu.trigger_keywords
    }


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
    """The keywords of this process, read again when older than two seconds."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        self._session = session
        self._known: dict[str, Meaning] = {}
        self._read_at = float("-inf")

    def meaning(self, text: str) -> Meaning | None:
        """What the whole message means as a keyword, if it is one."""
        if time.monotonic() - self._read_at > _FRESH_FOR:
            with self._session() as session:
                self._known = read(session)
            self._read_at = time.monotonic()
        word = normal(text)
        return self._known.get(word) or fixed().get(word)
