"""No iterator is asked whether it is true: it always is, with nothing in it, too."""

import ast
from collections.abc import Iterator
from pathlib import Path

from settings import ROOT

PACKAGES = ("actions", "shop", "nlu", "connectors", "console", "trays", "storage", "settings")


def test_no_iterator_is_asked_whether_it_is_true() -> None:
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    makers = {(path, name) for path, tree in trees.items() for name in iterator_makers(tree)}
    wrong = [
        f"{path.relative_to(ROOT)}:{called.lineno}: {called.func.id}"
        for path, tree in trees.items()
        for called in calls_tested_for_truth(tree)
        if isinstance(called.func, ast.Name) and (origin(path, tree, called.func.id)) in makers
    ]
    assert wrong == []


def test_it_finds_them() -> None:
    tree = ast.parse("if lines := found(): pass\nx = found() or 1\nx = not found()\nx = found()")
    assert [called.lineno for called in calls_tested_for_truth(tree)] == [1, 2, 3]
    assert [*iterator_makers(ast.parse("def found() -> Iterator[str]: ..."))] == ["found"]


def iterator_makers(tree: ast.Module) -> Iterator[str]:
    """The functions of a module that return an iterator."""
    for each in tree.body:
        match each:
            case ast.FunctionDef(name=name, returns=ast.expr() as returns):
                if ast.unparse(returns).startswith(("Iterator", "Generator")):
                    yield name


def calls_tested_for_truth(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls whose result decides what is done next."""
    for node in ast.walk(tree):
        tested: list[ast.expr] = []
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                tested = [test]
            case ast.BoolOp(values=[*values, _]):
                tested = values
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                tested = [operand]
        for one in tested:
            value = one.value if isinstance(one, ast.NamedExpr) else one
            if isinstance(value, ast.Call):
                yield value


def origin(path: Path, tree: ast.Module, name: str) -> tuple[Path, str]:
    """The file in which the function of this name is defined, as far as imports say."""
    for each in tree.body:
        if isinstance(each, ast.ImportFrom) and any(
            (alias.asname or alias.name) == name for alias in each.names
        ):
            return ROOT / f"{(each.module or '').replace('.', '/')}.py", name
    return path, name
