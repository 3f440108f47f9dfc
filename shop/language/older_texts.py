"""Marks texts that are older than the same text in another language.

After a change in one language alone the other languages are marked, until they are changed too, or
the owner says that they still fit.
"""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import OlderText


def mark_change(
    session: Session, subject: str, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Marks the older languages of a changed text, and unmarks the changed one; `subject` names
    it."""
    marked = read_older(session, [subject]).get(subject, set())
    older = older_after(marked, before, after)
    for language in older - marked:
        session.merge(OlderText(subject=subject, language=language))
    for language in marked - older:
        clear_mark(session, subject, language)


def mark_edit(
    session: Session,
    subject: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    fitting: Iterable[str],
) -> None:
    """Marks the texts that a form changed; in the languages of `fitting` the text still fits."""
    mark_change(session, subject, before, after)
    for language in fitting:
        clear_mark(session, subject, language)


def older_after(
    marked: Collection[str], before: Mapping[str, str], after: Mapping[str, str]
) -> set[str]:
    """The languages whose text is older now, by the earlier marks and by the change.

    A change of a marked text marks no other language, and neither does a new or deleted text.
    """
    written = {code for code, text in after.items() if text.strip()}
    changed = {code for code in after if after[code] != before.get(code, "")}
    leading = {code for code in (changed & written) - set(marked) if before.get(code, "").strip()}
    older = (set(marked) & written) - changed
    if leading:
        older |= {code for code in written - changed if before.get(code, "").strip()}
    return older


def read_older(session: Session, subjects: Collection[str]) -> dict[str, set[str]]:
    """The marked languages of these texts, by subject."""
    found: dict[str, set[str]] = {}
    for row in session.scalars(select(OlderText).where(OlderText.subject.in_(subjects))):
        found.setdefault(row.subject, set()).add(row.language)
    return found


def clear_mark(session: Session, subject: str, language: str | None = None) -> None:
    """Removes the mark, in one language or in all: the text still fits."""
    marks = delete(OlderText).where(OlderText.subject == subject)
    session.execute(marks if language is None else marks.where(OlderText.language == language))
