"""One way to write, one clock, no Python from text, and no query that does not know who asks."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.source import Found, calls, modules

KEEPS_A_TRANSACTION = {"commit", "begin"}
READS_THE_TIME = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "builtins.eval", "builtins.exec"}
DATABASE = {"Reader", "Connection", "Database", "Engine", "reader", "connection", "database"}
WORD = re.compile(r"\w+")
THE_CLOCK = "engine/clock.py"
THE_DOOR = "engine/storage/database.py"
DISPATCH = "engine/dispatch"
# A change of the tables happens before there is anything to dispatch.
MIGRATIONS = "engine/storage/migrations/"


def keeps_a_transaction(found: Found, call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in KEEPS_A_TRANSACTION


def opens_a_write_transaction(found: Found, call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "write" and not call.args and not call.keywords


def reads_the_time(found: Found, call: ast.Call) -> bool:
    return ".".join(found.what.split(".")[-2:]) in READS_THE_TIME


def runs_text(found: Found, call: ast.Call) -> bool:
    return found.what in RUNS_TEXT


def outside(root: Path, rule: Callable[[Found, ast.Call], bool], *allowed: str) -> list[str]:
    return [str(found) for found, call in calls(root) if rule(found, call) and not found.path.startswith(allowed)]


def queries_without_actor(root: Path) -> list[str]:
    """Public functions of ``engine/queries`` that are given the database and not the actor, by position."""
    return [
        str(Found(path, node.lineno, node.name))
        for path, tree in modules(root, ("engine/queries",))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if reaches_the_database(node) and "actor" not in parameters(node)
    ]


def reaches_the_database(function: ast.FunctionDef) -> bool:
    arguments = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    written = {word for argument in arguments if argument.annotation for word in WORD.findall(ast.unparse(argument.annotation))}
    return bool(DATABASE & (written | {argument.arg for argument in arguments}))


def parameters(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in (*function.args.posonlyargs, *function.args.args)}


def test_a_transaction_is_kept_in_one_place(repository: Path) -> None:
    places = outside(repository, keeps_a_transaction)

    assert all(place.startswith((THE_DOOR, DISPATCH)) for place in places), "\n".join(places)
    assert len(places) <= 1, "\n".join(places)


def test_only_dispatch_opens_a_write_transaction(repository: Path) -> None:
    assert outside(repository, opens_a_write_transaction, DISPATCH, MIGRATIONS) == []


def test_only_the_clock_reads_the_time(repository: Path) -> None:
    assert outside(repository, reads_the_time, THE_CLOCK) == []


def test_no_text_is_run_as_python(repository: Path) -> None:
    assert outside(repository, runs_text) == []


def test_every_query_takes_the_actor(repository: Path) -> None:
    assert queries_without_actor(repository) == []


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (keeps_a_transaction, "connection.commit()"),
        (keeps_a_transaction, "self.engine.begin()"),
        (opens_a_write_transaction, "database.write()"),
        (reads_the_time, "datetime.now(UTC)"),
        (reads_the_time, "datetime.datetime.utcnow()"),
        (reads_the_time, "time.time()"),
        (runs_text, "eval(cell)"),
        (runs_text, "exec(script)"),
    ],
)
def test_each_rule_sees_what_it_forbids(rule: Callable[[Found, ast.Call], bool], line: str, tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    text = f"def sly():\n    {line}\n    file.write(text)\n    re.compile(text)\n"
    (tmp_path / "engine" / "sly.py").write_text(text, encoding="utf-8")

    assert outside(tmp_path, rule) == [f"engine/sly.py:2 {line.split('(')[0]}"]


def test_a_query_without_an_actor_is_refused(tmp_path: Path) -> None:
    (tmp_path / "engine" / "queries").mkdir(parents=True)
    text = (
        "def inbox(connection, actor): ...\ndef _rows(connection): ...\ndef left(moment): ...\n"
        "def everything(connection): ...\ndef sly(source: 'Reader'): ...\n"
    )
    (tmp_path / "engine" / "queries" / "inbox.py").write_text(text, encoding="utf-8")

    assert queries_without_actor(tmp_path) == ["engine/queries/inbox.py:4 everything", "engine/queries/inbox.py:5 sly"]
