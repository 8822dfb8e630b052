"""Reads the product's own source for the architecture tests: files, syntax trees, calls, and strings that stand in code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

PARTS = ("engine", "webforms")
NOT_OURS = {"frontend", "static", "node_modules", "__pycache__"}
TEMPLATE_ENDINGS = {".html", ".txt", ".jinja", ".j2", ".xml"}


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a file, at a line; printed as an editor expects it."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.what}"


def files(root: Path, endings: set[str], parts: tuple[str, ...] = PARTS) -> list[Path]:
    """The files of the parts that exist, without what others wrote or a build made."""
    found = (path for part in parts for path in sorted((root / part).rglob("*")))
    return [path for path in found if path.suffix in endings and not NOT_OURS & set(path.relative_to(root).parts)]


def modules(root: Path, parts: tuple[str, ...] = PARTS) -> Iterator[tuple[str, ast.Module]]:
    """Each Python file as its path below the root and its tree."""
    for path in files(root, {".py"}, parts):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(root: Path) -> Iterator[tuple[Found, ast.Call]]:
    """Every call, with the called expression as written."""
    for path, tree in modules(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield Found(path, node.lineno, ast.unparse(node.func)), node


def strings(root: Path) -> Iterator[Found]:
    """Every string constant of the code and of the templates' expressions, docstrings apart."""
    for path, tree in modules(root):
        prose = docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                yield Found(path, node.lineno, node.value)
    for file in files(root, TEMPLATE_ENDINGS):
        yield from template_strings(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))


def docstrings(tree: ast.Module) -> set[int]:
    """The identities of the nodes that are docstrings, or strings that stand alone as statements."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}


def template_strings(path: str, text: str) -> Iterator[Found]:
    """The string literals inside ``{{ }}`` and ``{% %}``; the text around them is a page's own words."""
    for line, kind, value in Environment(extensions=["jinja2.ext.i18n"]).lex(text):
        if kind == "string":
            yield Found(path, line, str(ast.literal_eval(value)))
