"""A form's JSON as an author wrote it, unless it holds what nobody could write down again."""

from __future__ import annotations

import json
import re
from typing import Any

#: Half a sign, written as an escape: no file and no page can hold it.
_HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]")


def loaded(data: bytes, **options: Any) -> Any:
    """The content; ValueError or RecursionError for what is no JSON, is nested too deeply, or is no text at all."""
    text = data.decode("utf-8-sig")
    content = json.loads(text, **options)
    if _HALF_A_SIGN.search(text):
        json.dumps(content, ensure_ascii=False, default=str).encode()
    return content
