"""The sealed file: whoever has it and the public key can tell, without the product, that nothing in it was changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.register import Sealed, standalone, write_volume
from tests.office import Office

YEAR = 2026


@pytest.fixture
def volume(office: Office, tmp_path: Path) -> tuple[Path, Sealed]:
    """The volume of two closed complaints; a third is open and stays out."""
    office.register(subject="隐私事由").finish()
    office.register().finish()
    office.register()
    path = tmp_path / "2026.jsonl"
    with office.application.database.read() as connection:
        sealed = write_volume(connection, YEAR, office.application.zone, tmp_path, path)
    return path, sealed


def verified(path: Path, *key: str) -> subprocess.CompletedProcess[str]:
    """The script alone, in a Python that knows nothing of us."""
    script = [sys.executable, "-I", str(Path(standalone.__file__)), str(path), *key]
    return subprocess.run(script, capture_output=True, text=True, check=False)


def test_a_volume_holds_the_closed_complaints_and_verifies_offline(volume: tuple[Path, Sealed]) -> None:
    path, sealed = volume

    answer = verified(path, sealed.public_key)

    assert (sealed.cases, answer.returncode) == (2, 0), answer.stdout
    assert "案卷 complaints 2 · 问题 problems 0" in answer.stdout
    assert "隐私事由" not in path.read_text("utf-8")


def test_a_changed_entry_is_named(volume: tuple[Path, Sealed]) -> None:
    path, _ = volume
    lines = path.read_text("utf-8").splitlines()
    case = json.loads(lines[1])
    case["entries"][0][3] = "somebody-else"
    path.write_text("\n".join([lines[0], json.dumps(case), *lines[2:]]), "utf-8")

    answer = verified(path)

    assert answer.returncode == 1 and f"{case['number']}: 第 1 条被改动" in answer.stdout


def test_a_complaint_taken_out_breaks_the_digest(volume: tuple[Path, Sealed]) -> None:
    path, _ = volume
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[2:]]), "utf-8")

    answer = verified(path)

    assert answer.returncode == 1 and "总校验值不符" in answer.stdout


def test_a_volume_signed_anew_names_another_key(volume: tuple[Path, Sealed], office: Office, tmp_path: Path) -> None:
    _, sealed = volume
    forged = tmp_path / "forged.jsonl"
    with office.application.database.read() as connection:
        other = write_volume(connection, YEAR, office.application.zone, tmp_path / "elsewhere", forged)

    answer = verified(forged, sealed.public_key)

    assert other.digest == sealed.digest
    assert answer.returncode == 1 and "公钥不是给定的那一个" in answer.stdout
    assert verified(forged).returncode == 0


def test_a_volume_is_never_written_over(volume: tuple[Path, Sealed], office: Office, tmp_path: Path) -> None:
    path, _ = volume

    with office.application.database.read() as connection, pytest.raises(FileExistsError):
        write_volume(connection, YEAR, office.application.zone, tmp_path, path)

    assert (tmp_path / "seal.key").stat().st_mode & 0o777 == 0o600
