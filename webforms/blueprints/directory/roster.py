"""The duty roster: a week of one estate, its gaps in words, a shift added, changed, ended, a week copied."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands import directory as commands
from engine.queries.directory import places, roster, staff
from webforms import filling, visit
from webforms.blueprints.directory import door
from webforms.blueprints.directory.door import blueprint
from webforms.taking import carried_out, text
from webforms.wording import t

_YEARS = range(2000, 2200)


@blueprint.get("/directory/roster", endpoint="roster")
def show() -> Response:
    """A week of one estate: the one that the address names, else this week of the first estate."""
    return _shown(request.args.get("edit"))


@blueprint.post("/directory/roster")
def set_duty() -> Response:
    """Put somebody on duty, or change a shift."""
    duty_id = text("duty_id") or None

    def make() -> Any:
        who = (door.chosen("estate_id"), door.chosen("role"), door.chosen("person_id"), text("phone"))
        return commands.SetDuty(*who, door.number("position"), door.moment("starts_at"), door.moment("ends_at"), duty_id)

    return carried_out(make, lambda **again: _shown(duty_id, **again), lambda _: _back())


@blueprint.post("/directory/roster/<duty_id>/end")
def end_duty(duty_id: str) -> Response:
    """The shift ends now."""
    return carried_out(lambda: commands.EndDuty(duty_id), _shown, lambda _: _back(), "roster.ended")


@blueprint.post("/directory/roster/copy")
def copy_week() -> Response:
    """Last week's shifts once more."""
    added = visit.execute(commands.CopyWeek(door.chosen("estate_id"), _monday(text("week"))))
    flash(t("roster.copied", n=added) if added else t("roster.nothing_to_copy"), "success" if added else "warning")
    return redirect(_back(), 303)


def _shown(edit: str | None = None, **again: Any) -> Response:
    reader, actor = visit.reader(), visit.actor()
    estates = places.options(reader, actor)
    edited = roster.shift(reader, actor, edit) if edit else None
    asked = edited.estate_id if edited else text("estate_id") or request.args.get("estate", "")
    estate = next((found for found in estates if found.value == asked), estates[0] if estates else None)
    monday = _monday(request.args.get("week", "") or text("week"))
    week = roster.week(reader, actor, estate.value, monday) if estate else None
    offered: dict[str, Any] = {"people": staff.everybody(reader, actor), "roles": staff.roles(reader, actor)}
    return door.shown(
        "roster",
        "roster",
        estates=estates,
        estate=estate,
        week=week,
        edited=edited,
        local=door.local,
        weekday_moment=_weekday_moment,
        hours_of=_hours_of,
        today=visit.now().astimezone(filling.zone()).date(),
        before=(monday - timedelta(days=7)).isoformat(),
        after=(monday + timedelta(days=7)).isoformat(),
        **offered,
        **again,
    )


def _weekday_moment(value: datetime) -> str:
    """``周六 18:00``, or that it is now."""
    if value == visit.now():
        return t("roster.now")
    local = value.astimezone(filling.zone())
    return f"{t(f'roster.day.{local.weekday()}')} {local:%H:%M}"


def _hours_of(shift: Any, day: date) -> str:
    """The part of a shift that lies in a day."""
    zone = filling.zone()
    starts_at, ends_at = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    begins = starts_at.strftime("%H:%M") if starts_at.date() == day else "00:00"
    ends = ends_at.strftime("%H:%M") if ends_at.date() == day else "24:00"
    return t("roster.all_day") if (begins, ends) == ("00:00", "24:00") else f"{begins}–{ends}"


def _monday(typed: str) -> date:
    """The Monday of the week that a day is in; of this week for what is no day."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = visit.now().astimezone(filling.zone()).date()
    day = day if day.year in _YEARS else visit.now().astimezone(filling.zone()).date()
    return day - timedelta(days=day.weekday())


def _back() -> str:
    return url_for("directory.roster", estate=text("estate_id"), week=text("week"))
