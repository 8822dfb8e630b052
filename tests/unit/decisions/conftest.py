"""The decision files beside these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.procedure.decisions import DecisionModel, parse_decisions

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def severity() -> DecisionModel:
    """A table as the editor saves it."""
    return parse_decisions((HERE / "severity.dmn").read_bytes(), "severity.dmn")


@pytest.fixture(scope="session")
def redress() -> DecisionModel:
    """Decisions that require each other, with types, knowledge models and boxed expressions."""
    return parse_decisions((HERE / "redress.dmn").read_bytes(), "redress.dmn")
