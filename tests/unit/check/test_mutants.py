"""Diagrams broken by chance: each is told with its mend in both languages, opened or refused, and none breaks the check."""

from __future__ import annotations

from bench.foreign.mutants import mutants
from bench.foreign.said import fault, ids_of
from engine.errors import Misconfigured
from engine.procedure.bundle import Bundle
from engine.procedure.exchange.foreign import opened
from tests.unit.check.test_foreign import DRAWN, GUEST, POOLS, alone, parted, with_roots

#: A seed under which every kind of damage occurs.
COUNT, SEED = 90, 7


def test_a_broken_diagram_is_told_and_breaks_nothing() -> None:
    whole = with_roots(POOLS.format(""), GUEST, DRAWN, diagram=parted("exclusiveGateway", "parallelGateway"))
    done = set()

    for damage, content in mutants([whole], COUNT, SEED):
        if damage == "huge":
            continue  # costs seconds; `python -m bench foreign --broken` has it
        found = alone(content)
        ids = ids_of(content)
        done |= set(damage.split("+"))

        assert found, damage
        assert [fault(one, ids) for one in found] == [None] * len(found), damage
        assert _opens_or_is_refused(content), damage

    assert len(done) == 21


def _opens_or_is_refused(content: bytes) -> bool:
    try:
        return bool(opened(Bundle({}), "broken.bpmn", content, True).content)
    except Misconfigured as refusal:
        return refusal.text.zh != refusal.text.en
