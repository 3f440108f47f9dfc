"""The console in the language that each person has chosen.

Templates and code hold English phrases, as `_("...")` and `say("...")`; a file of `words/` has the
same phrases in another language. Phrases that it lacks are shown in English.

Packages below the console (shop/, doctor/) do not know the reader's language: they raise and return
English sentences with names and numbers filled in. `sentences` of a words file translates those by
their English form: "{name} is deleted." is recognised in "Tea is deleted.".
"""

import json
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from markupsafe import Markup

ENGLISH = "en"
COOKIE = "console_language"
_WORDS = Path(__file__).parent / "words"

# The language of the current request: each request runs in a context of its own.
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


@dataclass(frozen=True)
class Sentence:
    """A phrase with values that others have filled in, and what is said for it.

    `begin` and `end` are what stands before the first and after the last value.
    """

    begin: str
    end: str
    pattern: re.Pattern[str]
    said: str


@dataclass(frozen=True)
class Words:
    """A language: its name in itself, and its phrases by the English ones.

    scripts: the phrases of the scripts in static/; the English file lists them.
    `sentences` are phrases with values that others have filled in before we see them, by their
    last letter; those that end with a value are in every list, and alone in that of "".
    """

    name: str
    phrases: Mapping[str, str]
    scripts: tuple[str, ...]
    sentences: Mapping[str, Sequence[Sentence]]

    def translate(self, phrase: str) -> str:
        """The phrase in this language, or in English if the language lacks it."""
        if phrase in self.phrases:
            return self.phrases[phrase]
        # Most texts of a page are names and customers' words: few patterns are tried on each.
        for sentence in self.sentences.get(phrase[-1:]) or self.sentences[""]:
            if not phrase.startswith(sentence.begin):
                continue
            if found := sentence.pattern.fullmatch(phrase):
                values = {name: self.translate(value) for name, value in found.groupdict().items()}
                return sentence.said.format(**values)
        return phrase


@cache
def known_languages() -> dict[str, Words]:
    """The languages of the console by code, English first."""
    found = {path.stem: _read_words(path) for path in sorted(_WORDS.glob("*.yml"))}
    return {ENGLISH: found.pop(ENGLISH), **found}


def use_language(code: str | None) -> None:
    """Sets the language of this request; an unknown one means English."""
    _language.set(code if code in known_languages() else ENGLISH)


def spoken_language() -> str:
    """The code of the language of this request."""
    return _language.get()


def say(phrase: str, **values: object) -> str:
    """The phrase in the language of this request, with its values filled in, as plain text."""
    said = known_languages()[_language.get()].translate(phrase)
    return said.format(**values) if values else said


def find_phrases(text: str) -> list[str]:
    """The English phrases whose form in the language of this request holds this text."""
    sought, phrases = text.casefold(), known_languages()[_language.get()].phrases
    return [english for english, said in phrases.items() if sought in said.casefold()]


def say_html(phrase: str, **values: object) -> Markup:
    """The same for a phrase that contains HTML; its values are escaped."""
    return Markup(say(phrase)).format(**values)  # noqa: S704 (our own words)


def words_of_scripts() -> str:
    """The scripts' phrases as JSON: those of the language by the English ones."""
    return json.dumps({each: say(each) for each in known_languages()[ENGLISH].scripts})


def _read_words(path: Path) -> Words:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    written = content.get("sentences", {})
    sentences = [make_sentence(english, said) for english, said in written.items()]
    return Words(
        content["name"],
        content.get("phrases", {}),
        tuple(content.get("scripts", ())),
        {
            letter: [one for one in sentences if one.end[-1:] in ("", letter)]
            for letter in ("", *{one.end[-1:] for one in sentences})
        },
    )


def make_sentence(english: str, said: str) -> Sentence:
    """A pattern that matches a sentence's form with values: `{name} is deleted.` matches "Tea is
    deleted."."""
    parts = re.split(r"\{(\w+)\}", english)
    forms = [
        f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
    ]
    return Sentence(parts[0], parts[-1], re.compile("".join(forms), re.DOTALL), said)
