"""Documents name files that exist, and nothing names a document that does not."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from settings import ROOT
from tests.instructions import read_instructions

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Directories of the project that a program fills; they are not in the repository.
MADE = ("models", "logs", "to_label", "results")
SKIPPED = {".git", ".rasa", *MADE}
CODED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
ENDINGS = {".py", ".yml", ".sql", ".md", ".toml", ".html", ".lock"}


def prose_of(document: Path) -> str:
    """The document without its blocks of code."""
    return FENCED.sub("", document.read_text())


def project_files() -> Iterator[Path]:
    """Every file of the project that holds text somebody wrote."""
    for top in sorted(ROOT.iterdir()):
        if top.name in SKIPPED or top.name.endswith("_cache"):
            continue
        yield from (p for p in ([top] if top.is_file() else top.rglob("*")) if p.suffix in ENDINGS)


def named_paths(text: str) -> Iterator[str]:
    """The paths in a document's `code`, as far as they are in the project's folders."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    for named in CODED.findall(text):
        first = named.split("/")[0]
        is_file = Path(named).suffix in ENDINGS
        if PATH.fullmatch(named) and first not in MADE and (is_file or first in folders):
            yield named


def stands_somewhere(named: str) -> bool:
    """Whether a path from the root, or a file's name without a path, exists."""
    return (ROOT / named).exists() or ("/" not in named and named in _names())


@cache
def _names() -> set[str]:
    return {path.name for path in project_files()}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_document_exists(document: Path) -> None:
    made = {each.path for each in read_instructions(document.read_text())}
    named = [each for each in named_paths(prose_of(document)) if each not in made]
    assert [each for each in named if not stands_somewhere(each)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_in_a_document_leads_somewhere(document: Path) -> None:
    links = [link for link in LINKED.findall(prose_of(document)) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_nothing_names_a_document_that_is_missing() -> None:
    known = {path.name for path in DOCUMENTS}
    missing = {
        (str(path.relative_to(ROOT)), named)
        for path in project_files()
        for named in re.findall(r"\b[\w-]+\.md\b", path.read_text())
        if named not in known
    }
    assert missing == set()
