"""The usual answers of a procedure's forms, with which rehearsals fill in what a story does not say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.domain.values import Value
from engine.feel import Expression
from engine.procedure.expressions import Compiler
from engine.procedure.manifest import feel_text
from engine.procedure.safe_yaml import YamlFile

FOLDER = "scenarios"
FILE = f"{FOLDER}/answers.yaml"
Answers = Mapping[str, Mapping[str, Expression]]


def read_answers(source: YamlFile, compiler: Compiler) -> dict[str, dict[str, Expression]]:
    """Form name to key to compiled FEEL; what does not compile becomes a finding."""
    return {form: _answers(form, source, compiler) for form in source.mapping()}


def _answers(form: str, source: YamlFile, compiler: Compiler) -> dict[str, Expression]:
    found: dict[str, Expression] = {}
    for key, written in source.mapping(form).items():
        expression = compiler.compile(feel_text(written), source.place(form, key), "answer")
        if expression is not None:
            found[key] = expression
    return found


def as_value(written: Any) -> Value:
    """A YAML value as a case knows it: numbers become ``Decimal``, everything else stays."""
    if isinstance(written, bool) or written is None or isinstance(written, str | datetime | date | time):
        return written
    if isinstance(written, int | float):
        number = Decimal(str(written))
        return number if number.is_finite() else str(written)
    if isinstance(written, list):
        return [as_value(part) for part in written]
    if isinstance(written, dict):
        return {str(key): as_value(part) for key, part in written.items()}
    return str(written)
