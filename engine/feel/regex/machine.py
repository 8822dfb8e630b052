"""Runs a program over a text with all its states side by side, so that time grows with the text and never explodes."""

from __future__ import annotations

from collections.abc import Callable

from engine.feel.regex.program import BEGIN, END, FOUND, JUMP, SAVE, SET, SPLIT, Program

# Where each group begins and ends; -1 where it took no part. The first two are the whole match.
Spans = tuple[int, ...]
Threads = list[tuple[int, Spans]]


def search(program: Program, text: str, start: int, charge: Callable[[int], None]) -> Spans | None:
    """The leftmost match from ``start`` on, as Perl would choose it; ``charge`` is told of every step."""
    fresh = (-1,) * (2 * program.groups + 2)
    found: Spans | None = None
    threads: Threads = []
    for position in range(start, len(text) + 1):
        if found is None:
            threads += _follow(program, text, position, 0, (position, *fresh[1:]), {pc for pc, _ in threads})
        elif not threads:
            break
        charge(1 + len(threads))
        threads, ended = _advance(program, text, position, threads, charge)
        found = ended or found
    return found


def _advance(
    program: Program, text: str, position: int, threads: Threads, charge: Callable[[int], None]
) -> tuple[Threads, Spans | None]:
    """The threads after one more character, and the match that ended here if one did; those behind it are given up."""
    following: Threads = []
    seen: set[int] = set()
    character = text[position : position + 1]
    for pc, spans in threads:
        step = program.steps[pc]
        if step.what == FOUND:
            return following, (spans[0], position, *spans[2:])
        if character and step.charset is not None and step.charset.has(character):
            following += _follow(program, text, position + 1, pc + 1, spans, seen)
    charge(len(seen))
    return following, None


def _follow(program: Program, text: str, position: int, pc: int, spans: Spans, seen: set[int]) -> Threads:
    """The states reached without reading a character, in order of preference."""
    reached: Threads = []
    waiting: Threads = [(pc, spans)]
    while waiting:
        pc, spans = waiting.pop()
        if pc in seen:
            continue
        seen.add(pc)
        step = program.steps[pc]
        if step.what in (SET, FOUND):
            reached.append((pc, spans))
        elif step.what == JUMP:
            waiting.append((step.first, spans))
        elif step.what == SPLIT:
            waiting += [(step.second, spans), (step.first, spans)]
        elif step.what == SAVE:
            waiting.append((pc + 1, (*spans[: step.first], position, *spans[step.first + 1 :])))
        elif _holds(step.what, program.lines, text, position):
            waiting.append((pc + 1, spans))
    return reached


def _holds(what: int, lines: bool, text: str, position: int) -> bool:
    if what == BEGIN:
        return position == 0 or (lines and text[position - 1] == "\n")
    return what == END and (position == len(text) or (lines and text[position] == "\n"))
