"""Builds the application: pages, static files, middleware."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus

from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from console.addresses import AllowedHosts
from console.alerts.pushing import MakeSender, sender_for
from console.alerts.views import ROUTES as ALERTS
from console.answers.replies import ROUTES as REPLIES
from console.answers.unclear import ROUTES as UNCLEAR
from console.answers.views import ROUTES as ANSWERS
from console.answers.words import ROUTES as WORDS
from console.assets import STATIC, Assets
from console.authentication import render_refusal
from console.customers.views import ROUTES as CUSTOMERS
from console.entrance.views import ROUTES as ENTRANCE
from console.entrance.views import ask_to_log_in
from console.going_live.views import ROUTES as GOING_LIVE
from console.headers import SecurityHeaders
from console.inbox.views import ROUTES as INBOX
from console.live import ROUTES as LIVE
from console.live import Newsroom
from console.menus.views import ROUTES as MENUS
from console.numbers.views import ROUTES as NUMBERS
from console.orders.views import ROUTES as ORDERS
from console.products.views import ROUTES as PRODUCTS
from console.refusals import NotFound, Refused
from console.shop_room.views import ROUTES as SHOP
from console.team.account import ROUTES as ACCOUNT
from console.team.log import ROUTES as LOG
from console.team.views import ROUTES as TEAM

Sessions = Callable[[], AbstractContextManager[Session]]

# The largest form is a menu with ten rows in a few languages.
LARGEST_BODY = 256 * 1024
# A board of 200 orders shrinks to a tenth; a higher level takes longer and saves little.
COMPRESSED = Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)


def build_console(
    sessions: Sessions, public_url: str | None = None, make_sender: MakeSender | None = None
) -> ASGIApp:
    """The console on a database; `sessions` opens one transaction, as `storage.engine.session`.

    public_url: the public address, if it is not this machine's. make_sender: makes the sender that
    reaches browsers' push services.
    """
    app = Starlette(
        routes=[*ROUTES, Mount("/static", Assets(directory=STATIC))],
        exception_handlers={HTTPException: no_page},
        middleware=[COMPRESSED],
        max_body_size=LARGEST_BODY,
    )
    app.state.sessions = sessions
    app.state.public_url = public_url
    app.state.ask_to_log_in = ask_to_log_in
    app.state.newsroom = Newsroom(sessions)
    app.state.make_sender = make_sender or sender_for(public_url)
    return SecurityHeaders(AllowedHosts(app, public_url), public_url)


async def show_home(_request: Request) -> Response:
    """The start page: the orders board."""
    return RedirectResponse("/orders", status_code=303)


async def show_alive(_request: Request) -> Response:
    """A liveness probe: it answers even if the database does not."""
    return Response()


async def no_page(request: Request, error: Exception) -> Response:
    """The page for unknown addresses, wrong methods and bodies that are too large."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == HTTPStatus.NOT_FOUND:
        return await render_refusal(request, NotFound())
    return await render_refusal(request, Refused(status, "This cannot be done here."))


ROUTES = [
    Route("/", show_home, methods=["GET"]),
    Route("/alive", show_alive, methods=["GET"]),
    *ENTRANCE,
    *ORDERS,
    *INBOX,
    *CUSTOMERS,
    *ANSWERS,
    *UNCLEAR,
    *REPLIES,
    *WORDS,
    *NUMBERS,
    *PRODUCTS,
    *MENUS,
    *SHOP,
    *GOING_LIVE,
    *ALERTS,
    *LIVE,
    *TEAM,
    *LOG,
    *ACCOUNT,
]
