"""`make check-data` says what it found, and fails on lines that cannot stay as they are."""

import subprocess
from pathlib import Path

import pytest

from nlu.checks.__main__ import main
from nlu.checks.leaks import TEST, read_texts
from nlu.checks.lines import Line
from nlu.checks.new_lines import check_new_lines, leaking_lines

DATA = [
    Line("what time do you open", "faq_hours", "faq.yml"),
    Line("is card payment possible", "faq_payment", "faq.yml"),
    Line("where is my order", "track_order", "order_tracking.yml"),
]
LEAKY = "messages: [{text: hello}, {text: xylophone of the moon}]"


def test_leaks_of_a_split_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    split = tmp_path / "split.yml"
    split.write_text(LEAKY)
    assert main(["--leaks", str(split)]) == 0
    said = capsys.readouterr().out
    assert "exact" in said
    assert "greet" in said
    assert "xylophone" not in said


def test_only_lines_that_the_last_commit_has_not_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path, "order_tracking", "track_order", "can i pay by card")
    commit_all(tmp_path)
    assert check_new_lines([file], DATA) == 0
    assert "all are in the last commit" in capsys.readouterr().out

    write_lines(tmp_path, file.stem, "track_order", "can i pay by card", "when do you open")
    talk = write_lines(tmp_path, "talk", "out_of_scope", "xylophone of the moon", "Place order!")
    assert check_new_lines([file, talk], DATA) == 0
    said = capsys.readouterr().out
    assert "(own intent " in said
    assert "'when do you open' as track_order" in said
    assert "'can i pay by card' as" not in said
    assert "3 new lines of order_tracking.yml, talk.yml" in said
    assert "let `make\ntrain` say" in said


def test_a_line_that_is_only_near_another_intent_is_listed_and_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path, "more", "track_order", "what time do you open today")
    assert check_new_lines([file], DATA) == 0
    assert "1 are nearer to another intent, 0 are taken" in capsys.readouterr().out
    file = write_lines(tmp_path, "more", "track_order", "What time do you open")
    assert check_new_lines([file], DATA) == 1


def test_a_line_that_a_pattern_takes_away_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path, "booking", "book_table", "do you have a table?")
    assert check_new_lines([file], DATA) == 1
    said = capsys.readouterr().out
    assert "always faq_shop, by facility in nlu/words/*/talk.yml" in said
    assert "A pattern that takes a line away" in said


def test_a_line_that_gives_a_message_of_the_test_away_is_named() -> None:
    [message] = [text for text in read_texts(TEST) if text == "my Swiggy order has not come"]
    [said] = leaking_lines([Line(message.upper(), "out_of_scope", "new.yml")])
    assert said.endswith("take the line out, or move the message to seen_messages.yml.")
    assert list(leaking_lines([Line("xylophone of the moon", "out_of_scope", "new.yml")])) == []


def write_lines(directory: Path, name: str, intent: str, *lines: str) -> Path:
    """An NLU file of one intent."""
    file = directory / f"{name}.yml"
    examples = "".join(f"    - {line}\n" for line in lines)
    file.write_text(f"nlu:\n- intent: {intent}\n  examples: |\n{examples}")
    return file


def commit_all(directory: Path) -> None:
    """A repository whose last commit has every file of the directory."""
    who = ("-c", "user.name=Asha", "-c", "user.email=asha@example.com")
    for command in (("init",), ("add", "."), (*who, "commit", "-m", "lines")):
        subprocess.run(["git", *command], cwd=directory, check=True, capture_output=True)
