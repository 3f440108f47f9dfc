"""The context of a view: the request, an open transaction, and the staff member."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.forms import Form
from console.pages import Page
from console.refusals import NotFound
from console.shop_room.reading import read_switch
from console.translation import say
from shop.alerts.raising import count_troubles
from shop.staff import audit, tokens
from storage import engine
from storage.models import Staff, StaffSession
from trays.stopped import why_stopped

# A bigint has up to 19 digits, but not every number of 19 digits fits.
ROW_NUMBER = "[0-9]{1,18}"
THEMES = ("auto", "light", "dark")
THEME_COOKIE = "console_theme"
SALT = 8

_Row = TypeVar("_Row")


class RowNumber(IntegerConvertor):
    """The path convertor of `{name:row}`, the id of a row; longer numbers match no route."""

    regex = ROW_NUMBER


register_url_convertor("row", RowNumber())


class Unrecorded(Exception):
    """A view made a change without recording it in the audit log."""


@dataclass
class RequestContext:
    """One request of somebody who is logged in. console/authentication.py commits
    when the view is done."""

    request: Request
    session: Session
    login: StaffSession
    token: str
    form: Form = field(default_factory=lambda: Form([]))
    recorded: int = 0
    salt: str = field(default_factory=lambda: token_hex(SALT))

    @property
    def staff(self) -> Staff:
        return self.login.staff

    @property
    def is_owner(self) -> bool:
        return self.staff.role == "owner"

    @property
    def address(self) -> str:
        """The IP address that the request comes from."""
        return self.request.client.host if self.request.client else "unknown"

    @property
    def is_htmx(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return "hx-request" in self.request.headers

    @property
    def csrf(self) -> str:
        """The CSRF token that every form must contain.

        It differs on each page, since pages are compressed: a constant token could be guessed from
        their sizes (https://breachattack.com).
        """
        return self._csrf(self.salt)

    @property
    def login_mark(self) -> str:
        """A mark by which the browser notices another login; it grants nothing."""
        return tokens.derive_token(self.token, "mark")[:SALT]

    def has_csrf(self) -> bool:
        """Whether the form contains one of our tokens."""
        typed = self.form.text("csrf")
        return hmac.compare_digest(typed.encode(), self._csrf(typed[: 2 * SALT]).encode())

    def _csrf(self, salt: str) -> str:
        return csrf_for(self.token, salt)

    def query(self, name: str, default: str = "") -> str:
        return self.request.query_params.get(name, default).strip()

    def query_number(self, name: str) -> int | None:
        """A whole number in the URL's query that fits the database, else None."""
        written = self.query(name)
        return int(written) if re.fullmatch(ROW_NUMBER, written) else None

    def path(self, name: str) -> Any:
        return self.request.path_params[name]

    def find_row(self, model: type[_Row], name: str, what: str) -> _Row:
        """The row whose key is in the URL under this name; `what` it is says the refusal.

        Raises:
            NotFound
        """
        found = self.session.get(model, self.path(name))
        if found is None:
            raise NotFound(what)
        return found

    def record(self, action: str, subject: str = "", **details: Any) -> None:
        """Puts a line into the audit log; every change needs one."""
        audit.record_change(self.session, self.staff, action, subject, **details)
        self.recorded += 1

    def page(self, template: str, status: int = 200, /, **values: Any) -> Page:
        """A complete page, with the notice that `go` left for it."""
        notice, self.login.notice = self.login.notice, None
        why = why_stopped(engine.driver(self.session))
        around = {
            "notice": notice,
            "stopped": why,
            "unseen_alerts": 0 if why else count_troubles(self.session),
            "switch": read_switch(self.session),
        }
        return self.part(template, status, **around, **values)

    def part(self, template: str, status: int = 200, /, **values: Any) -> Page:
        """A part of a page for htmx to insert. It is rendered after the transaction."""
        theme = self.request.cookies.get(THEME_COOKIE)
        return Page(
            template,
            status,
            desk=self,
            here=self.request.url.path,
            theme=theme if theme in THEMES else "auto",
            **values,
        )

    def go(self, path: str, notice: str | None = None) -> Response:
        """A redirect to another page, which shows `notice`."""
        if notice:
            self.login.notice = say(notice)
        if self.is_htmx:
            return Response(headers={"HX-Redirect": path})
        return RedirectResponse(path, status_code=303)


@dataclass
class Interlude:
    """Returned by a view to do work without a connection and continue in a new transaction.

    work: takes long, such as hashing a password. then: gets the result of `work`, and must check
    again whatever may have changed meanwhile.
    """

    work: Callable[[], Any]
    then: Callable[[RequestContext, Any], Response]


def csrf_for(session_token: str, salt: str) -> str:
    """The CSRF token of a session with this salt; see RequestContext.csrf."""
    return salt + tokens.derive_token(session_token, f"csrf {salt}")


View = Callable[[RequestContext], Response | Interlude]
