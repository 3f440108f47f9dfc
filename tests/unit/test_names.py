"""A public function is found by its name: no two of the project bear the same."""

import ast
from collections import Counter
from pathlib import Path

from settings import ROOT

# Each command has its own, and so has each of the migrations.
OF_EACH = {"main", "upgrade"}


def project_files() -> list[Path]:
    packages = {path.parent for path in ROOT.glob("*/__init__.py")} - {ROOT / "tests"}
    return [path for package in sorted(packages) for path in sorted(package.rglob("*.py"))]


def test_every_public_function_has_a_name_of_its_own() -> None:
    named = Counter(
        node.name
        for path in project_files()
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if not node.name.startswith("_") and node.name not in OF_EACH
    )
    assert len(named) > 2000
    assert [name for name, times in named.items() if times > 1] == []
