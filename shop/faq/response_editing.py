"""Editing the bot's responses: which can be edited, what must stay, and the change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shop.language.languages import served_languages
from shop.language.responses import language_of, responses_by_file
from shop.whatsapp.limits import INTERACTIVE_BODY, text_length
from storage.models import ResponseText

# The longest text that fits into one message with its values and an open question after it.
LONGEST = INTERACTIVE_BODY.maximum - 224
# Words inside other sentences, and titles of buttons, have limits and meanings of their own.
_NOT_EDITED = ("utter_word_", "utter_meant_")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Values of several lines.
_OF_LINES = "lines"


@dataclass(frozen=True)
class Wording:
    """One response: its journey, the file's texts by language, and the owner's."""

    name: str
    journey: str
    written: Mapping[str, str]
    own: Mapping[str, str]

    @property
    def said(self) -> dict[str, str]:
        """The text that customers get, by language."""
        return {code: self.own.get(code, text) for code, text in self.written.items()}

    @property
    def placeholders(self) -> list[str]:
        """The values that are filled in, in the order of the file's own words."""
        return list(dict.fromkeys(_PLACEHOLDER.findall(next(iter(self.written.values())))))


def title_of(name: str) -> str:
    """`utter_ask_quantity` → `Ask quantity`."""
    return name.removeprefix("utter_").replace("_", " ").capitalize()


def is_editable(name: str) -> bool:
    """Whether the owner can change a response's text."""
    return not name.startswith(_NOT_EDITED)


def subject_of_response(name: str) -> str:
    """How shop/language/older_texts.py names a response's texts."""
    return f"response {name}"


def list_wordings(session: Session) -> Iterator[Wording]:
    """Every response whose text the owner can change, journey by journey."""
    own = _own_words(session)
    for journey, responses in responses_by_file().items():
        for name, variations in responses.items():
            if not is_editable(name):
                continue
            written = {language_of(each): str(each["text"]) for each in variations}
            texts = {code: written[code] for code in served_languages() if code in written}
            yield Wording(name, journey, texts, own.get(name, {}))


def find_wording(session: Session, name: str) -> Wording | None:
    """One response; None if there is none by that name, or it cannot be edited."""
    return next((each for each in list_wordings(session) if each.name == name), None)


def find_wording_problems(wording: Wording, code: str, text: str) -> list[str]:
    """The problems of a text, which must be solved before it can be stored."""
    problems = []
    if not text.strip():
        problems.append("Some words are needed.")
    if text_length(text) > LONGEST:
        problems.append(f"At most {LONGEST} characters.")
    needed, found = (set(_PLACEHOLDER.findall(each)) for each in (wording.written[code], text))
    problems += [f"{{{name}}} is missing." for name in sorted(needed - found)]
    problems += [f"{{{name}}} is not known here." for name in sorted(found - needed)]
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        problems.append("Braces { } stand around the name of a value only.")
    placeholder = f"{{{_OF_LINES}}}"
    if placeholder in text and placeholder not in map(str.strip, text.split("\n")):
        problems.append(f"{placeholder} needs a line of its own.")
    return problems


def change_text(session: Session, wording: Wording, code: str, text: str) -> None:
    """Stores the owner's text; the text of the file deletes the owner's.

    The text has no problems (`find_wording_problems`). It is live in every process within two
    seconds.
    """
    words = trim_text(text)
    if words == wording.written[code]:
        own = ResponseText.response == wording.name, ResponseText.language == code
        session.execute(delete(ResponseText).where(*own))
        return
    session.merge(ResponseText(response=wording.name, language=code, text=words))


def trim_text(text: str) -> str:
    """The text without blanks at the ends of its lines, nor more than one empty line."""
    lines = "\n".join(line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _own_words(session: Session) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in session.scalars(select(ResponseText)):
        found.setdefault(row.response, {})[row.language] = row.text
    return found
