"""What the program that tries drafts says, as JSON: texts, moments and records of both."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import Any

from engine.domain.text import Text
from engine.errors import EngineError, Misconfigured
from engine.procedure.trying.program import MOMENT


def written(said: Any) -> bytes:
    """One line of JSON, read again by ``engine.procedure.trying``."""
    return json.dumps(_plain(said), ensure_ascii=False).encode() + b"\n"


def why(problem: EngineError) -> Text:
    """Why a draft cannot be opened, with the file in which it stands."""
    file = problem.file if isinstance(problem, Misconfigured) else None
    return Text(f"{file}：{problem.text.zh}", f"{file}: {problem.text.en}") if file else problem.text


def _plain(said: Any) -> Any:
    if isinstance(said, Text):
        return {"zh": said.zh, "en": said.en}
    if isinstance(said, datetime):
        return {MOMENT: said.isoformat()}
    if dataclasses.is_dataclass(said) and not isinstance(said, type):
        return {one.name: _plain(getattr(said, one.name)) for one in dataclasses.fields(said)}
    if isinstance(said, dict):
        return {key: _plain(value) for key, value in said.items()}
    return [_plain(value) for value in said] if isinstance(said, list | tuple) else said
