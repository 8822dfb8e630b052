"""A compiled condition costs microseconds; run as a module, this prints how many."""

from __future__ import annotations

from decimal import Decimal
from timeit import repeat

from engine.feel import compile_expression

CONDITION = 'severity = "major" and loss > 1000'
SCOPE = {"severity": "major", "loss": Decimal(2000)}
MOST_MICROSECONDS = 5.0


def microseconds(times: int = 2_000, rounds: int = 15) -> float:
    """The best of many rounds, since the machine does other things too; finding it in the cache is part of it."""

    def once() -> None:
        compile_expression(CONDITION, NAMES).evaluate(SCOPE)

    return min(repeat(once, number=times, repeat=rounds)) / times * 1e6


NAMES = frozenset(SCOPE)


def test_a_condition_is_evaluated_from_the_cache_in_microseconds():
    assert microseconds() < MOST_MICROSECONDS


if __name__ == "__main__":
    print(f"{CONDITION}: {microseconds():.2f} µs")
