"""Scenarios as files: what a process owner writes, read into steps; what cannot be read is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import yaml

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure import Procedure
from engine.procedure.manifest import names_of
from engine.procedure.safe_yaml import LOADER, exceeds_limits, why
from engine.rehearsal.hands import DEALINGS

KEYS = frozenset({"scenario", "scenario_en", "clauses", "begins", "starts", "facts", "with", "story"})
#: The keys that say what a step does, and those that say more about it.
EXPECT = "expect"
VERBS = (EXPECT, "after", "at", "complete", "reach", "do", "deliver", "set", "skip", *DEALINGS)
DETAILS = frozenset({"as", "by", "with", "leave", "to", "which"})
EXPECTATIONS = frozenset(
    {
        "open", "includes", "not_open", "value", "due", "breached", "not_breached", "told", "not_told", "drafted", "not_drafted",
        "called", "decided", "shows", "hides", "path", "not_path", "closed", "outcome", "refused",
    }
)  # fmt: skip
#: What an expectation says about itself: the clauses that it shows to be kept.
PROVES = "clauses"
MAPPINGS = ("value", "due", "decided", "shows", "hides")
MEND = Text("请照其他故事的写法改正。", "Correct it after the other stories.")


@dataclass(frozen=True)
class Step:
    """One step of a story: its verb, what the verb is given, and who does it with which values.

    ``clauses`` are those that an expectation shows to be kept: its own, else the story's; ``to`` is to whom a task is handed,
    ``which`` one of several open tasks of one name.
    """

    number: int
    verb: str
    given: Any
    role: str | None
    person: str | None
    values: Mapping[str, Any]
    leave: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    to: str | None = None
    which: int | str | None = None

    def __str__(self) -> str:
        said = f" as {self.role}" if self.role else ""
        shown = self.given if isinstance(self.given, str | datetime) else yaml_line(self.given)
        return f"{self.number}. {self.verb}: {shown}{said}"


@dataclass(frozen=True)
class Scenario:
    """One story: when and at which start event it begins, with which facts and values, and its steps."""

    file: str
    name: str
    clauses: tuple[str, ...]
    starts: datetime
    facts: Mapping[str, Any]
    values: Mapping[str, Any]
    steps: tuple[Step, ...]
    begins: str | None = None

    @property
    def proves(self) -> frozenset[str]:
        """Every clause that one of its expectations shows to be kept."""
        return frozenset(clause for step in self.steps for clause in step.clauses)


def read_scenario(file: str, data: bytes, procedure: Procedure) -> Scenario:
    """One story; ``Misconfigured`` names the file and what is wrong in it."""
    try:
        source = data.decode("utf-8-sig")
        if exceeds_limits(source):
            raise _refusal(file, "嵌套太深或太大", "it is nested too deeply or too large")
        written = yaml.load(source, Loader=LOADER)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as problem:
        reason, mark = why(problem), getattr(problem, "problem_mark", None)
        at = Text(f"第 {mark.line + 1} 行", f", line {mark.line + 1}") if mark else Text("", "")
        zh, en = f"{at.zh}不是完好的 YAML：{reason.zh}", f"this is not well-formed YAML{at.en}: {reason.en}"
        raise _refusal(file, zh, en) from problem
    if not isinstance(written, dict) or not isinstance(written.get("story"), list):
        raise _refusal(file, "没有 story 列表", "it has no list called story")
    _known(file, written, KEYS)
    starts = written.get("starts")
    if not isinstance(starts, datetime):
        raise _refusal(file, "starts 应是带时区的时刻", "starts should be a moment with its zone")
    clauses = _clauses(file, written.get("clauses"), procedure)
    begins = written.get("begins")
    if begins is not None and begins not in procedure.elements:
        raise _refusal(file, f"begins“{begins}”不存在", f'begins names "{begins}", which does not exist')
    return Scenario(
        file=file,
        name=str(written.get("scenario") or PurePosixPath(file).stem),
        clauses=clauses,
        starts=_zoned(starts, procedure),
        facts=_mapping(file, "facts", written.get("facts")),
        values=_mapping(file, "with", written.get("with")),
        steps=tuple(_step(file, number, step, clauses, procedure) for number, step in enumerate(written["story"], 1)),
        begins=begins,
    )


def parts_shown(written: Any) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    """The parts that ``shows`` or ``hides`` names on a form, and what is typed there by then: a list, or parts and with."""
    if isinstance(written, dict):
        typed = written.get("with")
        return names_of(written.get("parts")), typed if isinstance(typed, dict) else {}
    return names_of(written), {}


def yaml_line(value: Any) -> str:
    """A value as one line of YAML."""
    return (
        yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
        .strip()
        .removesuffix("...")
        .strip()
    )


def _step(file: str, number: int, written: Any, clauses: tuple[str, ...], procedure: Procedure) -> Step:
    verbs = [verb for verb in VERBS if isinstance(written, dict) and verb in written]
    if len(verbs) != 1:
        said = ", ".join(VERBS)
        raise _refusal(file, f"第 {number} 步应恰有 {said} 之一", f"step {number} should have exactly one of {said}")
    _known(file, written, DETAILS | {verbs[0]})
    given = written[verbs[0]]
    proves: tuple[str, ...] = ()
    if verbs[0] == EXPECT:
        given = _mapping(file, EXPECT, given)
        proves = _clauses(file, given.pop(PROVES, None), procedure) or clauses
        _check_expected(file, number, given, procedure)
    elif verbs[0] == "at":
        if not isinstance(given, datetime):
            raise _refusal(file, f"第 {number} 步的 at 应是时刻", f"at of step {number} should be a moment")
        given = _zoned(given, procedure)
    elif verbs[0] == "set":
        given = _mapping(file, "set", given)
    else:
        _check_name(file, number, verbs[0], given, procedure)
    values, leave = _mapping(file, "with", written.get("with")), tuple(map(str, written.get("leave") or ()))
    to, which = written.get("to"), written.get("which")
    if which is not None and (isinstance(which, bool) or not isinstance(which, int | str)):
        raise _refusal(file, f"第 {number} 步的 which 应是一个数或名称", f"which of step {number} should be a number or a name")
    who = (written.get("as"), written.get("by"))
    return Step(number, verbs[0], given, *who, values, leave, proves, None if to is None else str(to), which)


def _clauses(file: str, written: Any, procedure: Procedure) -> tuple[str, ...]:
    found = names_of(written)
    for clause in found if procedure.clauses else ():
        if clause not in procedure.clauses:
            raise _refusal(file, f"clauses.yaml 里没有条款“{clause}”", f'clauses.yaml has no clause "{clause}"')
    return found


def _check_expected(file: str, number: int, given: Mapping[str, Any], procedure: Procedure) -> None:
    for key in given:
        if key not in EXPECTATIONS:
            raise _refusal(file, f"第 {number} 步的 expect 不认识“{key}”", f'expect of step {number} has the unknown key "{key}"')
    for key in MAPPINGS:
        _mapping(file, key, given.get(key))
    for key in ("shows", "hides"):
        for task in given.get(key) or ():
            _check_shown(file, number, str(task), parts_shown(given[key][task]), procedure)
    for decision in given.get("decided") or ():
        if decision not in procedure.decisions:
            raise _refusal(
                file,
                f"第 {number} 步：没有决策“{decision}”",
                f'step {number} names the decision "{decision}", which does not exist',
            )


def _check_shown(
    file: str, number: int, task: str, wanted: tuple[tuple[str, ...], Mapping[str, Any]], procedure: Procedure
) -> None:
    names, typed = wanted
    form = procedure.form_of(task)
    if form is None:
        raise _refusal(file, f"第 {number} 步：“{task}”没有表单", f'step {number}: "{task}" has no form')
    for name in (*names, *typed):
        if form.part(name) is None:
            raise _refusal(
                file, f"第 {number} 步：表单 {form.name} 上没有“{name}”", f'step {number}: the form {form.name} has no "{name}"'
            )


def _check_name(file: str, number: int, verb: str, given: Any, procedure: Procedure) -> None:
    known: dict[str, Mapping[str, Any]] = dict.fromkeys(("complete", "reach", "skip", *DEALINGS), procedure.elements)
    known["do"] = procedure.actions
    if verb in known and given not in known[verb]:
        raise _refusal(
            file, f"第 {number} 步的 {verb}“{given}”不存在", f'step {number} names "{given}" to {verb}, which does not exist'
        )


def _zoned(moment: datetime, procedure: Procedure) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=procedure.day_rules.tz)


def _mapping(file: str, name: str, written: Any) -> dict[str, Any]:
    if written is None:
        return {}
    if not isinstance(written, dict):
        raise _refusal(file, f"{name} 应是“键: 值”", f"{name} should be keys and values")
    return {str(key): value for key, value in written.items()}


def _known(file: str, written: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in written:
        if key not in known:
            raise _refusal(file, f"不认识“{key}”", f'it has the unknown key "{key}"')


def _refusal(file: str, zh: str, en: str) -> Misconfigured:
    return Misconfigured(Text(f"故事 {file}：{zh}。", f"Story {file}: {en}."), MEND, file)
