"""Cases played by hand in an opened draft: begun, taken on step by step, looked at, and made into a story."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.domain.codec import dumps
from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import EngineError, InvalidState, InvalidValues, NotFound, Rejection
from engine.feel import FeelError
from engine.procedure import Bundle, open_procedure
from engine.procedure.trying import story_files
from engine.rehearsal.performance import perform
from engine.rehearsal.scenario import EXPECT, Scenario, Step, read_scenario
from engine.rehearsal.seen import Seen
from engine.rehearsal.stage import Asked, Stage
from engine.rehearsal.trying import answers
from engine.rehearsal.trying.naming import quoted_by_name
from engine.rehearsal.trying.showing import shown
from engine.rehearsal.trying.telling import LATE, Entry, Said, ToldStage, begun, told
from engine.rehearsal.trying.verdicts import first_stumble, wrong
from engine.rehearsal.trying.walk import Walk
from engine.workflow import build_model, start_events

_MOST_KEPT = 6
_MOST_STEPS = 200
_REFUSED = Text("没有做成：{}", "Refused: {}")
_NO_STORY = Text("没有这个演练。", "There is no such story.")
_TOO_LONG = Text(f"走了 {_MOST_STEPS} 步了，请存下或重新开始。", f"That were {_MOST_STEPS} steps: save them, or begin anew.")


@dataclass(slots=True)
class Played:
    """A walk as far as it could be played: its stage, what is told of it, and why it went no further."""

    walk: Walk
    stage: ToldStage
    entries: list[Entry]
    stuck: tuple[int, Text] | None = None


class House:
    """One opened draft; every question is answered as if it were the first, what is kept only makes it faster."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._procedure = open_procedure(bundle)
        self._model = build_model(self._procedure)
        self._kept: OrderedDict[str, Played] = OrderedDict()
        self._places: dict[str, Text] = {}
        self._kinds: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "intake": self._intake,
            "begin": self._begin,
            "look": self._look,
            "form": self._form,
            "step": self._step,
            "story": self._story,
            "save": self._save,
        }

    def answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to one question; ``refused`` says why there is none, ``fields`` at which entries."""
        self._places.update({key: Text(**name) for key, name in question.get("places", {}).items()})
        try:
            return self._kinds[question["ask"]](question)
        except InvalidValues as refusal:
            return {"refused": self._named(refusal.text), "fields": refusal.fields}
        except (EngineError, FeelError) as refusal:
            return {"refused": self._named(refusal.text), "fields": {}}

    def _intake(self, question: Mapping[str, Any]) -> dict[str, Any]:
        procedure, emergency = self._procedure, bool(question.get("emergency"))
        asked = answers.intake(procedure, _moment(question), emergency)
        places = start_events(self._model)
        begins = [(key, procedure.label(key)) for key in places] if asked is None and len(places) > 1 else []
        offered = bool(procedure.intake.emergency_form) and not emergency
        form = {"form": None} if asked is None else self._asked(asked)
        return {**form, "begins": begins, "facts": list(procedure.facts.items()), "emergency": offered}

    def _begin(self, question: Mapping[str, Any]) -> dict[str, Any]:
        walk = answers.first_walk(self._procedure, _moment(question), question)
        played = self._played(walk)
        if played.stuck is not None:
            raise InvalidState(played.stuck[1])
        return self._told(played, question)

    def _look(self, question: Mapping[str, Any]) -> dict[str, Any]:
        walk = Walk.read(question["walk"])
        upto = question.get("upto")
        return self._told(self._played(walk if upto is None else walk.cut(upto)), question)

    def _form(self, question: Mapping[str, Any]) -> dict[str, Any]:
        played = self._played(Walk.read(question["walk"]))
        item = played.stage.item(question["task"], question.get("which"))
        asked = played.stage.asked(item)
        return {"form": None} if asked is None else self._asked(asked)

    def _step(self, question: Mapping[str, Any]) -> dict[str, Any]:
        played = self._played(Walk.read(question["walk"]))
        if len(played.walk.steps) >= _MOST_STEPS:
            raise InvalidState(_TOO_LONG)
        # A refusal may leave a case half-way: it is played anew when it is asked for again.
        self._kept.pop(played.walk.written(), None)
        step = answers.step(question["step"], played.stage, len(played.walk.steps) + 1)
        perform(step, played.stage)
        played.entries.append(told(step, step.number, played.stage))
        return self._told(self._keep(replace(played, walk=played.walk.on(step))), question)

    def _story(self, question: Mapping[str, Any]) -> dict[str, Any]:
        data = story_files(self._bundle).get(question["file"])
        if data is None:
            raise NotFound(_NO_STORY)
        story = read_scenario(question["file"], data, self._procedure)
        found = first_stumble(self._model, story)
        if found is not None and found.step is None:
            return {"name": story.name, "step": 0, "wrong": wrong(self._procedure, found), "view": None}
        last = len(story.steps) if found is None or found.step is None else found.step.number
        stage, entries = self._retold(story, last)
        wrongs = entries[-1].wrong = wrong(self._procedure, found) if found else ()
        view = shown(stage, entries, question.get("drawing"), found)
        return {"name": story.name, "step": entries[-1].number if found else None, "wrong": wrongs, "view": view}

    def _save(self, question: Mapping[str, Any]) -> dict[str, Any]:
        walk = Walk.read(question["walk"])
        return {"story": dumps(walk.as_story(question["name"], self._model))}

    def _retold(self, story: Scenario, last: int) -> tuple[ToldStage, list[Entry]]:
        stage = ToldStage(self._model, story, places=self._places)
        entries = [begun(stage)]
        for step in story.steps[:last]:
            refusal = self._taken(step, stage)
            entry = told(step, step.number, stage)
            if refusal is not None:
                entry.happened.append(Said(stage.now, _filled(_REFUSED, refusal), LATE))
            entries.append(entry)
        return stage, entries

    def _taken(self, step: Step, stage: Stage) -> Text | None:
        if step.verb == EXPECT:
            stage.seen = Seen()
            return None
        try:
            perform(step, stage)
        except Rejection as refusal:
            return self._named(refusal.text)
        except (EngineError, FeelError) as problem:
            return self._named(problem.text)
        return None

    def _played(self, walk: Walk) -> Played:
        kept = self._kept.get(walk.written())
        if kept is not None:
            self._kept.move_to_end(walk.written())
            return kept
        story = walk.story(self._procedure)
        stage = ToldStage(self._model, story, places=self._places)
        entries = [begun(stage)]
        for step in story.steps:
            try:
                perform(step, stage)
            except (EngineError, FeelError) as problem:
                short = self._played(walk.cut(step.number - 1))
                return replace(short, stuck=(step.number, self._named(problem.text)))
            entries.append(told(step, step.number, stage))
        return self._keep(Played(walk, stage, entries))

    def _keep(self, played: Played) -> Played:
        self._kept[played.walk.written()] = played
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return played

    def _told(self, played: Played, question: Mapping[str, Any]) -> dict[str, Any]:
        stuck = {"number": played.stuck[0], "why": played.stuck[1]} if played.stuck else None
        view = shown(played.stage, played.entries, question.get("drawing"))
        return {"walk": played.walk.written(), "steps": len(played.walk.steps), "stuck": stuck, "view": view}

    def _asked(self, asked: Asked) -> dict[str, Any]:
        given: dict[str, Value] = dict(asked.given)
        return {"form": asked.form.name, "scope": dumps(dict(asked.scope)), "given": dumps(given)}

    def _named(self, text: Text) -> Text:
        return quoted_by_name(self._procedure, text)


def _moment(question: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(question["starts"])


def _filled(words: Text, with_: Text) -> Text:
    return Text(words.zh.format(with_.zh), words.en.format(with_.en))
