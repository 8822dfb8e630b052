"""A pattern as a program for the machine: one instruction for each state, of bounded number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.feel.regex.charset import Charset
from engine.feel.regex.parser import Parser, Part, PatternError

MAX_STATES = 2_000
SET, SPLIT, JUMP, SAVE, BEGIN, END, FOUND = range(7)


@dataclass(slots=True)
class Step:
    """One instruction; ``first`` is preferred to ``second`` where it splits."""

    what: int
    first: int = 0
    second: int = 0
    charset: Charset | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """The instructions, the number of capturing groups, and whether ``^`` and ``$`` also hold at line breaks."""

    steps: tuple[Step, ...]
    groups: int
    lines: bool


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str = "") -> Program:
    """The program of the pattern, cached; PatternError when it is no pattern that can be used."""
    parser = Parser(pattern, flags)
    tree = parser.parse()
    writer = _Writer()
    writer.write(tree)
    writer.add(Step(FOUND))
    return Program(tuple(writer.steps), parser.groups, "m" in flags)


class _Writer:
    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.written = 0

    def add(self, step: Step) -> Step:
        if len(self.steps) >= MAX_STATES:
            raise PatternError
        self.steps.append(step)
        return step

    def write(self, part: Part) -> None:
        # Repeating what is empty adds no state, but it takes time.
        self.written += 1
        if self.written > 2 * MAX_STATES:
            raise PatternError
        if part.kind == "cat":
            for inner in part.parts:
                self.write(inner)
        elif part.kind == "alt":
            self._alternatives(part.parts)
        elif part.kind == "repeat":
            self._repeat(part)
        elif part.kind == "group":
            self.add(Step(SAVE, part.low * 2))
            self.write(part.parts[0])
            self.add(Step(SAVE, part.low * 2 + 1))
        elif part.kind == "set":
            self.add(Step(SET, charset=part.charset))
        else:
            self.add(Step(BEGIN if part.kind == "begin" else END))

    def _alternatives(self, branches: tuple[Part, ...]) -> None:
        jumps: list[Step] = []
        for branch in branches[:-1]:
            split = self.add(Step(SPLIT, len(self.steps) + 1))
            self.write(branch)
            jumps.append(self.add(Step(JUMP)))
            split.second = len(self.steps)
        self.write(branches[-1])
        for jump in jumps:
            jump.first = len(self.steps)

    def _repeat(self, part: Part) -> None:
        inner = part.parts[0]
        for _ in range(part.low):
            self.write(inner)
        if part.high is None:
            start = len(self.steps)
            split = self.add(Step(SPLIT))
            self.write(inner)
            self.add(Step(JUMP, start))
            self._branch(split, start + 1, len(self.steps), part.lazy)
            return
        splits = []
        for _ in range(part.high - part.low):
            splits.append((self.add(Step(SPLIT)), len(self.steps)))
            self.write(inner)
        for split, into in splits:
            self._branch(split, into, len(self.steps), part.lazy)

    @staticmethod
    def _branch(split: Step, into: int, past: int, lazy: bool) -> None:
        split.first, split.second = (past, into) if lazy else (into, past)
