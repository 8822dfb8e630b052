"""Identifiers that sort by the time they were made."""

from __future__ import annotations

import secrets
import threading
from datetime import datetime

_lock = threading.Lock()
_last = 0


def new_id(now: datetime) -> str:
    """32 hexadecimal digits, unique, and growing within a process as long as ``now`` does."""
    global _last
    stamp = int(now.timestamp() * 1000) << 16
    with _lock:
        _last = max(stamp, _last + 1) if stamp <= _last < stamp + (1 << 16) else stamp
        return f"{_last:016x}{secrets.token_hex(8)}"
