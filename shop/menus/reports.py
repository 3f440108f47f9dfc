"""The stored problems of menus that cannot be shown as written, for staff."""

import logging
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shop.menus.last_good_version import Verdict
from storage.models import MenuProblem, WorkflowTemplate, WorkflowTemplateVersion

logger = logging.getLogger(__name__)


def reported_problems(session: Session) -> Sequence[MenuProblem]:
    """The problems of active menus that are not shown as written, ordered by name."""
    return session.scalars(select(MenuProblem).order_by(MenuProblem.template_name)).all()


def problem_of(session: Session, menu: WorkflowTemplate) -> MenuProblem | None:
    """Why this menu is not shown as written; None if it is."""
    return session.get(MenuProblem, menu.id)


def store_problems(session: Session, verdicts: Mapping[WorkflowTemplate, Verdict]) -> None:
    """Replaces the stored problems; a failure to write does not stop menus from being shown."""
    unfit = {row: verdict for row, verdict in verdicts.items() if verdict.reasons}
    mended = MenuProblem.template_id.not_in([row.id for row in unfit])
    try:
        with session.begin_nested():
            session.execute(delete(MenuProblem).where(mended))
            for row, verdict in unfit.items():
                _keep(session, row, verdict)
    except DBAPIError as error:
        logger.warning("Problems of menus could not be kept: %s.", type(error.orig).__name__)


def _keep(session: Session, row: WorkflowTemplate, verdict: Verdict) -> None:
    version = WorkflowTemplateVersion
    newest = select(func.max(version.version)).where(version.template_id == row.id)
    values = {
        "template_name": row.template_name,
        "version": session.scalar(newest),
        "reason": "; ".join(verdict.reasons),
        "is_shown": verdict.menu is not None,
    }
    known = insert(MenuProblem).values(template_id=row.id, **values)
    differs = or_(*(getattr(MenuProblem, name).is_distinct_from(values[name]) for name in values))
    kept = known.on_conflict_do_update(
        index_elements=["template_id"], set_={**values, "found_at": func.now()}, where=differs
    )
    if session.execute(kept.returning(MenuProblem.template_id)).first():
        logger.warning(
            "Menu %s cannot be shown as it stands: %s.", row.template_name, values["reason"]
        )
