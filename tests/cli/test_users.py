"""``redress user``, the demonstration and the secret: who comes in is decided before the first page is served."""

from __future__ import annotations

import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from engine.bootstrap import Application, build
from engine.cli.main import cli
from engine.commands import access, directory
from engine.demo import furnish
from engine.domain.actor import SYSTEM
from engine.errors import Forbidden, InvalidValues, Misconfigured, NotFound
from engine.queries import access as queries
from engine.settings import Settings
from engine.storage import tables as t
from tests.installation import eventually, running, settings_for
from tests.postgres import Server

Run = Callable[..., Result]
GOOD = "seven wet umbrellas"
ASKED = f"{GOOD}\n{GOOD}\n"


@pytest.fixture
def run(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The script with arguments, on the demo company."""
    shutil.copytree(furnished, tmp_path / "var")
    settings = settings_for(tmp_path / "var")
    monkeypatch.setenv("REDRESS_VAR_DIR", str(settings.var_dir))
    monkeypatch.setenv("REDRESS_PROCESSES_DIR", str(settings.processes_dir))
    return lambda *arguments, **more: CliRunner().invoke(cli, arguments, **more)


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Application]:
    """The installation."""
    application = build(settings)
    yield application
    application.close()


def must_change(application: Application, login: str) -> bool | None:
    """Whether the person has to; None for somebody who may not come in at all."""
    with application.read() as reader:
        person_id = reader.connection.execute(sa.select(t.person.c.id).where(t.person.c.login == login)).scalar_one()
        found = queries.standing(reader, None, person_id)
    return found.must_change if found else None


@pytest.mark.parametrize(("options", "due"), [((), True), (("--own",), False)])
def test_a_password_given_by_an_operator_has_to_be_changed_unless_it_is_the_persons_own(
    run: Run, options: tuple[str, ...], due: bool
) -> None:
    added = run("user", "add", "newcomer", "--name", "新同事", *options, input=ASKED)
    with opened() as application:
        assert must_change(application, "newcomer") is due

    changed = run("user", "password", "Newcomer", *options, input="another wet umbrella\n" * 2)

    assert (added.exit_code, changed.exit_code, changed.output.splitlines()[-1]) == (0, 0, "ok Newcomer")
    assert "umbrella" not in added.output + changed.output
    with opened() as application:
        assert must_change(application, "newcomer") is due
        assert application.execute(access.SignIn("newcomer", "another wet umbrella", "here"), SYSTEM)


def test_whoever_is_deactivated_signs_in_no_more(run: Run) -> None:
    result = run("user", "deactivate", "guard")

    assert (result.exit_code, result.output) == (0, "ok guard\n")
    with opened() as application:
        assert must_change(application, "guard") is None
        with pytest.raises(Forbidden):
            application.execute(access.SignIn("guard", "demo-redress", "here"), SYSTEM)


def test_an_unknown_name_and_a_bad_password_are_refused(run: Run) -> None:
    assert isinstance(run("user", "deactivate", "nobody").exception, NotFound)
    assert isinstance(run("user", "password", "nobody", input=ASKED).exception, NotFound)
    assert isinstance(run("user", "add", "newcomer", "--name", "x", input="short\nshort\n").exception, InvalidValues)
    with opened() as application, pytest.raises(sa.exc.NoResultFound):
        must_change(application, "newcomer")


@pytest.mark.parametrize("reach", [{"host": "0.0.0.0"}, {"proxies": 1}, {"https": True}], ids=str)
def test_a_demonstration_stays_on_this_machine_unless_told(tmp_path: Path, reach: dict[str, Any]) -> None:
    with opened(settings_for(tmp_path).model_copy(update=reach)) as application:
        with pytest.raises(Misconfigured):
            furnish(application)
        assert furnish(application, anywhere=True)


@pytest.mark.postgres
def test_a_demonstration_keeps_off_postgresql_unless_told(tmp_path: Path, postgresql: Server) -> None:
    with postgresql.database() as url, opened(settings_for(tmp_path, url)) as application:
        with pytest.raises(Misconfigured):
            furnish(application)
        assert furnish(application, anywhere=True)


def test_a_demonstration_never_joins_real_people(tmp_path: Path) -> None:
    with opened(settings_for(tmp_path)) as application:
        application.execute(directory.SavePerson("real", "真人", password=GOOD), SYSTEM)

        for anywhere in (False, True):
            with pytest.raises(Misconfigured, match="real people"):
                furnish(application, anywhere=anywhere)


def test_a_demonstration_goes_on_where_it_began(run: Run) -> None:
    with opened() as application:
        assert furnish(application) is False


def test_the_secret_is_made_once_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "var")

    secret = settings.secret_key

    assert len(secret) == 32 and settings_for(tmp_path / "var").secret_key == secret
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret.key"], "nothing unfinished is left"
    assert stat.S_IMODE((tmp_path / "var" / "secret.key").stat().st_mode) == 0o600
    assert settings_for(tmp_path / "other").secret_key != secret


def test_the_pages_are_served_on_this_machine_by_the_products_own_server(furnished: Path, tmp_path: Path) -> None:
    shutil.copytree(furnished, tmp_path / "var")
    settings = settings_for(tmp_path / "var").model_copy(update={"port": _free_port()})

    with running(settings, "run"):
        eventually(lambda: _answered(settings.port) is not None)
        assert _answered(settings.port) == "redress"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answered(port: int) -> str | None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().getheader("Server")
    except OSError:
        return None
    finally:
        connection.close()
