"""Whoever follows docs/adding-a-journey.md gets a journey that is complete."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from settings import ROOT
from tests.instructions import Instruction, follow, follow_document, read_instructions

PAGE = ROOT / "docs/adding-a-journey.md"
COMPLETE = (
    "tests/unit/console/test_titles.py",
    "tests/unit/test_promises.py",
    "tests/unit/test_response_layout.py",
    "tests/unit/shop/steps/test_steps.py",
)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the journey of the page."""
    return follow_document(PAGE, ROOT, tmp_path_factory.mktemp("journey") / ROOT.name)


def run(project: Path, *command: str) -> str:
    """What a command says in a project; it must succeed."""
    # Without a database: neither validation nor these tests ask one.
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_every_block_of_code_is_an_instruction() -> None:
    page = PAGE.read_text()
    languages = re.findall(r"^```(\w+)$", page, re.M)
    assert page.count("```") == 2 * len(languages)
    # The last chapter shows commands.
    assert len(list(read_instructions(page))) == len(languages) - languages.count("sh") > 0


def test_words_step_and_actions_are_complete(followed: Path) -> None:
    run(followed, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *COMPLETE)


def test_the_code_keeps_our_style(followed: Path) -> None:
    new = [each.path for each in read_instructions(PAGE.read_text()) if each.path.endswith(".py")]
    run(followed, "ruff", "check", "--quiet", *new)
    run(followed, "ruff", "format", "--check", "--quiet", *new)


def test_rasa_finds_nothing_wrong_with_it(followed: Path) -> None:
    new = [each.path for each in read_instructions(PAGE.read_text()) if each.action == "create"]
    data = [path for path in new if path.startswith(("data/nlu", "tests/stories"))]
    command = ("rasa", "data", "validate", "--data", "data/rules", "data/responses", *data)
    said = run(followed, sys.executable, "-m", *command)
    assert "No story structure conflicts found" in said
    about_it = [line for line in said.splitlines() if "book" in line and "Warning" in line]
    # Said by actions, which Rasa does not read.
    assert all("is not used in any story or rule" in line for line in about_it)


def test_no_example_has_another_intent_too(followed: Path) -> None:
    intents: dict[str, set[str]] = {}
    for path in (followed / "data/nlu").glob("*.yml"):
        for entry in yaml.safe_load(path.read_text())["nlu"]:
            for example in entry.get("examples", "").splitlines():
                intents.setdefault(example, set()).add(entry.get("intent", ""))
    booking = {example: found for example, found in intents.items() if "book_table" in found}
    assert booking
    assert {example for example, found in booking.items() if found != {"book_table"}} == set()


def test_an_instruction_whose_line_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "some.yml").write_text("intents:\n  - greet\n")
    with pytest.raises(AssertionError, match=r"0 times in some\.yml"):
        follow(Instruction("after", "some.yml", "  - book\n", "- thank"), tmp_path)
