"""Who follows docs/adding-a-journey.md gets a journey that customers can go through.

It is trained on its own examples and some of every other intent: a whole training would take
minutes, and what these few messages mean does not depend on it.
"""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from settings import ROOT
from tests.commands.running import NO_DATABASE, command, environment
from tests.instructions import follow_document

PAGE = ROOT / "docs/adding-a-journey.md"
PLAYED = ("tests/journeys/test_table_booking.py", "tests/commands/added_journey.py")
# Of each intent: as many as the page's own has.
EXAMPLES = 25


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the journey of the page, and a small model of it."""
    copy = follow_document(PAGE, ROOT, tmp_path_factory.mktemp("added") / ROOT.name)
    for path in (copy / "data/nlu").glob("*.yml"):
        path.write_text(with_few_examples(path.read_text()))
    run(copy, *command("train", "--quiet"))
    return copy


def with_few_examples(nlu: str) -> str:
    """An NLU file with the first examples of each intent."""
    data = yaml.safe_load(nlu)
    for entry in data["nlu"]:
        if "examples" in entry:
            entry["examples"] = "".join(entry["examples"].splitlines(keepends=True)[:EXAMPLES])
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def test_the_page_s_test_and_story_pass(followed: Path) -> None:
    """On the model, the actions and a database, in one process."""
    run(followed, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *PLAYED)


def run(project: Path, *told: str) -> None:
    """Runs a command in a project; it must succeed."""
    done = subprocess.run(
        told,
        cwd=project,
        env=environment(NO_DATABASE) | {"PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
