"""Every measurement prints the keys that the architecture promises, here with next to nothing to measure."""

from __future__ import annotations

from bench import inbox, pages, step, timers
from bench.ground import THREE_TASKS, ground
from bench.meter import counted, percentile, settings_of
from bench.steps.bare import Bare
from bench.three_tasks import Desk
from engine.clock import ManualClock
from engine.procedure import check, load_folder


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.95) == 4.0


def test_the_procedure_of_the_benches_is_in_order() -> None:
    assert {finding.rule for finding in check(load_folder(THREE_TASKS / "three_tasks"))} == {"no-drawing"}


def test_the_bare_transaction_is_four_statements_and_one_commit(clock: ManualClock) -> None:
    with ground() as place:
        application = place.application(THREE_TASKS, clock)
        bare = Bare(application)
        with counted(application) as counts:
            bare()
        bare.plain()

        assert (counts.statements, counts.commits) == (4, 1)
        assert settings_of(application)["synchronous"] == "2"
        application.close()


def test_a_whole_case_is_four_commits(clock: ManualClock) -> None:
    with ground() as place:
        application = place.application(THREE_TASKS, clock)
        with counted(application) as counts:
            Desk(application).whole_case()

        assert counts.commits == 4
        application.close()


def test_step() -> None:
    told = step.run(samples=3, cases=2, rounds=0)

    assert {"database", "ratio", "bytes_per_case", "three_task_cases_per_s", "settings", "plain_driver_ms"} <= told.keys()
    assert set(told["complete_ms"]) == {"median", "p95"} and set(told["bare_ms"]) == {"median"}
    assert told["commits"] == told["complaint_procedure"]["commits"] == 1
    assert max(told["statements"], told["complaint_procedure"]["statements"]) <= 12


def test_inbox() -> None:
    told = inbox.run(open_items=40, rounds=1)

    assert told["database"] == "sqlite" and told["open"] >= 40
    assert set(told["page_ms"]) == {"p50", "p95"}


def test_timers() -> None:
    told = timers.run(per_second=10, seconds=1, open_cases=200)

    assert (told["fired"], told["lost"], told["doubled"]) == (10, 0, 0)
    assert {"p50", "p99"} <= told["lateness_ms"].keys()
    assert told["idle"]["open_cases"] >= 200 and told["idle"]["statements"] <= 2


def test_pages() -> None:
    told = pages.run(register_rows=20, open_items=30, rounds=1)

    assert told["register_rows"] >= 20 and told["open_items"] >= 30
    assert {"inbox", "register", "case", "task", "record"} <= told["pages"].keys()
