"""The functions that take a pattern: matches, replace, split."""

from __future__ import annotations

import re

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Fault
from engine.feel.regex import PatternError, Program, compile_pattern, search
from engine.feel.regex.machine import Spans
from engine.feel.runtime import Run

# A pattern that is refused may have been nearly as large as is allowed, and is not remembered.
_COST_OF_REFUSAL = 4_000
_REFERENCE = re.compile(r"\\([\\$])|\$(\d+)|([\\$])", re.ASCII)


def _program(run: Run, pattern: str, flags: str | None = None) -> Program:
    try:
        program = compile_pattern(pattern, flags or "")
        run.charge(2 * len(program.steps) + len(pattern))
        return program
    except PatternError:
        run.charge(_COST_OF_REFUSAL)
        raise Fault("这不是可用的模式。", "this is no pattern that can be used.") from None


@builtin("matches(input: string, pattern: string, flags?: string | null)")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern matches anywhere in the text."""
    return search(_program(run, pattern, flags), text, 0, run.charge) is not None


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string | null)")
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """Every match replaced; ``$1`` stands for the first group."""
    program = _program(run, pattern, flags)
    pieces: list[str] = []
    length, end = 0, 0
    for spans in _all(run, program, text):
        new = replacement if flags and "q" in flags else _filled(replacement, text, spans)
        pieces += [text[end : spans[0]], new]
        length += spans[0] - end + len(new)
        run.text(length)
        end = spans[1]
    return "".join([*pieces, text[end:]])


@builtin("split(string: string, delimiter: string)")
def split(run: Run, text: str, delimiter: str) -> list[str]:
    """The parts between the matches of the delimiter."""
    parts: list[str] = []
    end = 0
    for spans in _all(run, _program(run, delimiter), text):
        parts.append(text[end : spans[0]])
        end = spans[1]
    run.items(len(parts) + 1)
    return [*parts, text[end:]]


def _all(run: Run, program: Program, text: str) -> list[Spans]:
    found: list[Spans] = []
    position = 0
    if search(program, "", 0, run.charge) is not None:
        raise Fault("模式不能匹配空文本。", "the pattern may not match the empty text.")
    while (spans := search(program, text, position, run.charge)) is not None:
        if spans[0] == spans[1]:
            raise Fault("模式不能匹配空文本。", "the pattern may not match the empty text.")
        found.append(spans)
        position = spans[1]
    return found


def _filled(replacement: str, text: str, spans: Spans) -> str:
    def one(found: re.Match[str]) -> str:
        escaped, group, stray = found.groups()
        if stray:
            raise Fault("替换文本中的 $ 或 \\ 用法不对。", "a $ or \\ in the replacement is misplaced.")
        return escaped or _group(group, text, spans)

    return _REFERENCE.sub(one, replacement)


def _group(digits: str, text: str, spans: Spans) -> str:
    """As many digits as name a group; the rest is text."""
    most = len(spans) // 2 - 1
    taken = len(digits)
    while taken > 1 and (taken > 4 or int(digits[:taken]) > most):
        taken -= 1
    number = int(digits[:taken])
    begin, end = spans[2 * number : 2 * number + 2] if number <= most else (-1, -1)
    return (text[begin:end] if begin >= 0 else "") + digits[taken:]
