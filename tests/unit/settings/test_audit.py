"""`make audit` with a pip-audit that knows what the test says: the real one needs its sources."""

import json
import sys
from pathlib import Path

import pytest

from settings import audit

KNOWN = {
    "dependencies": [
        {"name": "sanic", "version": "21.12.2", "vulns": []},
        {
            "name": "keras",
            "version": "2.12.0",
            "vulns": [
                {
                    "id": "PYSEC-2024-1",
                    "aliases": ["CVE-2024-3660"],
                    "fix_versions": ["2.13.1"],
                    "description": "",
                }
            ],
        },
    ]
}
UNKNOWN = {"dependencies": [{"name": "sanic", "skip_reason": "not found"}]}


@pytest.fixture
def pip_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes a program that answers as each source is said to; gives its path."""

    def make(**answers: object) -> str:
        (tmp_path / "answers.json").write_text(json.dumps(answers))
        program = tmp_path / "pip-audit"
        program.write_text(
            f"#!{sys.executable}\n"
            "import json, pathlib, sys\n"
            "answers = json.loads(pathlib.Path(__file__).with_name('answers.json').read_text())\n"
            "answer = answers.get(sys.argv[sys.argv.index('--vulnerability-service') + 1])\n"
            "sys.exit('ConnectionError: nobody there') if answer is None else "
            "print(json.dumps(answer))\n"
        )
        program.chmod(0o755)
        verdicts = tmp_path / "security.md"
        verdicts.write_text("| keras | CVE-2024-3660 | no model of others is loaded |\n")
        monkeypatch.setattr(audit, "VERDICTS", verdicts)
        return str(program)

    return make


def test_each_known_vulnerability_is_listed_with_our_verdict(pip_audit, capsys) -> None:
    assert audit.main([pip_audit(pypi=KNOWN)]) == 0
    said = capsys.readouterr().out
    assert "keras 2.12.0: PYSEC-2024-1, CVE-2024-3660 (mended in 2.13.1)" in said
    assert "no model of others is loaded" in said


def test_one_without_a_verdict_fails(pip_audit, capsys) -> None:
    program = pip_audit(pypi=KNOWN)
    audit.VERDICTS.write_text("CVE-2024-36601 is another one\n")
    assert audit.main([program]) == 1
    assert "NO VERDICT" in capsys.readouterr().out


def test_a_source_that_knows_nothing_is_not_taken_for_good_news(pip_audit, capsys) -> None:
    assert audit.main([pip_audit(pypi=UNKNOWN, osv=KNOWN)]) == 0
    assert "1 known, 0 without" in capsys.readouterr().out


def test_where_nothing_answers_it_says_so_in_one_line(pip_audit, capsys) -> None:
    assert audit.main([pip_audit(pypi=UNKNOWN)]) == 2
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.startswith("make audit: no source of known vulnerabilities answers (pypi: ")
    assert "osv: ConnectionError" in said


def test_everything_in_the_locks_is_asked_about() -> None:
    names = {pin.partition("==")[0] for pin in audit.read_pins()}
    assert {"rasa", "sanic", "tensorflow-cpu", "pytest", "ruff"} <= names
    assert len(names) > 180
