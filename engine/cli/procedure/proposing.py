"""``redress procedure propose|sign|waive|withdraw``: a version from its proposal to its last signature."""

from __future__ import annotations

from pathlib import Path

import click

from engine.bootstrap import build
from engine.cli.procedure.findings import as_words
from engine.cli.procedure.naming import PATH, bundle_at, moment_of, say, signed_in, tell
from engine.commands.versions import HasFindings, HasObstacles, ProposeVersion, SignVersion, WaiveObstacles, WithdrawProposal
from engine.domain.actor import SYSTEM
from engine.domain.text import Text
from engine.procedure.exchange.parts import PARTS
from engine.queries import procedure as queries


@click.command()
@click.argument("path", type=PATH)
@click.option("--reason", required=True, help="Why it is changed.")
@click.option("--reason-en", default=None, help="The same in English; left out, the reason as it stands.")
@click.option("--effective", required=True, help="When it comes into force: a date, or a date and time, in the company's zone.")
@click.option("--ask-waiver", is_flag=True, help="Propose it although stories fail: the approver has to waive each.")
def propose(path: Path, reason: str, reason_en: str | None, effective: str, ask_waiver: bool) -> None:
    """Propose a folder or zip archive as the next version; status 1 with all that stands against it.

    What the check finds is to be mended; stories that fail and clauses that are lost may be waived by the approver.
    """
    application = build()
    bundle = bundle_at(path)
    moment = moment_of(effective, application.zone)
    try:
        words = Text(reason, reason_en or reason)
        proposed = application.execute(ProposeVersion(bundle, words, moment, ask_waiver=ask_waiver), SYSTEM)
    except HasFindings as problem:
        for finding in problem.findings:
            click.echo(as_words(finding), err=True)
        raise
    except HasObstacles as problem:
        tell(problem.obstacles)
        raise
    with application.read() as reader:
        differs = queries.differences(reader, SYSTEM, proposed.procedure_key, proposed.number)
    say(differs)
    click.echo(f"{proposed.procedure_key}@{proposed.number} 待三人签署 waits for three signatures, {moment.isoformat()}")


@click.command()
@click.argument("key")
@click.argument("number", type=int)
@click.option("--as", "login", required=True, help="The login of the person who signs.")
@click.option("--part", type=click.Choice(list(PARTS)), default=None, help="Left out, the part whose turn it is.")
@click.option("--password", prompt=True, hide_input=True)
def sign(key: str, number: int, login: str, part: str | None, password: str) -> None:
    """Sign a proposal as one of three people; the last signature publishes it and writes the release."""
    application = build()
    actor = signed_in(application, login, password)
    try:
        signed = application.execute(SignVersion(key, number, part), actor)
    except HasObstacles as problem:
        tell(problem.obstacles)
        raise
    said = PARTS[signed.part]
    click.echo(f"{key}@{number} {actor.name} {said.zh} {said.en}")
    if signed.published:
        click.echo(f"已发布 published: {application.settings.release_dir / key}")


@click.command()
@click.argument("key")
@click.argument("number", type=int)
@click.argument("obstacle", required=False)
@click.option("--as", "login", required=True, help="The login of the person who approves.")
@click.option("--reason", required=True, help="Why it may stand.")
@click.option("--password", prompt=True, hide_input=True)
def waive(key: str, number: int, obstacle: str | None, login: str, reason: str, password: str) -> None:
    """Waive what stands against a proposal, as its approver: one thing by its name, or everything that is left."""
    application = build()
    actor = signed_in(application, login, password)
    with application.read() as reader:
        left = queries.recorded(reader, actor, key, number).to_waive
    wanted = [obstacle] if obstacle else [one.key for one in left]
    application.execute(WaiveObstacles(key, number, {name: reason for name in wanted}), actor)
    for name in wanted:
        click.echo(f"{key}@{number} {name}: {reason}")


@click.command()
@click.argument("key")
@click.argument("number", type=int)
def withdraw(key: str, number: int) -> None:
    """Take a proposal back; its files are a draft again."""
    draft_id = build().execute(WithdrawProposal(key, number), SYSTEM)
    click.echo(f"ok {key}@{number} 草稿 draft {draft_id}")
