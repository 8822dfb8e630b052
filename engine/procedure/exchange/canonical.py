"""One way to write every file, whichever editor made it, so that two versions differ where their content does."""

from __future__ import annotations

import json
from collections.abc import Callable

from engine.procedure.bundle import Bundle
from engine.procedure.exchange.xml import canonical_xml


def canonical(bundle: Bundle) -> Bundle:
    """The same procedure in files as they are kept and exported; doing it twice changes nothing."""
    return Bundle({path: canonical_file(path, data) for path, data in bundle.files.items()})


def canonical_file(path: str, data: bytes) -> bytes:
    """One file as it is kept; one that cannot be read stays as it came, for the check to say why."""
    write = _WRITERS.get(path.rpartition(".")[2])
    return write(data) if write else _lines(data)


def _form(data: bytes) -> bytes:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return _lines(data)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


_WRITERS: dict[str, Callable[[bytes], bytes]] = {"bpmn": canonical_xml, "dmn": canonical_xml, "form": _form}
