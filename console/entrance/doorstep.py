"""Requests of people who are not logged in; their forms have a CSRF cookie of their own."""

import hmac
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console import transactions, translation
from console.addresses import put_cookie
from console.authentication import COOKIE, Endpoint, check_origin, make_endpoint
from console.forms import Form
from console.pages import Page
from console.refusals import Forged
from shop.staff import logins, tokens

FORM_COOKIE = "console_form"
CODE_COOKIE = "console_code"


@dataclass
class Doorstep:
    """One request of somebody who is not logged in; views open their own transactions."""

    request: Request
    form: Form
    token: str = field(default_factory=tokens.draw_token)

    @property
    def sessions(self) -> Callable[[], AbstractContextManager[Session]]:
        return self.request.app.state.sessions

    @property
    def csrf(self) -> str:
        return tokens.derive_token(self.token, "form")

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else "unknown"

    @property
    def device(self) -> str:
        return self.request.headers.get("user-agent", "")

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page whose form is valid only in this browser."""
        translation.use_language(self.request.cookies.get(translation.COOKIE))
        response = Page(template, status, csrf=self.csrf, **values)
        put_cookie(self.request, response, FORM_COOKIE, self.token)
        return response

    def enter(self, session_token: str, path: str) -> Response:
        """Logs in with this session and redirects to the wanted page."""
        return self.with_session(RedirectResponse(path, status_code=303), session_token)

    def with_session(self, response: Response, session_token: str) -> Response:
        """The response with the cookie of this session."""
        lifetime = int(logins.LONGEST.total_seconds())
        put_cookie(self.request, response, COOKIE, session_token, lifetime)
        put_cookie(self.request, response, CODE_COOKIE, "", 0)
        return response

    def ask_for_code(self, awaiting: str, wanted: str) -> Response:
        """Redirects to the second factor, and from there to the wanted page."""
        response = RedirectResponse(f"/login/code?next={quote(wanted)}", status_code=303)
        return self.with_code_cookie(response, awaiting)

    def with_code_cookie(self, response: Response, awaiting: str) -> Response:
        """The response with the cookie of a login that awaits its second factor."""
        lifetime = int(logins.CODE_WAITS.total_seconds())
        put_cookie(self.request, response, CODE_COOKIE, awaiting, lifetime)
        return response


def public_endpoint(view: Callable[[Doorstep], Response]) -> Endpoint:
    """An endpoint for people who are not logged in; posts are checked as everywhere."""

    def serve(request: Request, form: Form) -> Response:
        token = request.cookies.get(FORM_COOKIE)
        step = Doorstep(request, form, token) if token else Doorstep(request, form)
        if request.method == "POST":
            check_origin(request)
            if not hmac.compare_digest(form.text("csrf").encode(), step.csrf.encode()):
                raise Forged
        return transactions.rendered(view(step))

    return make_endpoint(serve)
