"""The program that replays cases: a brief on standard input, then batches of cases; each batch is answered with its outcomes."""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from engine.calendar import Calendar, Days
from engine.domain.text import Text
from engine.errors import EngineError
from engine.procedure import Bundle, check, open_procedure
from engine.procedure.trying.pipes import framed, taken
from engine.rehearsal.children import keep_within
from engine.rehearsal.replay.journal import recorded
from engine.rehearsal.replay.outcome import as_record, outcome
from engine.rehearsal.replay.playing import Course, replay
from engine.rehearsal.replay.record import Record
from engine.workflow import build_model

CPU_SECONDS, MEGABYTES = 3_600, 1_536


def main() -> None:
    """Answer until nothing more is asked."""
    keep_within(CPU_SECONDS, MEGABYTES)
    # Whoever waits for a page goes first.
    os.nice(5)
    asked = _frames()
    brief = pickle.loads(next(asked))
    try:
        course, against = _courses(brief)
    except EngineError as problem:
        text = told(problem, Bundle.from_bytes(brief[0]))
        _say({"zh": text.zh, "en": text.en})
        return
    gc.collect()
    gc.freeze()
    for frame in asked:
        _say([_one(course, against, each) for each in pickle.loads(frame)])


def told(problem: EngineError, bundle: Bundle) -> Text:
    """Why the draft cannot be run and what is to be done, in the words of the check where that finds it."""
    errors = [finding for finding in check(bundle) if finding.level == "error"]
    found = next((error for error in errors if error.text == problem.text), next(iter(errors), None))
    text, mend = (found.text, found.mend) if found else (problem.text, getattr(problem, "mend", None))
    file = found.file if found else getattr(problem, "file", None)
    zh, en = (f"{file}：{text.zh}", f"{file}: {text.en}") if file else (text.zh, text.en)
    return Text(f"{zh}{mend.zh}", f"{en} {mend.en}") if mend else Text(zh, en)


def _courses(brief: tuple[Any, ...]) -> tuple[Course, Course | None]:
    new, old, overrides, customs, asked_anew, renamed = brief
    days = Days(overrides)

    def through(packed: bytes) -> Course:
        model = build_model(open_procedure(Bundle.from_bytes(packed)))
        return Course(model, Calendar(model.procedure.day_rules, days), customs, asked_anew, renamed)

    return through(new), None if old is None else through(old)


def _one(course: Course, against: Course | None, case: Record | Mapping[str, Any]) -> dict[str, Any] | None:
    record = case if isinstance(case, Record) else recorded(case["entries"], case["submissions"], case["until"])
    if record is None:
        return None
    if against is not None:
        return outcome(as_record(record, replay(against, record)), replay(course, record), course.renamed)
    return outcome(record, replay(course, record), course.renamed)


def _frames() -> Iterator[bytes]:
    with suppress(EOFError):
        while True:
            yield taken(sys.stdin.buffer)


def _say(answer: Any) -> None:
    sys.stdout.buffer.write(framed(json.dumps(answer, ensure_ascii=False).encode()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
