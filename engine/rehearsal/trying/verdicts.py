"""Stories of a draft played one by one: each holds, or stumbles at a step, and then in words at what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.domain.text import Text
from engine.errors import EngineError
from engine.procedure import Bundle, Procedure, open_procedure
from engine.procedure.trying import story_files
from engine.rehearsal.crew import each
from engine.rehearsal.performance import Performance, Stumble
from engine.rehearsal.scenario import Scenario, read_scenario
from engine.rehearsal.trying.differing import sentences
from engine.rehearsal.trying.naming import quoted_by_name
from engine.workflow import Model, build_model

_STARTS = Text("开不了头：{}", "It cannot begin: {}")
_STUCK = Text("这一步走不成：{}", "This step cannot be taken: {}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one story went; ``step`` is the place of the step at which it stumbled, 0 its very start."""

    file: str
    name: str
    held: bool
    step: int = 0
    wrong: tuple[Text, ...] = ()


def verdicts(bundle: Bundle, files: Sequence[str] = (), processes: int = 1) -> Iterator[Verdict]:
    """The stories of the bundle, or those of the files in that order, as they are played; Misconfigured when unreadable."""
    model = build_model(open_procedure(bundle))
    stories = story_files(bundle)
    wanted = [(file, stories[file]) for file in (files or sorted(stories)) if file in stories]
    yield from each(lambda story: verdict(model, *story), wanted, processes)


def verdict(model: Model, file: str, data: bytes) -> Verdict:
    """How the story in this file went."""
    try:
        story = read_scenario(file, data, model.procedure)
    except EngineError as problem:
        return Verdict(file, file, False, 0, (problem.text,))
    found = first_stumble(model, story)
    if found is None:
        return Verdict(file, story.name, True)
    return Verdict(file, story.name, False, found.step.number if found.step else 0, wrong(model.procedure, found))


def first_stumble(model: Model, story: Scenario) -> Stumble | None:
    """Where the story first does not hold."""
    return next(Performance(model, story).stumbles(), None)


def wrong(procedure: Procedure, stumble: Stumble) -> tuple[Text, ...]:
    """What is wrong at a stumble, a sentence each."""
    if stumble.said is not None:
        words, said = _STARTS if stumble.step is None else _STUCK, quoted_by_name(procedure, stumble.said)
        return (Text(words.zh.format(said.zh), words.en.format(said.en)),)
    given = stumble.step.given if stumble.step is not None else {}
    return tuple(text for part in stumble.found.parts for text in sentences(procedure, part[0], given.get(part[0]), *part[1:]))
