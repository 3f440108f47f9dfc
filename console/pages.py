"""Templates into pages. A page's template lies beside the code that fills it."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from console import log_words, wording
from console.menus.rich import rich
from shop import languages, menu_names
from shop.money import rupees

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def environment() -> Environment:
    """Escapes everything that is not a template's own text, and forgives no misspelt name."""
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.filters.update(
        menu_title=menu_names.title,
        table_name=log_words.table,
        spelled=log_words.spelled,
        rich=rich,
        rupees=rupees,
        ago=wording.ago,
        clock=wording.clock,
        moment=wording.moment,
        day=wording.day,
        phone=wording.phone,
        plural=wording.plural,
        said=wording.said,
        language=languages.called,
        whole=wording.whole,
        seconds=wording.seconds,
        browser=wording.browser,
    )
    return made


@cache
def asset(name: str) -> str:
    """The address of a file in static/; changes with its content, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


class Page(HTMLResponse):
    """A page or a part of one. `render_now` writes its body, once no connection is held for it."""

    def __init__(self, template: str, status: int = 200, /, **values: Any) -> None:
        super().__init__(status_code=status)
        self._template = template
        self._values = values

    def render_now(self) -> "Page":
        """Fills the template in; may take as long as it likes."""
        self.body = self.render(environment().get_template(self._template).render(self._values))
        self.headers["Content-Length"] = str(len(self.body))
        return self
