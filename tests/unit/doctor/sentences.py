"""What the doctor can say to an owner, read from its source: titles, words and cures."""

import ast
import importlib
from collections.abc import Iterator
from types import ModuleType

from doctor import findings
from settings import ROOT

# What stands in a sentence where the doctor fills something in.
SAMPLE = "12"
FINDINGS = ("fine", "look", "trouble", "unknown")


def read_sentences() -> set[str]:
    """Every sentence, with samples in place of values."""
    said = set(findings.AREAS)
    for path in sorted((ROOT / "doctor").glob("*.py")):
        if path.stem.startswith("__"):
            continue
        module = importlib.import_module(f"doctor.{path.stem}")
        for function in _functions(ast.parse(path.read_text())):
            said |= set(_of_function(function, module))
        said |= {value.title for value in vars(module).values() if type(value) is findings.Point}
    return {sentence for sentence in said if any(letter.isalpha() for letter in sentence)}


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef))


def _of_function(function: ast.FunctionDef, module: ModuleType) -> Iterator[str]:
    local = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        named = node.func.id if isinstance(node.func, ast.Name) else ""
        if called in FINDINGS:
            # The third is for whoever runs the server: commands, in no language.
            for argument in node.args[:2]:
                yield from _forms(argument, local, module)
        elif named == "NotMended":
            yield from _forms(node.args[0], local, module)
        elif named == "Point":
            yield from _forms(node.args[1], local, module)


def _forms(node: ast.expr, local: dict[str, ast.expr], module: ModuleType) -> Iterator[str]:
    """The texts that an expression can be."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.Name(id=name) if name in local:
            yield from _forms(local[name], local, module)
        case ast.Name(id=name) if isinstance(getattr(module, name, None), str):
            yield getattr(module, name)
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _forms(part, local, module)
        case ast.IfExp(body=one, orelse=other):
            yield from _forms(one, local, module)
            yield from _forms(other, local, module)
        case ast.JoinedStr(values=parts):
            yield "".join(_piece(part, module) for part in parts)


def _piece(part: ast.expr, module: ModuleType) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    inner = part.value if isinstance(part, ast.FormattedValue) else part
    if isinstance(inner, ast.Name) and isinstance(getattr(module, inner.id, None), str):
        return str(getattr(module, inner.id))
    return SAMPLE
