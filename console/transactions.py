"""One transaction around a view. No connection is held while a page is rendered or a view works.

A pool has few connections: whoever holds one while hashing, calling out or rendering, or asks for
a second one, makes everybody else wait.
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

# Runs a view in a transaction of its own, for whoever is logged in.
Transaction = Callable[[View], Response | Interlude]


def run_view(view: View, transaction: Transaction) -> Response:
    """The view's answer, after as many transactions as it has interludes."""
    answer = transaction(view)
    while isinstance(answer, Interlude):
        worked = answer.work()
        answer = transaction(partial(_go_on, answer, worked))
    return answer


def rendered(response: Response, *, changed: bool = False) -> Response:
    """The answer with its page filled in; `changed`: what was asked for is done by now.

    Raises:
        DoneButBroken: the change stays, its page cannot be shown.
    """
    if not isinstance(response, Page):
        return response
    try:
        return response.render_now()
    except Exception as error:
        raise (DoneButBroken() if changed else Broken()) from error


def keep_loaded(session: Session) -> None:
    """Makes a session's objects readable after its end: a page is filled in only then.

    What the database itself has changed (defaults, triggers) is read again while that is possible.
    """
    session.expire_on_commit = False
    session.flush()
    for loaded in list(session.identity_map.values()):
        if expired := instance_state(loaded).expired_attributes:
            # Somebody may have deleted the row; a page that needs it will say so.
            with suppress(InvalidRequestError):
                session.refresh(loaded, list(expired))


def _go_on(interlude: Interlude, worked: object, desk: RequestContext) -> Response:
    return interlude.then(desk, worked)
