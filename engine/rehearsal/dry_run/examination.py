"""Everything that can be found out about a procedure's files: the check, the model that is built, and the dry run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure import Bundle, Finding, Procedure
from engine.procedure.check import checked
from engine.procedure.procedure import assemble
from engine.procedure.reading import Memory
from engine.rehearsal.dry_run.routes import Routes
from engine.rehearsal.dry_run.search import DryRun, dry_run
from engine.rehearsal.dry_run.stories import told_of_stories
from engine.rehearsal.dry_run.walking import Trouble
from engine.workflow import build_model

_REDRAW = Text("请在流程图编辑器中检查该元素的连线与设置。", "Check the element's flows and settings in the diagram editor.")
_LOOK = Text("请看通到它的条件、选项和事件，改正或删去。", "Look at what leads to it, choices and events: mend or delete it.")
_VALUES = Text("请让它在值为空或少见时也有结果。", "Let it have a result when a value is empty or unusual, too.")
_TELL = Text("请把这些文件交给技术支持；先换一种画法。", "Give these files to support, and draw it another way meanwhile.")
_STOPS = Text("试走时停在“{name}”：{said}", "The dry run stops at “{name}”: {said}")
_BREAKS = Text("试走时在“{name}”出了故障：{said}", "The dry run breaks down at “{name}”: {said}")
_NOT_REACHED = "not-reached"
#: Trouble: rule and level, the sentence around what happened, and the mend.
_TROUBLES = {
    "incident": ("dry-run-incident", "warning", _STOPS, _VALUES),
    "crash": ("dry-run-crash", "error", _BREAKS, _TELL),
    "state": ("dry-run-state", "error", _BREAKS, _TELL),
}


@dataclass(frozen=True, slots=True)
class Examination:
    """The findings by file and line, what was not reached last, and what each part took, in milliseconds of the processor."""

    findings: tuple[Finding, ...]
    work_ms: dict[str, int]


def examine(bundle: Bundle, *, quick: bool = False, stories: bool = False, memory: Memory | None = None) -> Examination:
    """The check of the files and, when that finds no error and it need not be quick, the dry run of the cases they would make.

    With ``stories`` also what keeps those from being read; a ``memory`` spares the work on files that are as they were.
    """
    begun = process_time()
    subject = checked(bundle, memory)
    found, took = subject.findings.sorted(), {"check": _since(begun)}
    if stories:
        found.extend(told_of_stories(bundle, assemble(subject.reading)))
    if not quick and not any(finding.level == "error" for finding in found):
        begun, procedure = process_time(), assemble(subject.reading)
        try:
            model = build_model(procedure)
        except Misconfigured as problem:
            return Examination((*found, _unbuildable(problem)), took)
        took["model"], begun = _since(begun), process_time()
        found.extend(_told(dry_run(model, Routes(subject.graphs, procedure)), procedure))
        took["dry_run"] = _since(begun)
    # What stops the samples comes before all that they therefore have not reached, in whatever file that stands.
    return Examination(tuple(sorted(found, key=lambda one: (one.rule == _NOT_REACHED, one.file, one.line or 0))), took)


def _since(begun: float) -> int:
    return round((process_time() - begun) * 1000)


def _told(run: DryRun, procedure: Procedure) -> Iterator[Finding]:
    for trouble in dict.fromkeys(run.troubles):
        rule, level, said, mend = _TROUBLES[trouble.kind]
        yield _finding(trouble.element_id, procedure, rule, level, _filled(said, trouble, procedure), mend)
    for own in run.unreached:
        name = procedure.label(own)
        zh = f"试走了 {run.steps} 步，没有一个样例走到“{name.zh}”。"
        en = f'None of {run.steps} sample steps has reached "{name.en}".'
        yield _finding(own, procedure, _NOT_REACHED, "warning", Text(zh, en), _LOOK)


def _filled(said: Text, trouble: Trouble, procedure: Procedure) -> Text:
    name = procedure.label(trouble.element_id or procedure.main)
    return Text(said.zh.format(name=name.zh, said=trouble.text.zh), said.en.format(name=name.en, said=trouble.text.en))


def _finding(own: str | None, procedure: Procedure, rule: str, level: str, text: Text, mend: Text) -> Finding:
    element = procedure.elements.get(own or "")
    if element is None:
        return Finding(procedure.diagrams[procedure.main].file, own, None, rule, level, None, text, mend)
    return Finding(element.file, element.id, element.label.zh, rule, level, element.line, text, mend)


def _unbuildable(problem: Misconfigured) -> Finding:
    return Finding(problem.file or "", problem.element_id, None, "model", "error", None, problem.text, problem.mend or _REDRAW)
