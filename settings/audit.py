"""`make audit`: lists known vulnerabilities of the locked packages with our verdicts on them.

    python settings/audit.py PIP_AUDIT

It asks pip-audit's sources in turn until one answers, and needs only Python and pip-audit. The exit
status is 0 if every vulnerability has a verdict in docs/security.md, 1 if one has none, and 2 if no
source answers.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
VERDICTS = ROOT / "docs" / "security.md"
SOURCES = ("pypi", "osv")
# Every source knows this vulnerable version. It is asked first, so that a source that is not there
# costs one request instead of two hundred.
PROBE = "sanic==21.12.2"
PATIENCE = 600.0  # seconds for one run of pip-audit
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*==[^\s\\;]+)", re.MULTILINE)


class NoAnswer(Exception):
    """The source cannot be reached, or knows no packages; the message says why."""


@dataclass(frozen=True)
class Vulnerability:
    """A known vulnerability: its package, its ids, and the versions that fix it."""

    package: str
    version: str
    names: tuple[str, ...]
    mended_in: tuple[str, ...]

    def verdict(self, verdicts: str) -> str:
        """The line of docs/security.md that names the vulnerability; "" if none does."""
        for line in verdicts.splitlines():
            if any(re.search(rf"\b{re.escape(name)}\b", line) for name in self.names):
                return line.strip("| ")
        return ""


def main(arguments: list[str]) -> int:
    program = arguments[0]
    refusals = []
    for source in SOURCES:
        try:
            query_vulnerabilities(program, source, [PROBE])
            found = query_vulnerabilities(program, source, read_pins())
        except NoAnswer as no_answer:
            refusals.append(f"{source}: {no_answer}")
            continue
        return print_verdicts(found, VERDICTS.read_text())
    print(f"make audit: no source of known vulnerabilities answers ({'; '.join(refusals)})")
    return 2


def read_pins() -> list[str]:
    """`name==version` of every package in the locks."""
    return sorted({pin for lock in LOCKS for pin in _PIN.findall((ROOT / lock).read_text())})


def query_vulnerabilities(program: str, source: str, pinned: Iterable[str]) -> list[Vulnerability]:
    """Asks a source for the known vulnerabilities of these packages.

    program: the path of pip-audit. pinned: `name==version` of each package.

    Raises:
        NoAnswer: the source cannot be reached, or does not know the packages.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(pinned))
        file.flush()
        command = [program, "--disable-pip", "--no-deps", "--progress-spinner", "off"]
        command += ["--format", "json", "--vulnerability-service", source]
        try:
            asked = subprocess.run(
                [*command, "--requirement", file.name],
                check=False,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            raise NoAnswer("nothing came back in time") from None
    try:
        answer = json.loads(asked.stdout)
    except ValueError:
        last = asked.stderr.strip().splitlines()[-1:] or ["no answer"]
        raise NoAnswer(last[0].partition(": ")[0]) from None
    return read_vulnerabilities(answer)


def read_vulnerabilities(answer: dict[str, Any]) -> list[Vulnerability]:
    """The vulnerabilities in pip-audit's JSON.

    Raises:
        NoAnswer: the source knows none of the packages.
    """
    known = [one for one in answer["dependencies"] if "vulns" in one]
    if not known:
        raise NoAnswer("it knows none of the packages")
    return [
        Vulnerability(
            one["name"],
            one["version"],
            (found["id"], *found["aliases"]),
            tuple(found["fix_versions"]),
        )
        for one in known
        for found in one["vulns"]
    ]


def print_verdicts(found: list[Vulnerability], verdicts: str) -> int:
    """Prints each vulnerability with our verdict; returns 0 if each has one."""
    without = 0
    for one in found:
        verdict = one.verdict(verdicts)
        without += not verdict
        names = ", ".join(one.names)
        mended = f"mended in {', '.join(one.mended_in)}" if one.mended_in else "not mended"
        print(f"{one.package} {one.version}: {names} ({mended})")
        print(f"    {verdict or 'NO VERDICT: look, then upgrade or write one'}")
    print(f"make audit: {len(found)} known, {without} without a verdict in docs/security.md")
    return 1 if without else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
