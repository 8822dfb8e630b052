"""From the diagrams of a procedure to SpiffWorkflow's specification dictionaries; what it cannot build is Misconfigured."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser, SpiffProcessParser
from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.workflow.spiff.registry import serializer
from engine.workflow.spiff.specs import DecisionTask

if TYPE_CHECKING:
    from engine.procedure import Procedure

_LOG = logging.getLogger(__name__)
_UNREADABLE = Text("系统读不懂这里的画法", "how it is drawn here cannot be made out")
_ENDLESS = Text("环路上没有判断或其他分支", "a loop has no gateway")
MEND = Text("请在流程图编辑器中检查该元素的连线与设置。", "Check the element's flows and settings in the diagram editor.")
# The parser loops for ever over some of these, and values live on the case anyway.
_BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
_NUMBER = re.compile(r"\s*[-+]?\d{1,9}(\.\d{0,30})?\s*", re.ASCII)
REFUSED = ("dataObject", "dataObjectReference", "ioSpecification", "dataStoreReference", "adHocSubProcess")


class DecisionParser(BusinessRuleTaskParser):
    """Reads a business rule task without building SpiffWorkflow's own decision table."""

    def create_task(self) -> Any:
        """A task that asks our decisions."""
        extensions = self.parse_extensions()
        return DecisionTask(
            self.spec,
            self.bpmn_id,
            decision=extensions.get("calledDecisionId"),
            result=extensions.get("resultVariable"),
            prescript=extensions.get("preScript"),
            postscript=extensions.get("postScript"),
            **self.bpmn_attributes,
        )


class ProcessParser(SpiffProcessParser):
    """Orders flows as the gateway lists them, so that moving a shape never changes routing."""

    def get_position(self, node_id: str) -> dict[str, float]:
        """The same place for every node: the parser's sort by height then keeps our order."""
        return {"x": 0.0, "y": 0.0}

    def get_outgoing_sequence_flows(self, source: str) -> list[Any]:
        """The flows in the order of the node's ``outgoing`` children, unlisted ones after them as the file has them."""
        node = self.get_node_by_id(source)
        listed = [] if node is None else [(child.text or "").strip() for child in node.findall(full_tag("outgoing"))]
        order = {flow: position for position, flow in enumerate(listed)}
        return sorted(super().get_outgoing_sequence_flows(source), key=lambda flow: order.get(flow.get("id"), len(order)))


class Parser(SpiffBpmnParser):
    """The stock parser with the two seams above."""

    PROCESS_PARSER_CLASS = ProcessParser
    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 - the stock class declares it so
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("businessRuleTask"): (DecisionParser, DecisionTask),
    }


def specifications(procedure: Procedure) -> dict[str, Any]:
    """``{"main": spec, "called": {process: spec}}`` as plain dictionaries, ready for JSON."""
    parser = Parser()
    try:
        for file, xml in {diagram.file: diagram.xml for diagram in procedure.diagrams.values()}.items():
            parser.add_bpmn_xml(_read(file, xml), file)
        main = parser.get_spec(procedure.main)
        called = parser.get_subprocess_specs(procedure.main)
    except ValidationException as problem:
        raise _refusal(str(problem), problem.file_name or None, problem.id or None) from problem
    except (SpiffWorkflowException, AttributeError, KeyError, TypeError, ValueError, RecursionError) as problem:
        raise _refusal(str(problem) or type(problem).__name__, None, None) from problem
    return {
        "main": _boundaries_cut_first(serializer.to_dict(main)),
        "called": {name: _boundaries_cut_first(serializer.to_dict(spec)) for name, spec in called.items()},
    }


def check_predictable(model_specs: Iterable[Any]) -> None:
    """Refuse a process in which tasks lead back to each other with no gateway between: its future has no end."""
    for spec in model_specs:
        try:
            BpmnWorkflow(spec)
        except RecursionError as problem:
            raise _refusal(spec.name, None, spec.name, _ENDLESS) from problem


def _read(file: str, xml: bytes) -> Any:
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as problem:
        raise _refusal(str(problem), file, None) from problem
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise _refusal("DOCTYPE", file, None)
    _drop_what_runs_nothing(root)
    for tag in REFUSED:
        found = root.find(f".//{full_tag(tag)}")
        if found is not None:
            raise _refusal(tag, file, found.get("id"))
    return root


def _drop_what_runs_nothing(root: Any) -> None:
    """The parser stops at a place that is no number, and at a message without an id, to which nothing can point."""
    for box in root.iter(_BOUNDS):
        for name in ("x", "y"):
            if not _NUMBER.fullmatch(box.get(name, "0")):
                del box.attrib[name]
    for message in root.findall(full_tag("message")):
        if not message.get("id"):
            root.remove(message)


def _boundaries_cut_first(spec: dict[str, Any]) -> dict[str, Any]:
    """An interrupting event first ends what it interrupts and only then enters what follows."""
    for task in spec["task_specs"].values():
        if task["typename"] == "BoundaryEvent":
            task["outputs"] = sorted(task["outputs"], key=lambda name: not name.endswith(".BoundaryEventJoin"))
    return spec


def _refusal(what: str, file: str | None, element_id: str | None, why: Text = _UNREADABLE) -> Misconfigured:
    """The sentence for people; ``what`` the parser says in its own words is for the log."""
    _LOG.warning("%s cannot be run: %s", file or "a diagram", what)
    return Misconfigured(Text(f"流程图无法运行：{why.zh}。", f"This diagram cannot be run: {why.en}."), MEND, file, element_id)
