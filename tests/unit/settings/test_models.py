"""Which models are damaged, and which are older than what they were trained on."""

import io
import os
import tarfile
from pathlib import Path

import pytest

from settings import models

SOURCES = (
    *("config.yml", "domain.yml", "data/nlu/faq.yml", "data/rules/faq.yml", "nlu/train.py"),
    *("data/responses/faq.yml", "nlu/checks/said.py", "storage/seeds/menus.yml"),
)


def make_model(directory: Path, name: str, age: int) -> Path:
    path = directory / f"{name}.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("weights")
        member.size = 100_000
        archive.addfile(member, io.BytesIO(os.urandom(member.size)))
    os.utime(path, (1_000_000 - age,) * 2)
    return path


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(models, "MODELS", tmp_path)
    return tmp_path


@pytest.mark.parametrize("kept", [0, 10, 0.5, -1])
def test_a_cut_model_makes_room_for_the_one_before(
    directory: Path, kept: float, capsys: pytest.CaptureFixture[str]
) -> None:
    older, newest = make_model(directory, "older", 10), make_model(directory, "newest", 0)
    content = newest.read_bytes()
    newest.write_bytes(content[: int(len(content) * kept) if kept == 0.5 else int(kept)])
    models.set_damaged_aside()
    assert list(directory.glob("*.tar.gz")) == [older]
    assert (directory / "newest.tar.gz.damaged").exists()
    assert "newest.tar.gz, is damaged" in capsys.readouterr().err


def test_whole_models_stay(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = make_model(directory, "older", 10)
    older.write_bytes(b"nobody will load this")
    os.utime(older, (0, 0))
    make_model(directory, "newest", 0)
    models.set_damaged_aside()
    assert len(list(directory.glob("*.tar.gz"))) == 2
    assert capsys.readouterr().err == ""


def test_without_a_whole_model_one_is_trained(directory: Path) -> None:
    (directory / "broken.tar.gz").write_bytes(b"no model")
    models.set_damaged_aside()
    assert models.is_stale()


@pytest.fixture
def trained(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose model is newer than its sources."""
    project = directory / "project"
    for name in SOURCES:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("version: '3.1'")
        os.utime(project / name, (500_000,) * 2)
    monkeypatch.setattr(models, "ROOT", project)
    make_model(directory, "newest", 0)
    assert not models.is_stale()
    return project


@pytest.mark.parametrize(
    ("name", "stale"),
    [
        ("data/nlu/faq.yml", True),
        ("data/rules/faq.yml", True),
        ("domain.yml", True),
        ("nlu/train.py", True),
        ("data/responses/faq.yml", False),
        ("nlu/checks/said.py", False),
    ],
)
def test_words_and_judging_make_no_model_stale(trained: Path, name: str, stale: bool) -> None:
    os.utime(trained / name, (2_000_000,) * 2)
    assert models.is_stale() is stale
