"""Name and version are said once."""

import subprocess

from settings import ROOT, product


def test_make_help_says_them() -> None:
    said = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout.splitlines()[0] == f"{product.NAME} {product.VERSION}"


def test_the_changelog_begins_with_this_version() -> None:
    headings = [
        line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")
    ]
    assert headings[0] == f"## {product.VERSION}"
