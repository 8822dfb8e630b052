"""Every clause of the sources is carried by something without which a story fails, or is open with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.procedure import load_folder
from engine.rehearsal.mutation.proving import Prover
from engine.rehearsal.mutation.verdicts import Verdict, verdicts

CLAUSES = {"S0": 16, "S1": 44, "S2": 42, "S3": 38, "S4": 36}
#: What is not about the handling of a complaint, or comes with pages of its own.
MAY_BE_OPEN = {"S1": (12, 15, 17), "S2": (15, 17, 18, 19, 29), "S3": (9, 11), "S4": (30, 31, 33, 34)}


@pytest.fixture(scope="module")
def judged(repository: Path) -> list[Verdict]:
    """The verdicts of all shipped procedures together."""
    folders = sorted(path.parent for path in repository.glob("processes/*/procedure.yaml"))
    found = [Prover(load_folder(folder)).prove() for folder in folders]
    assert [failure for proving in found for failure in proving.failures] == []
    return verdicts(found)


def test_all_clauses_are_named(judged: list[Verdict]) -> None:
    every = {f"{document}.{number}" for document, count in CLAUSES.items() for number in range(1, count + 1)}

    assert {verdict.cover.id for verdict in judged} == every


def test_what_carries_a_clause_is_missed_when_it_is_gone(judged: list[Verdict]) -> None:
    carried = [verdict for verdict in judged if verdict.cover.carriers]

    assert [verdict.cover.id for verdict in carried if not verdict.proven] == []
    open_ones = {f"{document}.{number}" for document, numbers in MAY_BE_OPEN.items() for number in numbers}
    assert {verdict.cover.id for verdict in judged} - {verdict.cover.id for verdict in carried} <= open_ones
