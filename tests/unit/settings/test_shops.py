"""A checkout that was renamed or copied begins no empty shop in silence."""

from pathlib import Path

import pytest

import settings
from settings import Settings, shops


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shops, "data_home", lambda: tmp_path)
    return tmp_path


def shop(directory: Path, name: str) -> Path:
    (directory / name).mkdir()
    (directory / name / "password").touch()
    return directory / name


def configured(directory: Path, url: str | None = None) -> Settings:
    return Settings(_env_file=None, data_directory=directory, database_url=url)


def test_others_are_named_with_what_to_set(home: Path) -> None:
    other = shop(home, "coffee-1234")
    (home / "no-shop").mkdir()
    warning = shops.warn_of_empty(configured(home / "renamed-5678"))
    assert f"DATA_DIRECTORY={other}" in warning
    assert str(home / "renamed-5678") in warning
    assert "no-shop" not in warning


def test_a_shop_that_has_data_starts_in_silence(home: Path) -> None:
    shop(home, "coffee-1234")
    assert shops.warn_of_empty(configured(shop(home, "ours-5678"))) == ""


def test_the_first_shop_of_a_machine_starts_in_silence(home: Path) -> None:
    assert shops.warn_of_empty(configured(home / "ours-5678")) == ""


def test_with_a_database_of_its_own_nothing_is_said(home: Path) -> None:
    shop(home, "coffee-1234")
    assert shops.warn_of_empty(configured(home / "ours-5678", "postgresql://elsewhere/shop")) == ""


def test_the_directory_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIRECTORY", "../shop-data")
    assert Settings(_env_file=None).data_directory == settings.ROOT / "../shop-data"
    monkeypatch.delenv("DATA_DIRECTORY")
    found = Settings(_env_file=None).data_directory
    assert found == settings.default_data_directory()
    assert found.parent == settings.data_home()
