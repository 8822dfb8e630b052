"""Who may import whom: the contracts of pyproject.toml, and that a contract can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from grimp import ImportGraph
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.part_contract import PartContract


def test_the_import_contracts_hold(repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(repository)

    # It would silence every logger of this process, and with them the tests that listen to one.
    monkeypatch.setattr("importlinter.cli.logging_config.dictConfig", lambda config: None)

    status = lint_imports(no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize(
    ("imported", "kept"),
    [
        ("json", True),
        ("lark", True),
        ("engine.feel.values", True),
        ("engine.domain.text", True),
        ("engine.feeling", False),
        ("flask", False),
    ],
)
def test_a_part_may_import_what_its_contract_names_and_nothing_else(imported: str, kept: bool) -> None:
    contract = PartContract(
        name="feel", session_options={}, contract_options={"part": "engine.feel", "imports": ["engine.domain", "lark"]}
    )
    graph = ImportGraph()
    graph.add_import(importer="engine.feel.parser", imported=imported, line_number=3, line_contents="import something")

    check = contract.check(graph, verbose=False)

    assert check.kept is kept
    assert check.metadata["strays"] == ([] if kept else [f"engine.feel.parser:3 imports {imported}"])
