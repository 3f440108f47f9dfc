"""Commands on the data alone: no model, no database."""

import importlib.util
from pathlib import Path

import pytest

from tests.commands.running import rasa

NEEDS_PYDOT = pytest.mark.skipif(
    importlib.util.find_spec("pydot") is None, reason="this environment is older than its lock"
)

CONVERT = ("data", "convert", "nlu", "--data", "data/nlu/fallback.yml")


def test_the_data_is_valid_and_nothing_of_ours_is_warned_of() -> None:
    done = rasa("data", "validate", "--fail-on-warnings")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "No story structure conflicts found" in said
    for warning in ("is said by no", "no examples", "not used in any story", "multiple different"):
        assert warning not in said


@pytest.mark.parametrize(
    ("command", "made"),
    [
        pytest.param(("visualize", "--out", "{}/graph.html"), "graph.html", marks=NEEDS_PYDOT),
        (("data", "split", "nlu", "--out", "{}"), "test_data.yml"),
        (
            (*CONVERT, "-f", "json", "--out", "{}/fallback.json"),
            "fallback.json",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_what_writes_a_file(tmp_path: Path, command: tuple[str, ...], made: str) -> None:
    done = rasa(*(part.format(tmp_path) for part in command))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / made).stat().st_size > 0


def test_stories_are_rules_and_there_is_nothing_to_split(tmp_path: Path) -> None:
    """It says so of each file, and writes nothing."""
    done = rasa("data", "split", "stories", "--out", str(tmp_path / "split"))
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "File data/rules/faq.yml has no stories, skipped" in said
    assert not list(tmp_path.rglob("*.yml"))
