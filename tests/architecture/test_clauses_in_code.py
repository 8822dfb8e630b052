"""A clause that a page or report keeps has a test marked with it: nothing else shows that the program does so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.procedure import load_folder
from engine.procedure.exchange.cover import IN_CODE, clause_cover
from tests.architecture.source import modules


def kept_in_code(repository: Path) -> set[str]:
    """The clauses that any procedure's clauses.yaml gives to pages or reports."""
    folders = sorted(path.parent for path in (repository / "processes").glob("*/procedure.yaml"))
    covers = [cover for folder in folders for cover in clause_cover(load_folder(folder))]
    return {cover.id for cover in covers if any(carrier.kind in IN_CODE for carrier in cover.carriers)}


def marked(root: Path) -> set[str]:
    """The clauses that tests are marked with."""
    return {clause for _, tree in modules(root, ("tests",)) for clause in marks(tree)}


def marks(tree: ast.Module) -> Iterator[str]:
    """The arguments of every ``@pytest.mark.clause``."""
    for node in ast.walk(tree):
        decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else ()
        for mark in decorators:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.clause":
                yield from (str(argument.value) for argument in mark.args if isinstance(argument, ast.Constant))


def test_every_clause_kept_by_a_page_or_report_has_a_marked_test(repository: Path) -> None:
    assert kept_in_code(repository) - marked(repository) == set()


def test_marks_are_seen() -> None:
    source = '@pytest.mark.clause("S1.1", "S1.2")\ndef test_it(): ...\n\n@pytest.mark.browser\ndef test_other(): ...\n'

    assert set(marks(ast.parse(source))) == {"S1.1", "S1.2"}
