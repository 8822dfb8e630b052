"""How values, moments and longer texts are written on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from engine.commands.uploads import ACCEPTED
from engine.domain.text import Text, untranslated
from engine.domain.values import Value
from engine.queries import intake, shell
from engine.queries.studio import can_be_written
from webforms import times, uploads, visit
from webforms.wording import said, t

_TONES = ("rd-chip--minor", "rd-chip--important", "rd-chip--major")


def init_app(app: Flask) -> None:
    """Offer the filters to every template."""
    app.jinja_env.filters.update(
        said=said,
        value=value_text,
        prose=prose,
        moment=moment,
        day=day,
        days=days,
        iso=iso,
        due=due,
        tone=tone,
        size=size,
        countdown=countdown,
        at_most=at_most,
        why=why,
    )
    app.jinja_env.globals.update(
        can_be_written=can_be_written,
        labelled=labelled,
        own_english=own_english,
        largest_megabytes=uploads.largest_megabytes,
        most_upload_bytes=uploads.most_bytes,
        accepted_files=",".join(ACCEPTED),
    )


def own_english(zh: str | None, en: str | None) -> str:
    """The English as somebody has written it: nothing where Chinese stands in for it."""
    return "" if untranslated(Text(zh or "", en or "")) else en or ""


def value_text(value: Value, field: Any = None, names: Any = None) -> str:
    """A value for people: choices and references by name, moments local, lists with commas."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, list):
        return _comma().join(value_text(entry, field, names) for entry in value)
    if isinstance(value, dict):
        parts = _in_one_language(value).values()
        return " · ".join(value_text(part, None, names) for part in parts if part not in (None, "", []))
    if isinstance(value, str):
        return _named(value, field, names or {})
    return _plain(value, field)


def _in_one_language(row: dict[str, Value]) -> dict[str, Value]:
    """A row that says something in both languages says it in the reader's."""
    own, other = ("_en", "_zh") if visit.language() == "en" else ("_zh", "_en")
    both = {name.removesuffix(own) for name in row if name.endswith(own)}
    return {name: part for name, part in row.items() if not (name.endswith(other) and name.removesuffix(other) in both)}


def _comma() -> str:
    return ", " if visit.language() == "en" else "、"


def _named(value: str, field: Any, names: Any) -> str:
    if value in names:
        return said(names[value])
    choice = field.choice(value) if field is not None and field.choices else None
    return said(choice.label) if choice else value


def _plain(value: Value, field: Any) -> str:
    if isinstance(value, bool):
        return t("form.yes") if value else t("form.no")
    if isinstance(value, Decimal):
        words = times.number(value, visit.language())
        return f"{words} {said(field.unit_said)}" if field is not None and field.unit else words
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def labelled(pairs: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Posted names and entries in the words of the procedures in force; what they do not know stays as it is."""
    posted = [(name, name.rpartition(".")[2], entry) for name, entry in pairs]
    fields = intake.fields_named(visit.reader(), visit.actor(), {key for _, key, _ in posted}) if visit.signed_in() else {}
    named = ((said(fields[key].label) if key in fields else name, fields.get(key), entry) for name, key, entry in posted)
    return [(name, value_text(entry, field)) for name, field, entry in named]


def moment(value: datetime | None) -> str:
    """A moment in local time, the year left out when it is this one."""
    return times.moment(value, visit.now(), visit.reader().zone, visit.language()) if value else "—"


def day(value: date) -> str:
    """A day with its year."""
    return times.day(value, visit.language())


def days(start: datetime, end: datetime) -> str:
    """The first and last day of a period that ends with the midnight after it."""
    zone = visit.reader().zone
    first, last = start.astimezone(zone).date(), (end - timedelta(microseconds=1)).astimezone(zone).date()
    said = times.day(last, visit.language())
    return said if first == last else f"{times.day(first, visit.language(), with_year=first.year != last.year)} – {said}"


def iso(value: datetime) -> str:
    """The instant for machines."""
    return value.isoformat()


def due(value: datetime | None, warn_at: datetime | None = None) -> Markup:
    """Time left or passed in words with its colour; the absolute moment is on hover."""
    words = times.left(value, visit.now(), visit.language())
    tint = times.tint(value, warn_at, visit.now())
    if value is None:
        return Markup('<span class="rd-due rd-due--none">{}</span>').format(words)
    return Markup('<time class="rd-due rd-due--{}" datetime="{}" title="{}">{}</time>').format(
        tint, value.isoformat(), moment(value), words
    )


def why(case: Any) -> str:
    """Why an earlier case is listed, how long ago it was recorded, and whether it is open: ``同一住户 · 12 天前 · 未结``."""
    shared = [name for name in ("household", "place", "category", "text") if getattr(case.reason, name)]
    if case.reason.household:
        shared.remove("place")
    words = [
        *(t(f"similar.{name}") for name in shared),
        _ago(case.registered_at),
        t("similar.open" if case.open else "similar.closed"),
    ]
    if case.event is not None:
        words.append(t("similar.part_of", number=case.event))
    return " · ".join(words)


def _ago(value: datetime) -> str:
    zone = visit.reader().zone
    days = (visit.now().astimezone(zone).date() - value.astimezone(zone).date()).days
    if days < 2:
        return t("similar.yesterday" if days == 1 else "similar.today")
    return t("similar.days_ago", n=days)


def tone(gravity: float) -> str:
    """The chip's class for a severity between 0 and 1."""
    return _TONES[min(len(_TONES) - 1, int(gravity * len(_TONES)))]


def at_most(count: int) -> str:
    """A count as far as it was counted."""
    return str(count) if count <= shell.MOST else f"{shell.MOST}+"


def size(octets: int) -> str:
    """A file's size."""
    return f"{octets / 1048576:.1f} MB" if octets >= 1048576 else f"{max(1, octets // 1024)} kB"


def countdown(value: datetime) -> str:
    """Minutes and seconds left, or passed, as they are when the page is served."""
    face = times.face(abs(value - visit.now()))
    return f"{t('emergency.over')} {face}" if value < visit.now() else face


def prose(text: Text | str) -> Markup:
    """Paragraphs and lists of a longer text; everything in it is text, never markup."""
    plain = said(text) if isinstance(text, Text) else text
    blocks = (block.strip("\n") for block in re.split(r"\n\s*\n", plain.replace("\r\n", "\n")))
    return Markup("").join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> Markup:
    lines = [line.strip() for line in block.splitlines()]
    marked = [re.fullmatch(r"(?:[-•]|\*(?!\*)|\d+[.、)])\s*(.+)", line) for line in lines]
    if all(marked) and lines:
        tag = "ol" if lines[0][0].isdigit() else "ul"
        items = Markup("").join(Markup("<li>{}</li>").format(_inline(found[1])) for found in marked if found)
        return Markup(f"<{tag}>{{}}</{tag}>").format(items)
    if lines[0].startswith("#"):
        return Markup("<h3>{}</h3>").format(_inline(" ".join(lines).lstrip("# ")))
    return Markup("<p>{}</p>").format(Markup("<br>").join(_inline(line) for line in lines))


def _inline(line: str) -> Markup:
    return Markup(re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(escape(line))))
