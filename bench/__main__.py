"""``python -m bench NAME [--json] [--database-url URL] …``: run one measurement and print what came out."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from bench import foreign, inbox, pages, step, story, tck, timers
from bench.faults import run as faults
from bench.register import run as register
from bench.replay import pack
from bench.replay import run as replay
from bench.similar import run as similar

_WHERE = click.option(
    "--database-url",
    default="",
    help="An empty database; 'postgresql:' for a throwaway PostgreSQL, nothing for a fresh SQLite file.",
)
_LOAD = os.getloadavg()[0]
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def bench() -> None:
    """Measurements; figures are of this machine and this run."""


@bench.command("step")
@click.option("--samples", default=300, show_default=True, help="Completed tasks, each beside a bare transaction.")
@click.option("--cases", default=200, show_default=True, help="Whole three-task cases for pace and size.")
@click.option("--rounds", default=100, show_default=True, help="Rounds of rework, three follow-ups for each; 0 for none.")
@_WHERE
@_JSON
def run_step(samples: int, cases: int, rounds: int, database_url: str, as_json: bool) -> None:
    """Completing a task beside a bare transaction on the same database."""
    _print(step.run(samples, cases, rounds, database_url), as_json)


@bench.command("inbox")
@click.option("--open", "open_items", default=20_000, show_default=True, help="Open tasks.")
@click.option("--rounds", default=10, show_default=True, help="How often each person looks around.")
@_WHERE
@_JSON
def run_inbox(open_items: int, rounds: int, database_url: str, as_json: bool) -> None:
    """The inbox with very many open tasks."""
    _print(inbox.run(open_items, rounds, database_url), as_json)


@bench.command("pages")
@click.option("--register", "register_rows", default=50_000, show_default=True, help="Rows of the register.")
@click.option("--open", "open_items", default=20_000, show_default=True, help="Open tasks.")
@click.option("--rounds", default=20, show_default=True, help="How often each page is opened.")
@_WHERE
@_JSON
def run_pages(register_rows: int, open_items: int, rounds: int, database_url: str, as_json: bool) -> None:
    """The pages of every day over years of complaints."""
    _print(pages.run(register_rows, open_items, rounds, database_url), as_json)


@bench.command("register")
@click.option("--rows", default=100_000, show_default=True, help="Complaints.")
@click.option("--rounds", default=20, show_default=True, help="How often each page is opened.")
@_WHERE
@_JSON
def run_register(rows: int, rounds: int, database_url: str, as_json: bool) -> None:
    """The register: first, deep and searched pages of very many complaints, for people who may read much or little."""
    _print(register(rows, rounds, database_url), as_json)


@bench.command("replay")
@click.option("--cases", default=1_000, show_default=True, help="Complaints.")
@click.option("--events", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="As many of an event file.")
@_WHERE
@_JSON
def run_replay(cases: int, events: Path | None, database_url: str, as_json: bool) -> None:
    """Past complaints through a draft, as an owner orders it; and as many of an event file, if one is named."""
    _print(replay(cases, database_url, events), as_json)


@bench.command("pack")
@click.option("--cases", default=10_000, show_default=True, help="Complaints of the period.")
@_WHERE
@_JSON
def run_pack(cases: int, database_url: str, as_json: bool) -> None:
    """The pack of a review over that many complaints, as its owner opens it."""
    _print(pack.run(cases, database_url), as_json)


@bench.command("similar")
@click.option("--cases", default=100_000, show_default=True, help="Earlier cases.")
@click.option("--asked", default=200, show_default=True, help="Calls of each length.")
@_WHERE
@_JSON
def run_similar(cases: int, asked: int, database_url: str, as_json: bool) -> None:
    """Similar earlier cases while a call is typed; and how well the labelled pairs are told apart."""
    _print(similar.run(cases, asked, database_url), as_json)


@bench.command("timers")
@click.option("--per-second", default=50, show_default=True, help="How many timers fall due in a second.")
@click.option("--seconds", default=60, show_default=True, help="For how long.")
@click.option("--open-cases", default=100_000, show_default=True, help="Open cases while nothing is due.")
@_WHERE
@_JSON
def run_timers(per_second: int, seconds: int, open_cases: int, database_url: str, as_json: bool) -> None:
    """Timers at a steady pace: fired, lost, doubled, late; and a worker with nothing to do."""
    result = timers.run(per_second, seconds, open_cases, database_url)
    _print(result, as_json)
    sys.exit(1 if result["lost"] or result["doubled"] else 0)


@bench.command("faults")
@click.option("--rounds", default=100, show_default=True, help="Kills, and freezes, of each target.")
@click.option("--seed", default=1, show_default=True, help="Of the random moments.")
@_WHERE
@_JSON
def run_faults(rounds: int, seed: int, database_url: str, as_json: bool) -> None:
    """Kill and freeze every part under load; afterwards nothing promised may be lost or doubled."""
    result = faults.run(rounds, database_url, seed)
    _print(result, as_json)
    sys.exit(0 if result["ok"] else 1)


@bench.command("story")
@click.option("--cases", default=200, show_default=True, help="How many complaints.")
@click.option("--together", default=20, show_default=True, help="How many are under way at the same time.")
@_WHERE
@_JSON
def run_story(cases: int, together: int, database_url: str, as_json: bool) -> None:
    """Real messages become complaints and are driven through the served pages to closing."""
    result = story.run(cases, together, database_url)
    _print(result, as_json)
    sys.exit(0 if result["agree"] and result["closed"] == result["cases"] else 1)


@bench.command("tck")
@click.option(
    "--folder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="Its TestCases folder."
)
@_JSON
def run_tck(folder: Path, as_json: bool) -> None:
    """The public test kit of DMN, from a checkout of yours: what agrees, by level, and what does not."""
    missing = [level for level in tck.LEVELS if not (folder / level).is_dir()]
    if missing:
        raise click.BadParameter(f"holds no {' and no '.join(missing)}", param_hint="--folder")
    result = tck.run(folder)
    _print(result if as_json else {key: value for key, value in result.items() if key != "differing"}, as_json)


_SUITE = click.Path(exists=True, file_okay=False, path_type=Path)


@bench.command("foreign")
@click.option("--miwg", type=_SUITE, help="A checkout of bpmn-miwg/bpmn-miwg-test-suite.")
@click.option("--research", type=_SUITE, help="A checkout of camunda/bpmn-for-research.")
@click.option("--broken", default=0, help="Instead: break so many copies of them by chance, and say what comes of those.")
@_JSON
def run_foreign(miwg: Path | None, research: Path | None, broken: int, as_json: bool) -> None:
    """Diagrams of other tools: what the check says about them, and how that agrees with what a person found."""
    result = foreign.breaking.run(miwg, research, broken) if broken else foreign.run(miwg, research)
    _print(result, as_json)
    sys.exit(1 if result.get("badly_said") or result.get("wrong") else 0)


@bench.command("studio")
@click.option("--rounds", default=10, show_default=True, help="How often each diagram is opened and checked.")
@click.option("--keep", "folder", type=_SUITE, help="A folder of diagrams of others: open and save each, and say what is lost.")
@_JSON
def run_studio(rounds: int, folder: Path | None, as_json: bool) -> None:
    """The diagram's editor in a real browser: how soon it is ready and checked; or what it keeps of others' diagrams."""
    from bench import studio  # needs a browser and its driver, which the other measurements do not

    result = studio.keep(folder) if folder else studio.wait(rounds)
    _print(result, as_json)
    sys.exit(1 if result.get("differing") else 0)


def _print(result: dict[str, Any], as_json: bool) -> None:
    result |= {"machine": {"processors": os.cpu_count(), "load_before": round(_LOAD, 1)}}
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    for name, value in result.items():
        if name != "pages":
            click.echo(f"{name:>14}: {value}")
    for name, times in result.get("pages", {}).items():
        click.echo(f"{name:>14}: p50 {times['p50']:7.1f} ms   p95 {times['p95']:7.1f} ms")


if __name__ == "__main__":
    # A bench that is told to end takes its servers and folders with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    bench()
