"""`make run` trains as `make train` does: a refused model leaves the one before in use, loudly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import models, run
from settings.logs import Logs
from settings.supervisor import Supervisor

REFUSES = "import sys; sys.exit('make train: the new model is not put to use: worse.')"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose training refuses its model."""
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "__init__.py").touch()
    (tmp_path / "nlu" / "train.py").write_text(REFUSES)
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(models, "MODELS", tmp_path / "models")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return tmp_path


@pytest.fixture
def logs(project: Path) -> Logs:
    return Logs(project / "logs")


@pytest.fixture
def supervisor(logs: Logs) -> Iterator[Supervisor]:
    made = Supervisor(logs)
    yield made
    made.stop()


def test_the_model_before_is_used(
    project: Path, supervisor: Supervisor, logs: Logs, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "models" / "before.tar.gz").touch()
    run.train_model(supervisor, logs)
    said = capsys.readouterr().out
    assert "WARNING: train failed:" in said
    assert "the new model is not put to use: worse." in said


def test_without_one_nothing_is_started(project: Path, supervisor: Supervisor, logs: Logs) -> None:
    with pytest.raises(run.CannotStart, match="not put to use: worse"):
        run.train_model(supervisor, logs)


def test_a_model_of_a_sound_training_is_used_without_a_word(
    project: Path, supervisor: Supervisor, logs: Logs, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "nlu" / "train.py").write_text("")
    run.train_model(supervisor, logs)
    assert "WARNING" not in capsys.readouterr().out
