"""A short round of the fault kit: killed and frozen at random moments, nothing that was promised is lost or done twice."""

from __future__ import annotations

import pytest

from bench.faults.run import run
from bench.ground import THROWAWAY


def test_the_embedded_product_survives_kills_and_freezes() -> None:
    told = run(rounds=2, seed=7)

    assert told["problems"] == [] and told["ok"]
    assert told["kills"] == told["freezes"] == {"web": 2}
    assert told["answered"] > 0 and told["timers_fired"] > 0


@pytest.mark.postgres
def test_pages_worker_and_postgresql_survive_kills_and_freezes() -> None:
    told = run(rounds=1, database_url=THROWAWAY, seed=7)

    assert told["problems"] == [] and told["ok"] and told["unexplained"] == []
    assert told["kills"] == told["freezes"] == {"web": 1, "worker": 1, "postgresql": 1}
    assert told["answered"] > 0 and told["timers_fired"] > 0
