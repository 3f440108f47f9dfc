"""Asks Meta's Graph API about the account; synchronous, for a console's page and for a command.

An error never quotes an address: `/debug_token` has the token in it.
"""

import time
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from settings import Settings

Json = dict[str, Any]
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
# Meta's largest page of templates; an account has some hundred at most.
PAGE, MOST_PAGES = 100, 20
NO_SUCH_FIELD = 100
_REDIRECTS = 300


class GraphTrouble(Exception):
    """Meta did not give what was asked for."""


class NoAnswer(GraphTrouble):
    """The Graph API could not be reached."""


class Refused(GraphTrouble):
    """Meta refused; `code`, `subcode` and `words` are Meta's own."""

    def __init__(self, code: int, subcode: int, words: str) -> None:
        super().__init__(f"{words} (code {code})")
        self.code = code
        self.subcode = subcode
        self.words = words


class _Bearer(AuthBase):
    """The token. As an `auth` of requests no netrc of the machine takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token.strip()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Graph:
    """One token's view of the Graph API.

    `clock_lead`: by how many seconds this machine's clock is ahead of Meta's, once it has answered.
    """

    def __init__(self, api_url: str, version: str, token: str) -> None:
        self._api_url = api_url
        self._version = version
        self._auth = _Bearer(token)
        self.clock_lead: float | None = None
        self._session = requests.Session()
        self._session.trust_env = urlsplit(api_url).hostname not in ("127.0.0.1", "localhost")

    @classmethod
    def configured(cls, settings: Settings) -> "Graph":
        """With the shop's own token."""
        return cls(
            settings.whatsapp_api_url,
            settings.whatsapp_api_version,
            settings.whatsapp_access_token,
        )

    def as_app(self, app_id: str, app_secret: str) -> "Graph":
        """The same API with the app's own token, which its webhook's settings need."""
        return Graph(self._api_url, self._version, f"{app_id}|{app_secret}")

    def read(self, path: str, fields: Sequence[str] = (), **query: str) -> Json:
        """The content of a node or an edge.

        Raises:
            GraphTrouble
        """
        if fields:
            query["fields"] = ",".join(fields)
        return self._ask("GET", path, params=query)

    def read_optional(self, path: str, field: str) -> Any:
        """One field's value; None if this version of the API does not know the field, or where
        the token may not read it.

        Raises:
            GraphTrouble: for any other reason.
        """
        try:
            return self.read(path, [field]).get(field)
        except Refused as refused:
            if refused.code in (NO_SUCH_FIELD, 10) and not refused.subcode:
                return None
            raise

    def write(self, path: str, content: Json | None = None) -> Json:
        """Changes something, or makes it.

        Raises:
            GraphTrouble
        """
        return self._ask("POST", path, json=content or {})

    def read_all(self, path: str, fields: Sequence[str] = ()) -> Iterator[Json]:
        """Everything in a list, page by page.

        Raises:
            GraphTrouble
        """
        query = {"limit": str(PAGE)}
        for _ in range(MOST_PAGES):
            answer = self.read(path, fields, **query)
            yield from (each for each in answer.get("data") or () if isinstance(each, dict))
            paging = answer.get("paging") or {}
            after = (paging.get("cursors") or {}).get("after")
            if not after or not paging.get("next"):
                return
            query["after"] = after

    def _ask(self, method: str, path: str, **content: Any) -> Json:
        address = f"{self._api_url.rstrip('/')}/{self._version}/{path}"
        try:
            response = self._session.request(
                method,
                address,
                auth=self._auth,
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
                allow_redirects=False,
                **content,
            )
        except (requests.RequestException, ValueError) as error:
            # Without `from`: the library's own words hold the address.
            raise NoAnswer(type(error).__name__) from None
        self._compare_clocks(response.headers.get("Date"))
        return _accept(response)

    def _compare_clocks(self, date: str | None) -> None:
        try:
            self.clock_lead = time.time() - parsedate_to_datetime(date or "").timestamp()
        except ValueError:
            return


def _accept(response: requests.Response) -> Json:
    try:
        answer = response.json()
    except ValueError:
        raise NoAnswer(f"HTTP {response.status_code} without JSON") from None
    error = answer.get("error") if isinstance(answer, dict) else {}
    if isinstance(error, dict):
        words = str(error.get("error_user_msg") or error.get("message") or "no reason given")
        raise Refused(_integer(error.get("code")), _integer(error.get("error_subcode")), words)
    if response.status_code >= _REDIRECTS or not isinstance(answer, dict):
        raise NoAnswer(f"HTTP {response.status_code}")
    return answer


def _integer(value: object) -> int:
    return value if isinstance(value, int) else 0
