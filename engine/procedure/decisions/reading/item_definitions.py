"""Reads a file's item definitions."""

from __future__ import annotations

from dataclasses import replace

from engine.domain.text import Text
from engine.procedure.decisions.reading.elements import Element, children, first, name_of, text_of, type_of
from engine.procedure.decisions.reading.workshop import Workshop
from engine.procedure.decisions.types import Type

_MEND = Text("请在数据类型里改正。", "Correct it among the data types.")


def read_types(root: Element, workshop: Workshop) -> Workshop:
    """A workshop that knows the file's types; what they refer to is checked."""
    elements = list(children(root, "itemDefinition"))
    for element in elements:
        workshop.types.add(_definition(element, workshop))
    for element in elements:
        _check(element, workshop)
        if workshop.types.circular(name_of(element)):
            text = Text(f"类型“{name_of(element)}”由它自己定义。", f"The type “{name_of(element)}” is defined by itself.")
            workshop.error("decision-type", element, text, _MEND)
            workshop.types.add(Type(name_of(element)))
    return replace(workshop)


def _definition(element: Element, workshop: Workshop) -> Type:
    components = {name_of(child): _definition(child, workshop) for child in children(element, "itemComponent")}
    allowed = text_of(first(element, "allowedValues"))
    collection = element.get("isCollection") == "true"
    function = first(element, "functionItem")
    base = type_of(element) if function is None else "function"
    result = "" if function is None else str(function.get("outputTypeRef") or "").rpartition(":")[2]
    return Type(name_of(element), base, collection, components, workshop.tests(allowed, element), allowed, result)


def _check(element: Element, workshop: Workshop) -> None:
    for child in children(element, "itemComponent"):
        _check(child, workshop)
    base = type_of(element)
    if not workshop.types.known(base):
        text = Text(
            f"类型“{name_of(element)}”用到了不存在的类型“{base}”。",
            f"The type “{name_of(element)}” uses “{base}”, which is not there.",
        )
        workshop.error("decision-type", element, text, _MEND)
