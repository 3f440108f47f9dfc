"""A model is named by the sources, and said not to be examined where it comes into use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import randomname

from nlu import model_names
from settings import ROOT, models

PROJECT = (str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])
Exit = list[tuple[Callable[..., None], tuple[Any, ...]]]


@pytest.fixture
def at_exit(monkeypatch: pytest.MonkeyPatch) -> Exit:
    """What would be done at the end of the process."""
    registered: Exit = []
    monkeypatch.setattr(randomname, "get_name", lambda: "at-random")
    monkeypatch.setattr(
        model_names.atexit, "register", lambda do, *given: registered.append((do, given))
    )
    return registered


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models' directory of the test."""
    monkeypatch.setattr(model_names, "MODELS", tmp_path)
    monkeypatch.setattr(model_names, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.usefixtures("at_exit")
@pytest.mark.parametrize(
    "paths",
    [
        ("config.yml", "domain.yml", ["data/nlu"]),
        ("config.yml", "domain.yml", ["data", "more"]),
        ("other.yml", "domain.yml", ["data"]),
        ("config.yml", None, None),
    ],
)
def test_a_training_on_other_files_keeps_its_random_name(paths: tuple[Any, ...]) -> None:
    model_names.name_by_sources(*paths)
    assert randomname.get_name() == "at-random"


def test_a_model_that_comes_into_use_is_said_not_to_be_examined(
    directory: Path, at_exit: Exit, capsys: pytest.CaptureFixture[str]
) -> None:
    model_names.name_by_sources(*PROJECT)
    name = randomname.get_name()
    assert name == models.hash_sources()
    [(warn, given)] = at_exit
    (directory / f"20261130-081038-{name}.tar.gz").touch()
    warn(*given)
    said = capsys.readouterr().out
    assert f"20261130-081038-{name}.tar.gz is the newest model and will be used" in said
    assert "make train" in said


def test_one_that_make_train_examines_is_not_warned_of(
    directory: Path, at_exit: Exit, capsys: pytest.CaptureFixture[str]
) -> None:
    model_names.name_by_sources(*PROJECT)
    name = randomname.get_name()
    (directory / "candidate").mkdir()
    (directory / "candidate" / f"20261130-081038-{name}.tar.gz").touch()
    (directory / f"20261130-081038-{name}{models.PASSED}.tar.gz").touch()
    [(warn, given)] = at_exit
    warn(*given)
    assert capsys.readouterr().out == ""
