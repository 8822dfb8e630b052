"""Forms that the public test kit asks for: own types, services asked directly, strict boxed conditions."""

from __future__ import annotations

from decimal import Decimal
from xml.sax.saxutils import escape

import pytest

from engine.feel import EvaluationContext
from engine.procedure.decisions import DecisionModel, parse_decisions
from tests.unit.decisions.tables import DMN_1_3

TYPES = """
<itemDefinition name="person"><itemComponent name="name"><typeRef>string</typeRef></itemComponent></itemDefinition>
<itemDefinition name="people" isCollection="true"><typeRef>person</typeRef></itemDefinition>
<itemDefinition name="share"><typeRef>number</typeRef><allowedValues><text>[0..100]</text></allowedValues></itemDefinition>
<itemDefinition name="telling"><functionItem outputTypeRef="string"/></itemDefinition>
"""
SERVICES = """
<decision id="base" name="base"><literalExpression><text>2</text></literalExpression></decision>
<inputData id="times" name="times"><variable name="times" typeRef="number"/></inputData>
<decision id="product" name="product">
  <informationRequirement><requiredDecision href="#base"/></informationRequirement>
  <informationRequirement><requiredInput href="#times"/></informationRequirement>
  <literalExpression><text>base * times</text></literalExpression>
</decision>
<decisionService id="given_base" name="given base"><variable name="given base"/>
  <outputDecision href="#product"/><inputDecision href="#base"/><inputData href="#times"/></decisionService>
<decisionService id="in_words" name="in words"><variable name="in words" typeRef="telling"/>
  <outputDecision href="#base"/></decisionService>
<decisionService id="both" name="both"><outputDecision href="#base"/><outputDecision href="#product"/>
  <inputData href="#times"/></decisionService>
"""


def model(body: str) -> DecisionModel:
    """A file with this content."""
    return parse_decisions(f'<definitions xmlns="{DMN_1_3}" id="f" name="f">{body}</definitions>'.encode(), "f.dmn")


def answer_to(expression: str, body: str = "") -> object:
    """What a decision of this expression answers in such a file."""
    logic = f"<literalExpression><text>{escape(expression)}</text></literalExpression>"
    return model(f'{body}<decision id="d" name="d">{logic}</decision>').decisions["d"].evaluate({}, EvaluationContext())


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('{name: "a", more: 1} instance of person', True),
        ("{name: null} instance of person", True),
        ("{name: 1} instance of person", False),
        ("{} instance of person", False),
        ('[{name: "a"}, null] instance of people', True),
        ("[1] instance of people", False),
        ('{name: "a"} instance of people', False),
        ('[{name: "a"}] instance of list<person>', True),
        # What values are allowed is no part of what a value is.
        ("256 instance of share", True),
        ('"a" instance of share', False),
        ("null instance of person", False),
        ("1 instance of stranger", False),
    ],
)
def test_a_value_is_an_instance_of_a_type_of_the_file(expression: str, expected: bool) -> None:
    assert answer_to(expression, TYPES) is expected


def test_asking_leaves_the_callers_context_as_it_was_but_for_its_warnings() -> None:
    found = model(f'{TYPES}<decision id="d" name="d"><literalExpression><text>nobody</text></literalExpression></decision>')
    context = EvaluationContext()

    assert found.decisions["d"].evaluate({}, context) is None
    assert dict(context.types) == {} and len(context.warnings) == 1


def test_a_service_is_asked_by_its_name_and_takes_the_answers_it_is_given() -> None:
    found = model(TYPES + SERVICES)
    service = found.by_name("given base")
    assert service is not None and service is found.services["given_base"]

    assert service.evaluate({"base": Decimal(5), "times": Decimal(3)}) == 15
    assert found.decisions["product"].evaluate({"base": Decimal(5), "times": Decimal(3)}) == 6
    assert service.evaluate({"times": Decimal(3)}) is None
    assert service.evaluate({"base": Decimal(5), "times": "three"}) is None


def test_a_service_with_two_answers_gives_a_context() -> None:
    assert model(TYPES + SERVICES).services["both"].evaluate({"times": Decimal(4)}) == {"base": 2, "product": 8}


def test_what_a_service_answers_is_of_its_type_or_null() -> None:
    context = EvaluationContext()

    assert model(TYPES + SERVICES).services["in_words"].evaluate({}, context) is None
    assert "is no string" in context.warnings[0].en


def boxed(tag: str, over: str, condition: str, inner: str) -> object:
    """What a boxed filter, some or every answers."""
    parts = "".join(
        f"<{name}><literalExpression><text>{escape(text)}</text></literalExpression></{name}>"
        for name, text in (("in", over), (inner, condition))
    )
    return model(f'<decision id="d" name="d"><{tag}>{parts}</{tag}></decision>').decisions["d"].evaluate({})


@pytest.mark.parametrize(
    ("tag", "condition", "expected"),
    [
        ("filter", "item > 2 // a comment", [3, 4]),
        ("filter", "if item > 2 then null else true", [1, 2]),
        ("filter", "2", None),
        ("filter", 'if item = 1 then true else "no"', None),
        ("some", "item > 3", True),
        ("some", "item > 9", False),
        ("some", 'if item = 1 then true else "no"', None),
        ("every", "item > 0", True),
        ("every", "item > 1", False),
        ("every", 'if item = 1 then false else "no"', None),
    ],
)
def test_a_boxed_condition_is_true_false_or_unknown_of_every_item(tag: str, condition: str, expected: object) -> None:
    assert boxed(tag, "[1, 2, 3, 4]", condition, "match" if tag == "filter" else "satisfies") == expected


def test_filtering_nothing_leaves_nothing() -> None:
    assert boxed("filter", "null", "true", "match") == []
    assert boxed("filter", "[{k: 1}, {k: 2}]", "k = 2", "match") == [{"k": 2}]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('is(value1: "a", value2: "a")', True),
        ('is(value2: "a")', False),
        ('is("a")', None),
        ('is(value1: "a", value2: "a", value3: "a")', None),
    ],
)
def test_a_named_argument_of_is_may_be_missing(expression: str, expected: bool | None) -> None:
    assert answer_to(expression) is expected
