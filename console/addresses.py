"""The console's public address: CONSOLE_URL behind a proxy, else this machine.

Links, cookies, HSTS and the allowed hosts depend on it.
"""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

# Probes, tunnels, and proxies that do not pass on the Host header use one of these names.
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class AllowedHosts:
    """Middleware that refuses requests for other host names (DNS rebinding)."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        self._app = app
        named = urlsplit(public_url).hostname if public_url else None
        self._hosts = LOOPBACK | {named} if named else LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host_name(HTTPConnection(scope)) not in self._hosts:
            refused = PlainTextResponse("The console is not here: see CONSOLE_URL.", 400)
            await refused(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_ours(request: Request, origin: str) -> bool:
    """Whether the origin is the console itself; a proxy may have changed the Host header."""
    public: str | None = request.app.state.public_url
    if public and origin.lower() == public:
        return True
    return urlsplit(origin).netloc == request.headers.get("host")


def is_secure(request: Request) -> bool:
    """Whether browsers reach the console only by TLS, so that cookies may be Secure."""
    public: str | None = request.app.state.public_url
    return (public or "").startswith("https:") or request.url.scheme == "https"


def link(request: Request, route: str, **parameters: str) -> str:
    """An absolute URL of a route, to send to somebody."""
    public: str | None = request.app.state.public_url
    if public:
        return public + str(request.app.url_path_for(route, **parameters))
    return str(request.url_for(route, **parameters))


def put_cookie(
    request: Request, response: Response, name: str, value: str, max_age: int | None = None
) -> None:
    """Sets a cookie (HttpOnly, SameSite, Secure); `max_age` 0 deletes it."""
    response.set_cookie(
        name, value, max_age, secure=is_secure(request), httponly=True, samesite="lax", path="/"
    )


def _host_name(connection: HTTPConnection) -> str | None:
    """The host without its port: `[::1]:5090` is `::1`; None if malformed."""
    try:
        named = urlsplit(f"//{connection.headers.get('host', '')}").hostname
    except ValueError:
        return None
    return named.rstrip(".") if named else None
