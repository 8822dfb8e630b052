"""No key, token or password lies in the repository, and the pages are never served by Flask's own server."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import calls, modules

#: Written in two parts, so that this file is not found itself.
SECRETS = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE" + r" KEY-----",
    "access key": r"\b(?:AKIA|ASIA)" + r"[0-9A-Z]{16}\b",
    "repository token": r"\b(?:gh[pousr]_|github_pat_|glpat-)" + r"[0-9A-Za-z_-]{20,}",
    "chat token": r"\bxox[abprs]-" + r"[0-9A-Za-z-]{10,}",
    "service key": r"\b(?:AIza[\w-]{35}|sk-[\w-]{20,}|sk_live_\w{16,}|npm_[0-9A-Za-z]{36}|pypi-[\w-]{40,})",
    "web token": r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\." + r"[0-9A-Za-z_-]{10,}",
    "password in an address": r"\b[a-z][a-z0-9+.-]{2,}://[^\s/:@\"'{}<>$]+:(?!password@|secret@)[^\s/:@\"'{}<>$]{3,}@[A-Za-z0-9.-]+",
    "secret in a setting": r"(?i)\b(?:secret|token|passwd|password|api_?key)[\"']?\s*[:=]\s*[\"'][0-9A-Za-z+/_=-]{32,}[\"']",
}
EXAMPLES = {
    "private key": "-----BEGIN OPENSSH PRIVATE" + " KEY-----",
    "access key": "AKIA" + "ABCDEFGHIJKLMNOP",
    "repository token": "ghp_" + "a1" * 18,
    "chat token": "xoxb-" + "1234567890-abc",
    "service key": "sk-" + "a1" * 12,
    "web token": "eyJ" + "hbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2",
    "password in an address": "postgresql://redress:" + "hunter22@db.example/redress",
    "secret in a setting": 'secret = "' + "0a" * 20 + '"',
}
#: The names of what would serve pages for development only.
DEVELOPMENT_SERVERS = {"run_simple", "make_server", "BaseWSGIServer", "ThreadedWSGIServer", "wsgiref"}
PAGES = ("app", "pages", "create_app")


def secrets_in(text: str) -> set[str]:
    """The kinds of secrets that a text shows."""
    return {kind for kind, pattern in SECRETS.items() if re.search(pattern, text)}


def texts(root: Path) -> dict[str, str]:
    """Every file that is or would be committed, as text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root, capture_output=True, check=True
    )
    names = [name for name in listed.stdout.decode().split("\0") if name and (root / name).is_file()]
    return {name: (root / name).read_bytes().decode("utf-8", "replace") for name in names}


def served_for_development(root: Path) -> list[str]:
    """Where Flask's or Python's own server is named, or an application is told to run itself."""
    named = [
        path
        for path, tree in modules(root, ("engine", "webforms", "bench"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute | ast.alias) and _name(node) in DEVELOPMENT_SERVERS
    ]
    told = [str(found) for found, _ in calls(root) if found.what.endswith(".run") and re.split(r"[.(]", found.what)[0] in PAGES]
    return [*named, *told]


def _name(node: ast.Name | ast.Attribute | ast.alias) -> str:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else node.name
    return name.split(".")[0]


def test_no_secret_lies_in_the_repository(repository: Path) -> None:
    found = {name: kinds for name, text in texts(repository).items() if (kinds := secrets_in(text))}

    assert found == {}


def test_no_key_file_lies_in_the_repository(repository: Path) -> None:
    endings = (".key", ".pem", ".p12", ".pfx", ".sqlite", ".env")

    assert [name for name in texts(repository) if name.endswith(endings) or Path(name).name.startswith((".env", "id_"))] == []


@pytest.mark.parametrize("kind", SECRETS)
def test_each_kind_of_secret_is_seen(kind: str) -> None:
    assert kind in secrets_in(f"something {EXAMPLES[kind]} something")
    assert secrets_in("the password is asked for; postgresql://db.example/redress; token = form['csrf_token']") == set()


def test_the_pages_are_never_served_by_a_server_for_development(repository: Path) -> None:
    assert served_for_development(repository) == []
    for name in ("Makefile", "README.md", "CONTRIBUTING.md"):
        assert not re.search(r"flask run|FLASK_(APP|ENV|DEBUG)", (repository / name).read_text(encoding="utf-8"))


SLY = ("app.run()", "create_app(engine).run(debug=True)", "run_simple('x', 1, app)", "import wsgiref.simple_server")


@pytest.mark.parametrize("line", SLY)
def test_a_server_for_development_is_seen(line: str, tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "sly.py").write_text(f"{line}\nserver.run()\n", encoding="utf-8")

    assert len(served_for_development(tmp_path)) == 1
