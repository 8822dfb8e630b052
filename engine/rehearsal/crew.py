"""Work shared out among processes that begin as copies of this one, so that nothing has to be built or read twice."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
#: What the copies do, set just before they are made.
_task: list[Callable[[int], Any]] = []


def spread(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int = 1, done: Callable[[int], object] = lambda count: None
) -> list[Result]:
    """The results in the order of the items; ``done`` hears of each."""
    return [_told(result, done) for result in each(work, items, processes)]


def each(work: Callable[[Item], Result], items: Sequence[Item], processes: int = 1) -> Iterator[Result]:
    """The results as they come, in the order of the items. One process, or a system that copies none, works here."""
    if processes < 2 or len(items) < 2 or sys.platform != "linux":
        yield from map(work, items)
        return
    with _copies(lambda place: work(items[place]), processes) as pool:
        yield from pool.imap(_work_at, range(len(items)))


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _copies(task: Callable[[int], Any], processes: int) -> Iterator[Any]:
    _task.append(task)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield pool
    finally:
        _task.pop()


def _work_at(place: int) -> Any:
    return _task[-1](place)


def _told(result: Result, done: Callable[[int], object]) -> Result:
    done(1)
    return result
