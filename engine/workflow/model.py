"""A procedure as specifications that run: built once, cached by digest, shared by threads, stored as JSON text."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

from engine.domain.text import Text
from engine.domain.values import Value
from engine.errors import Incident
from engine.feel import Assignments, Expression, compile_assignments, compile_expression
from engine.workflow.spiff.parsing import check_predictable, specifications
from engine.workflow.spiff.registry import serializer

if TYPE_CHECKING:
    from engine.procedure import Procedure
    from engine.procedure.decisions.model import Decision

LOOP_INDEX = "loop_index"
CACHED = 32


class Model:
    """One procedure ready to run; nothing in it changes after it was made."""

    def __init__(self, procedure: Procedure, text: str) -> None:
        self.procedure = procedure
        self._text = text
        plain = json.loads(text)
        self.main: Any = serializer.from_dict(plain["main"])
        self.called: dict[str, Any] = {name: serializer.from_dict(spec) for name, spec in plain["called"].items()}
        self.names = frozenset({*procedure.names, "estate", LOOP_INDEX, *self._items()})
        self.nulls: dict[str, Value] = dict.fromkeys(self.names)

    def to_json(self) -> str:
        """The built specifications as text, to be stored with the version."""
        return self._text

    @classmethod
    def from_json(cls, procedure: Procedure, text: str) -> Model:
        """The model whose ``to_json`` gave the text; cached like a built one."""
        return _cached(procedure, lambda: cls(procedure, text))

    def expression(self, source: str) -> Expression:
        """The compiled expression, with every name of the procedure in scope."""
        return compile_expression(source, self.names)

    def assignments(self, source: str) -> Assignments:
        """The compiled script, with every name of the procedure in scope."""
        return compile_assignments(source, self.names)

    def decision(self, decision_id: str, element_id: str) -> Decision:
        """The procedure's decision of this id."""
        found = self.procedure.decisions.get(decision_id)
        if found is None:
            raise Incident(Text(f"没有决策“{decision_id}”", f"Expected a decision “{decision_id}”, but found none"), element_id)
        return found

    def _items(self) -> set[str]:
        specs = [spec for process in (self.main, *self.called.values()) for spec in process.task_specs.values()]
        named = (getattr(spec, name, None) for spec in specs for name in ("input_item", "output_item"))
        return {item.bpmn_id for item in named if item is not None}


_models: OrderedDict[str, Model] = OrderedDict()
_lock = Lock()


def build_model(procedure: Procedure) -> Model:
    """The procedure's model; Misconfigured with file and element when a diagram cannot be run."""
    return _cached(procedure, lambda: _built(procedure))


def _built(procedure: Procedure) -> Model:
    model = Model(procedure, json.dumps(specifications(procedure), ensure_ascii=False))
    check_predictable((model.main, *model.called.values()))
    return model


def _cached(procedure: Procedure, make: Any) -> Model:
    with _lock:
        found = _models.get(procedure.digest)
        if found is None:
            found = _models[procedure.digest] = make()
        _models.move_to_end(procedure.digest)
        while len(_models) > CACHED:
            _models.popitem(last=False)
        return found
