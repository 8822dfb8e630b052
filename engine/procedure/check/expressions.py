"""Rules about what expressions read and call: known names, nothing personal, functions that exist."""

from __future__ import annotations

import re

from engine.feel import BUILTIN_NAMES
from engine.procedure.check.drawing.mending import ask, instead
from engine.procedure.check.subject import Subject, title
from engine.procedure.check.uses import Use, item_names, script_of
from engine.procedure.diagrams.markup import children, find, text_of
from engine.procedure.findings import Mending, Place, near
from engine.procedure.limits import INPUT

#: What the engine offers diagrams beside FEEL's own functions.
COUNTING = frozenset({"minutes", "hours", "days", "months", "working_days", "working_hours", "end_of_day"})
DIAGRAM_FUNCTIONS = COUNTING | {"limit", "every", "is_open", "weekly", "monthly", "quarterly", "yearly"}
DRAWN = frozenset({"condition", "timer", "event", "script", "parameter", "person"})
TABLES = frozenset({"table", "cell"})
#: Uses that may read personal values: the person's own answers, and nothing that a case keeps.
PRIVATE = frozenset({"answer"})
LITERAL_CALL = {name: re.compile(rf'\b{name}\(\s*"([^"]*)"\s*\)') for name in ("limit", "is_open")}


def check_expressions(subject: Subject, uses: list[Use]) -> None:
    """Every expression, and every key that a script or decision writes."""
    known = subject.reading.names | item_names(subject)
    for use in uses:
        tables = _table_names(subject) if use.purpose in (*TABLES, "anchor") else frozenset()
        _check_names(subject, use, known | tables)
        _check_functions(subject, use)
        _check_literals(subject, use)
    for graph, node in subject.nodes("scriptTask"):
        _check_targets(subject, graph.sheet.place(node), title(node), script_of(node))
    for graph, node in subject.nodes("businessRuleTask"):
        results = tuple(map(text_of, find(node, "./b:extensionElements/s:resultVariable")))
        _check_targets(subject, graph.sheet.place(node), title(node), tuple(filter(None, results)))
    for graph, node in subject.nodes("scriptTask"):
        if not any(text_of(script) for script in children(node, "script")):
            subject.error(
                "blank-script", graph.sheet.place(node), f"赋值任务“{title(node)}”没有内容。",
                f'The script task "{title(node)}" is empty.',
                "请写“键 = 表达式”，或删去它。", "Write lines key = expression, or delete it.",
                ask(node.get("id"), "script", "去填写", "Fill it in"),
            )  # fmt: skip


def _table_names(subject: Subject) -> frozenset[str]:
    """What tables may read beside the case: the limit asked for, estate, and the answers of other decisions."""
    decisions = subject.reading.decisions.values()
    inputs = {name for model in subject.reading.tables.values() for name in model.inputs}
    asked = {one.variable for decision in decisions for one in decision.requires} | {d.name for d in decisions}
    return frozenset({INPUT, "estate", *inputs, *asked, *(name for decision in decisions for name in decision.given)})


def _check_names(subject: Subject, use: Use, known: frozenset[str]) -> None:
    vocabulary = subject.reading.vocabulary
    for name in sorted(use.variables - known):
        subject.error(
            "unknown-name", use.place, f"“{_where(use)}”的表达式“{use.source}”读取了未知的“{name}”。",
            f'The expression "{use.source}" of "{_where(use)}" reads the unknown name "{name}".',
            "请改成词汇表里的字段；文字要加双引号。", "Use a field of the vocabulary; put text in double quotes.",
            _respelt(use, name, near(name, known)),
        )  # fmt: skip
    for name in sorted(name for name in use.variables if name in vocabulary and vocabulary[name].personal):
        if use.purpose not in PRIVATE:
            subject.error(
                "personal", use.place, f"“{_where(use)}”的表达式读取了个人信息字段“{vocabulary[name].label.zh}”（{name}）。",
                f'An expression of "{_where(use)}" reads the personal field "{vocabulary[name].label.en}" ({name}).',
                "请另设一个不含个人信息的字段来判断。", "Decide by another field that holds nothing personal.",
            )  # fmt: skip


def _check_functions(subject: Subject, use: Use) -> None:
    known = BUILTIN_NAMES | (DIAGRAM_FUNCTIONS if use.purpose in DRAWN else frozenset())
    # A table may call functions that its own file defines; the table's reader checks those.
    for name in sorted(use.functions - known) if use.purpose not in TABLES else ():
        subject.error(
            "unknown-function", use.place, f"“{_where(use)}”的表达式“{use.source}”调用了未知的函数“{name}”。",
            f'The expression "{use.source}" of "{_where(use)}" calls the unknown function "{name}".',
            "请从函数列表里选。", "Choose a function from the list.", _respelt(use, name, near(name, known)),
        )  # fmt: skip


def _check_literals(subject: Subject, use: Use) -> None:
    for name, known in (("limit", subject.reading.manifest.limits.keys()), ("is_open", subject.user_tasks)):
        for key in sorted(set(LITERAL_CALL[name].findall(use.source)) - known):
            subject.error(
                f"unknown-{'limit' if name == 'limit' else 'task'}", use.place,
                f"“{_where(use)}”里的 {name}(\"{key}\") 指向不存在的名称。",
                f'{name}("{key}") in "{_where(use)}" names something that does not exist.',
                "请改名。", "Correct the name.", _respelt(use, key, near(key, known)),
            )  # fmt: skip


def _check_targets(subject: Subject, place: Place, name: str, targets: tuple[str, ...]) -> None:
    vocabulary, moments = subject.reading.vocabulary, subject.reading.manifest.moments
    for key in targets:
        personal = key in vocabulary and vocabulary[key].personal
        if key in {*vocabulary, *moments} and not personal:
            continue
        zh, en = ("是个人信息字段", "is a personal field") if personal else ("不在词汇表里", "is not in the vocabulary")
        subject.error(
            "unknown-target", place, f"“{name}”要写的“{key}”{zh}。", f'"{key}", which "{name}" writes, {en}.',
            "请改成词汇表里不含个人信息的字段。", "Write to a field of the vocabulary that is not personal.",
        )  # fmt: skip


def _respelt(use: Use, wrong: str, right: str | None) -> Mending | None:
    """The expression with the known name, in a drawing or in another file; in a cell it may be a text without its quotes."""
    if use.purpose == "cell":
        return None
    return instead("expression" if use.purpose in DRAWN else "text", use.place.element, use.source, wrong, right, use.source)


def _where(use: Use) -> str:
    return use.place.name or use.place.element or use.place.file
