"""`make check-data` says what it found, and fails on lines that contradict others."""

from pathlib import Path

import pytest

from nlu.checks.__main__ import main

LEAKY = "messages: [{text: hello}, {text: xylophone of the moon}]"


def test_leaks_of_a_split_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    split = tmp_path / "split.yml"
    split.write_text(LEAKY)
    assert main(["--leaks", str(split)]) == 0
    said = capsys.readouterr().out
    assert "exact" in said
    assert "greet" in said
    assert "xylophone" not in said
