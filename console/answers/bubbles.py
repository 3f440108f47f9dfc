"""Renders all responses in every language, side by side, as a phone shows them.

`make bubbles` writes them as one file, so that a reader can review everything that the bot says.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from console.answers.samples import fill_samples, samples_of
from console.pages import template_environment
from settings import ROOT
from shop.language.languages import names_of_languages
from shop.language.responses import Variation, language_of, responses_by_file

PAGE = ROOT / "results" / "bubbles.html"
# The looks of the emulator's phone.
_STYLES = ("colours.css", "bubbles.css")
# Parts of other sentences, and titles of buttons.
_WORDS = ("utter_word_", "utter_meant_")
# These are sent as a part of the notice about an order.
_NOTICE, _NEWS = "utter_notice", ("utter_notice_", "utter_shortage_news", "utter_shortage_found")


@dataclass(frozen=True)
class Shown:
    """A response with sample values: its text and its buttons by language."""

    name: str
    texts: dict[str, str]
    buttons: dict[str, list[str]]

    @property
    def is_word(self) -> bool:
        """Whether it is no message of its own."""
        return self.name.startswith(_WORDS)


def show_responses() -> dict[str, list[Shown]]:
    """Every response by journey, in the order of the files."""
    return {
        journey.replace("_", " ").capitalize(): [
            _shown(name, variations) for name, variations in responses.items()
        ]
        for journey, responses in responses_by_file().items()
    }


def render_bubbles() -> str:
    """The page as one HTML file without scripts, which any browser can open."""
    styles = (ROOT / "emulator" / "page" / "style" / name for name in _STYLES)
    return (
        template_environment()
        .get_template("answers/bubbles.html")
        .render(
            journeys=show_responses(),
            languages=names_of_languages(),
            style="\n".join(path.read_text(encoding="utf-8") for path in styles),
        )
    )


def write_bubbles(page: Path = PAGE) -> Path:
    """Writes the page and returns its path."""
    page.parent.mkdir(exist_ok=True)
    page.write_text(render_bubbles(), encoding="utf-8")
    return page


def _shown(name: str, variations: list[Variation]) -> Shown:
    by_language = {language_of(each): each for each in variations}
    return Shown(
        name,
        {code: _text(name, code, each) for code, each in by_language.items()},
        {code: list(_buttons(name, code, each)) for code, each in by_language.items()},
    )


def _text(name: str, code: str, variation: Variation) -> str:
    text = fill_samples(name, code, str(variation["text"]))
    if not name.startswith(_NEWS):
        return text
    notice = {language_of(each): each for each in responses_by_file()["notices"][_NOTICE]}
    return fill_samples(_NOTICE, code, str(notice[code]["text"]).replace("{news}", text))


def _buttons(name: str, code: str, variation: Variation) -> Iterator[str]:
    yield from (str(button["title"]) for button in variation.get("buttons", []))
    yield from samples_of(name, code).get("buttons", [])


if __name__ == "__main__":
    sys.stdout.write(f"{write_bubbles()}\n")
