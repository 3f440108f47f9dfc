"""Menu keywords: a whole message that is one opens its menu at once, without training."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.reply_ids import Meaning, opening
from storage.models import WorkflowTemplate

_FRESH_FOR = 2.0  # seconds; edits must be live within five


def normal(text: str) -> str:
    """Case, blanks and end marks do not count: ` Hi!! ` → `hi`."""
    folded = re.sub(r"\s+", " ", text.strip().casefold())
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
        return self._known.get(normal(text))
