"""Somebody who works in the console, by HTTP alone."""

import re

import requests

PASSWORD = "chai and samosa"


class Worker:
    """`worker.sees("/orders")`, `worker.sends("/orders/ORD-1/move", status="ready")`."""

    def __init__(self, console: str, name: str) -> None:
        self.console = console
        self.name = name
        self.http = requests.Session()

    @property
    def cookies(self) -> dict[str, str]:
        return dict(self.http.cookies)

    def log_in(self, password: str = PASSWORD) -> requests.Response:
        return self.sends("/login", "/login", name=self.name, password=password)

    def gets(self, path: str, **headers: str) -> requests.Response:
        return self.http.get(self.console + path, headers=headers, allow_redirects=False)

    def sees(self, path: str) -> str:
        answer = self.http.get(self.console + path)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.text

    def csrf(self, page: str = "/account") -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.gets(page).text)
        assert found
        return found[1]

    def sends(self, path: str, page: str = "/account", **fields: str) -> requests.Response:
        fields.setdefault("csrf", self.csrf(page))
        return self.http.post(self.console + path, data=fields, allow_redirects=False)
