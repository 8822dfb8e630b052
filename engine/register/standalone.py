"""Verifies a sealed volume offline: ``python verify_volume.py VOLUME [PUBLIC_KEY]``; needs cryptography, nothing of ours."""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "redress-volume-1"
GENESIS = "0" * 64
#: An entry: stream kind and id, number, actor, on behalf of, action, events, personal, hash before, then moment and hash.
BEFORE, MOMENT, HASH = 8, 9, 10


def entry_hash(entry: list[Any]) -> str:
    """The hash of one entry, computed again."""
    text = json.dumps([*entry[: BEFORE + 1], entry[MOMENT]], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def case_faults(case: dict[str, Any]) -> list[str]:
    """What is wrong with one complaint's chain."""
    before, faults = GENESIS, []
    for place, entry in enumerate(case["entries"], 1):
        if entry[2] != place or entry[BEFORE] != before or entry_hash(entry) != entry[HASH]:
            faults.append(f"{case['number']}: 第 {place} 条被改动 entry {place} is not what was written")
        before = entry[HASH]
    if case["head"] != [len(case["entries"]), before]:
        faults.append(f"{case['number']}: 末尾不符 the end is not the one that was sealed")
    return faults


def volume_faults(lines: list[str], public_key: str | None = None) -> list[str]:
    """What is wrong with a volume; empty when every entry, every head and the signature hold."""
    head, *cases, end = [json.loads(line) for line in lines]
    faults = [fault for case in cases for fault in case_faults(case)]
    content = hashlib.sha256()
    for case in cases:
        content.update(f"{case['number']}\t{case['head'][0]}\t{case['head'][1]}\n".encode())
    if (end["cases"], end["digest"]) != (len(cases), content.hexdigest()):
        faults.append("总校验值不符 the digest over all complaints differs")
    if public_key is not None and public_key != head["key"]:
        faults.append("公钥不是给定的那一个 the volume names another key than the one given")
    signed = f"{FORMAT}\t{head['year']}\t{end['cases']}\t{end['digest']}".encode()
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"])).verify(bytes.fromhex(end["signature"]), signed)
    except InvalidSignature:
        faults.append("签名不符 the signature does not hold")
    return faults


def main(arguments: list[str]) -> int:
    """0 when the volume is what was sealed, 1 when not, 2 for wrong usage."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("verify_volume.py VOLUME [PUBLIC_KEY]\n")
        return 2
    with open(arguments[0], encoding="utf-8") as file:
        lines = file.readlines()
    faults = volume_faults(lines, *arguments[1:])
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"案卷 complaints {max(0, len(lines) - 2)} · 问题 problems {len(faults)}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
