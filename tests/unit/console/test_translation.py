"""Both languages or neither: what the counter's pages say stands in the words file as well."""

import re
from collections import Counter

import pytest
import yaml

from console import translation
from settings import ROOT

CONSOLE = ROOT / "console"
WORDS = yaml.safe_load((CONSOLE / "words/en.yml").read_text())
TEMPLATES = [
    path
    for path in sorted(CONSOLE.rglob("*.html"))
    if not str(path.relative_to(CONSOLE)).startswith(tuple(WORDS["only_english"]))
]
OTHERS = [code for code in translation.known_languages() if code != translation.ENGLISH]
JINJA = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
TAG = rf"<(?:[^<>{{]|{JINJA}|\{{)*?>"
SAID = re.compile(r"""\b_(?:html)?\(\s*(?:"([^"]*)"|'([^']*)')""")
COUNTED = re.compile(r'plural\("([^"]*)"(?:, "([^"]*)")?\)')
SAID_IN_CODE = re.compile(r"\bsay\(\s*\"([^\"]*)\"")
SPOKEN_ATTRIBUTE = re.compile(r'(?:aria-label|title|placeholder|alt|data-confirm)="([^"]*)"')


def phrases_of(path):
    source = path.read_text()
    said = {double or single for double, single in SAID.findall(source)}
    # What is counted: one of it, and several.
    for one, many in COUNTED.findall(source):
        said |= {one, many or one + "s"}
    return said


def bare_words(source):
    """What a template says outside of `_()`."""
    source = re.sub(r"\{% block body %\}.*?\{% endblock %\}", "", source)  # a class
    left = re.sub(rf"(?s){JINJA}", "", "".join(SPOKEN_ATTRIBUTE.findall(source)))
    shown = re.sub(rf"(?s){TAG}|{JINJA}", " ", source)
    shown = re.sub(r'[\w-]+="[^"]*"', " ", shown)  # what a macro puts into a tag
    return re.findall(r"[A-Za-z]{2,}", left + shown)


@pytest.fixture(autouse=True)
def english_again():
    yield
    translation.use_language(translation.ENGLISH)


def test_there_is_another_language_than_english():
    assert OTHERS == ["hi"]
    assert TEMPLATES


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(CONSOLE)))
def test_every_phrase_of_a_page_is_in_the_words_file(code, path):
    assert phrases_of(path) - translation.known_languages()[code].phrases.keys() == set()
    macros = {"orders/card.html"}  # addresses and marks are made by macros
    if str(path.relative_to(CONSOLE)) not in macros:
        assert bare_words(path.read_text()) == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_code_and_scripts_say_is_there_too(code):
    said = {
        phrase
        for path in CONSOLE.rglob("*.py")
        if path.name != "translation.py"
        for phrase in SAID_IN_CODE.findall(path.read_text())
    }
    said |= set(WORDS["scripts"])
    assert said - translation.known_languages()[code].phrases.keys() == set()


@pytest.mark.parametrize("code", OTHERS)
def test_a_phrase_keeps_its_values_and_its_html(code):
    for english, phrase in translation.known_languages()[code].phrases.items():
        for part in (r"\{\w+\}", r"</?\w+[^>]*>"):
            assert sorted(re.findall(part, english)) == sorted(re.findall(part, phrase)), english


def test_a_phrase_that_lacks_is_said_in_english():
    translation.use_language("hi")
    assert translation.say("Orders") != "Orders"
    assert translation.say("Nobody has translated this") == "Nobody has translated this"
    translation.use_language("xx")
    assert translation.say("Orders") == "Orders"


def test_what_comes_into_html_is_escaped():
    said = translation.say_html("<b>{who}</b> is here", who="<i>Asha</i>")
    assert said == "<b>&lt;i&gt;Asha&lt;/i&gt;</b> is here"


def test_the_list_of_english_pages_names_pages_that_are_there():
    for name in WORDS["only_english"]:
        assert (CONSOLE / name).exists(), name


@pytest.fixture(params=OTHERS)
def words_file(request):
    return CONSOLE / f"words/{request.param}.yml"


def test_no_phrase_stands_twice(words_file):
    phrases, sentences = words_file.read_text().split("\nsentences:\n")
    for part in (phrases, sentences):
        keys = Counter(re.findall(r"(?m)^  (\".*?\"|'.*?'): ", part))
        assert keys
        assert [key for key, many in keys.items() if many > 1] == []


def test_what_others_have_put_together_is_said_with_its_values():
    translation.use_language("hi")
    assert translation.say("Tea is deleted.") == "Tea हटा दिया।"
    assert translation.say("Monday: saved.") == "सोमवार: सेव हुआ।"
    assert translation.say("Nobody says {this}") == "Nobody says {this}"


def test_no_sentence_is_taken_for_another_one(words_file):
    """Each is found by its own form, not by one that stands above it."""
    words = translation.known_languages()[words_file.stem]
    sentences = yaml.safe_load(words_file.read_text())["sentences"]
    taken = {}
    for english, said in sentences.items():
        names = re.findall(r"\{(\w+)\}", english)
        assert set(re.findall(r"\{(\w+)\}", said)) <= set(names), english
        sample = english.format(**dict.fromkeys(names, "12"))
        tried = words.sentences.get(sample[-1]) or words.sentences[""]
        first = next(one for one in tried if one.pattern.fullmatch(sample))
        if first != translation.make_sentence(english, said):
            taken[english] = first.pattern.pattern
    assert taken == {}
