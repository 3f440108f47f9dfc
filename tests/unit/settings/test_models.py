"""Which model is used, which are damaged, and which were trained on anything else than is here."""

import io
import os
import shutil
import tarfile
from pathlib import Path

import pytest

from settings import models

SOURCES = (
    *("config.yml", "domain.yml", "data/nlu/faq.yml", "data/rules/faq.yml", "nlu/entities.py"),
    *("data/responses/faq.yml", "nlu/checks/said.py", "nlu/train.py", "nlu/label.py"),
    *("storage/seeds/greeting.yml", "storage/seeds/menus.yml"),
    *("storage/seeds/products.yml", "storage/seeds/answers.yml"),
)


OLDER, NEWEST = "20261129-081038-older", "20261130-081038-newest"


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
    older, newest = make_model(directory, OLDER, 10), make_model(directory, NEWEST, 0)
    content = newest.read_bytes()
    newest.write_bytes(content[: int(len(content) * kept) if kept == 0.5 else int(kept)])
    models.set_damaged_aside()
    assert list(directory.glob("*.tar.gz")) == [older]
    assert (directory / f"{NEWEST}.tar.gz.damaged").exists()
    assert f"{NEWEST}.tar.gz, is damaged" in capsys.readouterr().err


def test_whole_models_stay(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    older = make_model(directory, OLDER, 10)
    older.write_bytes(b"nobody will load this")
    os.utime(older, (0, 0))
    make_model(directory, NEWEST, 0)
    models.set_damaged_aside()
    assert len(list(directory.glob("*.tar.gz"))) == 2
    assert capsys.readouterr().err == ""


def test_without_a_whole_model_one_is_trained(directory: Path) -> None:
    (directory / "broken.tar.gz").write_bytes(b"no model")
    models.set_damaged_aside()
    assert models.is_stale()


@pytest.fixture
def project(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with sources, without a model."""
    project = directory / "project"
    for name in SOURCES:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("version: '3.1'")
    monkeypatch.setattr(models, "ROOT", project)
    monkeypatch.setattr(models, "MODELS", project / "models")
    monkeypatch.setattr(models, "CANDIDATES", project / "models" / "candidate")
    models.CANDIDATES.mkdir(parents=True)
    return project


def named(passed: bool = True) -> str:
    """The name of a model that is trained on what is here."""
    return f"20261130-081038-{models.hash_sources()}{models.PASSED if passed else ''}"


@pytest.mark.parametrize(
    ("name", "stale"),
    [
        ("config.yml", True),
        ("data/nlu/faq.yml", True),
        ("data/rules/faq.yml", True),
        ("domain.yml", True),
        ("nlu/entities.py", True),
        ("storage/seeds/greeting.yml", True),
        ("storage/seeds/menus.yml", True),
        ("data/responses/faq.yml", False),
        ("nlu/checks/said.py", False),
        ("nlu/train.py", False),
        ("nlu/label.py", False),
        ("storage/seeds/answers.yml", False),
    ],
)
def test_contents_make_a_model_stale_and_times_do_not(
    project: Path, name: str, stale: bool
) -> None:
    make_model(models.MODELS, named(), 0)
    os.utime(project / name, (2_000_000,) * 2)
    assert not models.is_stale()
    (project / name).write_text("version: '3.1' # and more")
    assert models.is_stale() is stale


@pytest.mark.parametrize("name", ["data/nlu/more.yml", "nlu/words.yml", "nlu/more.py"])
def test_a_new_source_or_one_that_is_gone_makes_a_model_stale(project: Path, name: str) -> None:
    make_model(models.MODELS, named(), 0)
    (project / name).write_text("")
    assert models.is_stale()
    (project / name).unlink()
    assert not models.is_stale()
    (project / "data/nlu/faq.yml").rename(project / "data/nlu/other.yml")
    assert models.is_stale()


def test_a_fresh_clone_elsewhere_with_the_model_is_not_stale(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model(models.MODELS, named(), 0)
    clone = tmp_path / "clone"
    shutil.copytree(project, clone, copy_function=shutil.copyfile)
    for path in sorted(clone.rglob("*.*"), reverse=True):
        os.utime(path, (3_000_000,) * 2)
    monkeypatch.setattr(models, "ROOT", clone)
    monkeypatch.setattr(models, "MODELS", clone / "models")
    assert not models.is_stale()


@pytest.mark.parametrize("name", ["nlu-20261130-081038-{}", "mine", "20261130-081038-{}-more"])
def test_a_model_whose_name_does_not_say_its_sources_is_stale(project: Path, name: str) -> None:
    make_model(models.MODELS, name.format(models.hash_sources()), 0)
    assert models.is_stale()


def test_what_is_said_of_the_model_in_use(project: Path) -> None:
    assert models.warn_of_model() is None
    make_model(models.MODELS, named(passed=False), 10)
    assert "not compared" in (models.warn_of_model() or "")
    make_model(models.MODELS, named(), 0)
    assert models.warn_of_model() is None
    (project / "domain.yml").write_text("intents: []")
    assert "other sources" in (models.warn_of_model() or "")


def test_a_model_that_is_older_than_the_sources_is_told_when_it_is_loaded(project: Path) -> None:
    ours, other = make_model(models.MODELS, named(), 0), models.MODELS / "mine.tar.gz"
    assert models.warn_of_other_sources(ours) is None
    assert "mine.tar.gz was trained on other sources" in (models.warn_of_other_sources(other) or "")
    (project / "domain.yml").write_text("intents: []")
    assert "`make train`" in (models.warn_of_other_sources(ours) or "")


def test_a_refused_model_is_not_trained_again_until_the_sources_change(project: Path) -> None:
    assert models.must_train()
    make_model(models.CANDIDATES, named(passed=False), 0)
    # Without any other model it is tried once more, to say why.
    assert models.must_train()
    make_model(models.MODELS, "before", 10)
    assert not models.must_train()
    (project / "domain.yml").write_text("intents: []")
    assert models.must_train()


def test_the_model_of_the_sources_is_used_whatever_the_times_of_files_are(project: Path) -> None:
    ours = make_model(models.MODELS, named(), 100)
    unexamined = make_model(models.MODELS, named(passed=False), 50)
    copied = make_model(models.MODELS, "20261129-193340-9a8721f7-passed", 0)
    later = make_model(models.MODELS, "20261201-193340-9a8721f7", 200)
    mine = make_model(models.MODELS, "mine", 0)
    assert models.order_models() == [ours, unexamined, later, copied, mine]
    assert not models.must_train()
    # Of other sources: by the time in the name.
    (project / "domain.yml").write_text("intents: []")
    assert models.order_models() == [later, ours, unexamined, copied, mine]
    assert models.must_train()


def test_rasas_own_commands_find_the_same_model_as_the_newest_file(project: Path) -> None:
    ours = make_model(models.MODELS, named(), 100)
    older = make_model(models.MODELS, "20261129-193340-9a8721f7-passed", 0)
    models.mark_model_in_use()
    assert ours.stat().st_mtime > older.stat().st_mtime
    marked = ours.stat().st_mtime
    models.mark_model_in_use()
    assert ours.stat().st_mtime == marked


def test_workers_that_start_again_keep_the_model_of_the_first(project: Path) -> None:
    first = make_model(models.MODELS, "20261129-081038-first", 10)
    model = models.ModelInUse()
    assert model.arguments() == ("--model", str(first))
    newer = make_model(models.MODELS, NEWEST, 0)
    assert model.arguments() == ("--model", str(first))
    first.write_bytes(b"cut")
    assert model.arguments() == ("--model", str(newer))
