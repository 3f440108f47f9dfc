"""Which texts are older than the same text in another language, so that somebody looks at them.

Whoever changes a text in one language alone leaves the others behind: these are marked, until they
are changed, too, or somebody says that they still fit.
"""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import OlderText


def mark_change(
    session: Session, subject: str, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Marks and unmarks the languages of a text that was changed; `subject` names the text."""
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
    """Marks what a form changed; in the languages of `fitting` the text fits as it stands."""
    mark_change(session, subject, before, after)
    for language in fitting:
        clear_mark(session, subject, language)


def older_after(
    marked: Collection[str], before: Mapping[str, str], after: Mapping[str, str]
) -> set[str]:
    """The languages whose text is older now, of those that were marked and what has changed.

    A text that was marked and is changed has caught up: it leaves nobody behind. Neither does one
    that is new, or gone.
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
    """The text fits as it stands: in one language, or in all of them."""
    marks = delete(OlderText).where(OlderText.subject == subject)
    session.execute(marks if language is None else marks.where(OlderText.language == language))
