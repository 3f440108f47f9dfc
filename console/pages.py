"""Renders templates. A page's template is beside the code that fills it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from console import log_words, translation, wording
from console.answers.titles import title_of_text
from console.assets import asset_url
from console.menus.rich import render_rich_text
from settings import product
from shop.language import languages
from shop.products.money import format_rupees
from shop.taps import menu_names

HERE = Path(__file__).parent
_FILTERS: dict[str, Callable[..., object]] = {
    "menu_title": lambda name: translation.say(menu_names.title_of_menu(name)),
    "text_title": title_of_text,
    "translated": translation.say,
    "table_name": log_words.table_title,
    "spelled": log_words.spell_change,
    "field_title": log_words.field_title,
    "rich": render_rich_text,
    "rupees": format_rupees,
    "plain_rupees": wording.format_plain_rupees,
    "ago": wording.format_ago,
    "clock": wording.format_clock,
    "left": wording.format_left,
    "moment": wording.format_moment,
    "day": wording.format_day,
    "phone": wording.format_phone,
    "plural": wording.format_count,
    "said": wording.format_detail,
    "status_name": wording.format_status,
    "kind_name": wording.format_kind,
    "language": lambda code: translation.say(languages.name_of_language(code)),
    "whole": wording.format_whole,
    "seconds": wording.format_seconds,
    "browser": wording.browser_name,
}


@cache
def template_environment() -> Environment:
    """The template environment: escapes values, and undefined names are errors."""
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        asset=asset_url,
        version=product.VERSION,
        _=translation.say,
        _html=translation.say_html,
        spoken_language=translation.spoken_language,
        words_of_scripts=translation.words_of_scripts,
    )
    made.filters.update(_FILTERS)
    return made


class Page(HTMLResponse):
    """A page or a part of one. `render_now` writes its body after the transaction has ended."""

    def __init__(self, template: str, status: int = 200, /, **values: Any) -> None:
        super().__init__(status_code=status)
        self._template = template
        self._values = values

    def render_now(self) -> "Page":
        """Renders the template; no database connection is held meanwhile."""
        self.body = self.render(
            template_environment().get_template(self._template).render(self._values)
        )
        self.headers["Content-Length"] = str(len(self.body))
        return self
