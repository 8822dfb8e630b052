"""Files are tried before the transaction in which they are proposed, so that nobody waits for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.versions import HasFindings, ProposeVersion, examining
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.procedure import Bundle, Finding
from tests.office import Office


def test_the_check_is_over_when_the_transaction_begins(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    found = Finding("a.bpmn", "one", None, "rule", "error", 1, Text("坏了。", "Broken."), Text("改。", "Mend."))
    write = office.application.database.write

    def findings(bundle: Bundle) -> tuple[Finding, ...]:
        seen.append("check")
        return (found,)

    def begun() -> Any:
        seen.append("transaction")
        return write()

    monkeypatch.setattr(examining, "findings_of", findings)
    monkeypatch.setattr(office.application.database, "write", begun)
    files = {"procedure.yaml": b"key: garden\n"}

    with pytest.raises(HasFindings):
        office.application.execute(
            ProposeVersion(Bundle(files), Text("试", "Try"), office.clock.now() + timedelta(days=1)), SYSTEM
        )

    assert seen[:2] == ["check", "transaction"]
