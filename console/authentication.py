"""Authentication, roles, CSRF; then one transaction per request."""

import contextlib
import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from console import transactions, translation, wording
from console.addresses import is_ours
from console.forms import Form, Unreadable
from console.pages import Page
from console.refusals import Broken, Forged, NoAnswer, NotAllowed, Refused, TooBusy
from console.request_context import Interlude, RequestContext, Unrecorded, View
from shop.menus import cache
from shop.opening.reading import read_settings, shop_zone
from shop.staff import audit, logins, passwords
from storage.models import Role

log = logging.getLogger(__name__)

COOKIE = "console_session"
Endpoint = Callable[[Request], Awaitable[Response]]


def staff_page(view: View, role: Role = "staff") -> Endpoint:
    """An endpoint for a page, for logged-in staff with the role."""

    def serve(request: Request, form: Form) -> Response:
        return transactions.rendered(_inside(request, form, view, role))

    return make_endpoint(serve)


def staff_change(view: View, role: Role = "staff", *, audited: bool = True) -> Endpoint:
    """An endpoint for a change; its view must write to the audit log."""

    def checked(desk: RequestContext) -> Response | Interlude:
        if not desk.has_csrf():
            raise Forged
        answer = view(desk)
        if isinstance(answer, Interlude):
            then = answer.then
            return replace(answer, then=lambda later, worked: recorded(later, then(later, worked)))
        return recorded(desk, answer)

    def recorded(desk: RequestContext, response: Response) -> Response:
        if audited and response.status_code < HTTPStatus.BAD_REQUEST and not desk.recorded:
            raise Unrecorded(view.__name__)
        return response

    def serve(request: Request, form: Form) -> Response:
        check_origin(request)
        return transactions.rendered(_inside(request, form, checked, role), changed=True)

    return make_endpoint(serve)


def make_endpoint(serve: Callable[[Request, Form], Response]) -> Endpoint:
    """Reads the form, runs the view in a thread, and turns every error into a page."""

    async def answer(request: Request) -> Response:
        try:
            form = Form.parse(await request.body(), request.headers.get("content-type", ""))
            return await run_in_threadpool(serve, request, form)
        except Refused as refused:
            if refused.__cause__:
                _log_without_contents(request, refused.__cause__)
            return await render_refusal(request, refused)
        except passwords.TooManyAtOnce:
            return await render_refusal(request, TooBusy())
        except Unreadable as unreadable:
            return await render_refusal(request, Refused(400, str(unreadable)))
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            log.error("%s: the database: %s", request.url.path, type(error).__name__)
            return await render_refusal(request, NoAnswer())
        except Exception as error:
            _log_without_contents(request, error)
            return await render_refusal(request, Broken())

    return answer


def check_origin(request: Request) -> None:
    """Refuses requests that another site has sent.

    Raises:
        Forged
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        raise Forged
    if origin is not None and not is_ours(request, origin):
        raise Forged


async def render_refusal(request: Request, refused: Refused) -> Response:
    """The refusal as a line for htmx requests, else as a page.

    Logged-in staff get the navigation, too, unless the database may be the problem.
    """
    if "hx-request" in request.headers:
        return PlainTextResponse(refused.message, refused.status)
    if refused.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        with contextlib.suppress(SQLAlchemyError):
            if page := await run_in_threadpool(_refused_inside, request, refused):
                return page
    translation.use_language(request.cookies.get(translation.COOKIE))
    return Page("templates/refused.html", refused.status, refused=refused).render_now()


def _refused_inside(request: Request, refused: Refused) -> Response | None:
    """The refusal's page with navigation for logged-in staff; None for others."""
    token = request.cookies.get(COOKIE, "")
    with request.app.state.sessions() as session:
        login = logins.find_session(session, token, touch=False)
        if login is None:
            return None
        wording.use_zone(shop_zone(read_settings(session)))
        translation.use_language(login.staff.language)
        desk = RequestContext(request, session, login, token)
        page = desk.page("templates/refused_inside.html", refused.status, refused=refused)
        transactions.keep_loaded(session)
    return page.render_now()


def _inside(request: Request, form: Form, view: View, role: Role) -> Response:
    """The view's response for logged-in staff with the role; its page is not yet rendered."""
    if "\0" in request.url.path or "%00" in request.url.query:
        raise Refused(400, "This address makes no sense.")
    token = request.cookies.get(COOKIE, "")
    by_itself = "x-by-itself" in request.headers

    def transaction(step: View) -> Response | Interlude:
        with request.app.state.sessions() as session, cache.pin_menus(session):
            login = logins.find_session(session, token, touch=not by_itself)
            if login is None:
                return to_login(request, form)
            if role == "owner" and login.staff.role != "owner":
                raise NotAllowed
            audit.act_as(session, login.staff)
            wording.use_zone(shop_zone(read_settings(session)))
            translation.use_language(login.staff.language)
            answer = step(RequestContext(request, session, login, token, form))
            transactions.keep_loaded(session)
            return answer

    return transactions.run_view(view, transaction)


def to_login(request: Request, form: Form) -> Response:
    """A redirect to the login page, and from there back to the wanted page.

    A form that was sent is kept meanwhile (entrance/kept.py); for htmx forms typed.js keeps it.
    """
    if "hx-request" in request.headers or "x-by-itself" in request.headers:
        return Response(status_code=401)
    if request.method == "POST" and (page := request.app.state.ask_to_log_in(request, form)):
        return page
    wanted = request.url.path if request.method == "GET" else _page_before(request)
    query = f"?next={quote(wanted)}" if wanted != "/" else ""
    return RedirectResponse(f"/login{query}", status_code=303)


def _page_before(request: Request) -> str:
    """Our page that the form was sent from; for forms without fields, such as only a picture."""
    before = urlsplit(request.headers.get("referer", ""))
    is_here = is_ours(request, f"{before.scheme}://{before.netloc}")
    return (before.path or "/") if is_here else "/"


def _log_without_contents(request: Request, error: BaseException) -> None:
    """Logs where an error happened, without its message, which may hold customers' data."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", request.url.path, type(error).__name__, frames)
