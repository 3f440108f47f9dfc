"""Runs a view in a transaction; no connection is held during rendering or an `Interlude`'s work.

The pool has few connections. A request that holds one while it hashes, calls out or renders, or
takes a second one, makes all others wait.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import instance_state
from starlette.responses import Response

from console.pages import Page
from console.refusals import Broken, DoneButBroken
from console.request_context import Interlude, RequestContext, View

# Runs a view in a transaction of its own, for the logged-in staff member.
Transaction = Callable[[View], Response | Interlude]


def run_view(view: View, transaction: Transaction) -> Response:
    """The view's response; each interlude is followed by a new transaction."""
    answer = transaction(view)
    while isinstance(answer, Interlude):
        worked = answer.work()
        answer = transaction(partial(_go_on, answer, worked))
    return answer


def rendered(response: Response, *, changed: bool = False) -> Response:
    """The response with its page rendered; `changed`: the request's change is committed.

    Raises:
        DoneButBroken: the change is made, but its page cannot be rendered.
    """
    if not isinstance(response, Page):
        return response
    try:
        return response.render_now()
    except Exception as error:
        raise (DoneButBroken() if changed else Broken()) from error


def keep_loaded(session: Session) -> None:
    """Makes a session's objects readable after its end, since pages are rendered only then.

    Values that the database has changed (defaults, triggers) are read again before.
    """
    session.expire_on_commit = False
    session.flush()
    for loaded in list(session.identity_map.values()):
        if expired := instance_state(loaded).expired_attributes:
            # The row may have been deleted; a page that needs it will fail.
            with suppress(InvalidRequestError):
                session.refresh(loaded, list(expired))


def _go_on(interlude: Interlude, worked: object, desk: RequestContext) -> Response:
    return interlude.then(desk, worked)
