"""What a start says about the files that are shipped: it changes nothing, and tells what the operator may do."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from engine.shipped import publish_or_compare
from tests.office import Office


def told(office: Office, folder: Path, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is logged when the application starts with the files of the folder."""
    application = office.application
    application.settings = application.settings.model_copy(update={"processes_dir": folder})
    caplog.clear()
    with caplog.at_level(logging.WARNING, logger="engine.shipped"):
        publish_or_compare(application)
    return [record.getMessage() for record in caplog.records]


def test_files_that_differ_and_procedures_that_are_new_are_told(
    office: Office, repository: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "processes"
    shutil.copytree(repository / "processes", folder)

    assert told(office, folder, caplog) == []

    limits = folder / "complaint" / "limits.dmn"
    limits.write_bytes(limits.read_bytes().replace(b"<text>12</text>", b"<text>8</text>", 1))
    shutil.copytree(folder / "sealing", folder / "later")
    manifest = folder / "later" / "procedure.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("key: sealing", "key: later", 1), "utf-8")
    differs, new = told(office, folder, caplog)

    assert "are not the version of complaint in force" in differs
    assert "holds the procedure later" in new and "redress procedure propose" in new
