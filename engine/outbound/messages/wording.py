"""The words of a message outside the pages: number, what to do, time left; nothing of the complainant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from engine.domain.messages import Line, Parcel
from engine.domain.text import Text
from engine.outbound.traditional import written
from engine.storage import wordings

PRODUCT = Text("诉结", "Redress")
URGENT = Text("紧急", "URGENT")
_SEVERAL = Text("{n} 条消息", "{n} messages")
_OPEN = Text("打开", "Open")
_WHY = Text(
    "您可以在诉结“消息 › 通知设置”里选择哪些消息发到这里。",
    "Choose in Redress under Messages › Notification settings what is sent here.",
)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message in one language."""

    head: str
    words: str
    link: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Worded:
    """A parcel in one language: one line for the subject, and its entries."""

    subject: str
    entries: tuple[Entry, ...]
    language: str

    @property
    def text(self) -> str:
        """Without any markup."""
        parts = ["\n".join(part for part in (entry.words, entry.link) if part) for entry in self.entries]
        return "\n\n".join([*parts, f"-- \n{written(_WHY, self.language)}"]) + "\n"

    @property
    def html(self) -> str:
        """A simple page for a mail."""
        words = {"why": written(_WHY, self.language), "open": written(_OPEN, self.language)}
        return _environment().get_template("mail.html").render(mail=self, **words)


def worded(parcel: Parcel, language: str, public_url: str, now: datetime, *, shared: bool = False) -> Worded:
    """The parcel as it is said at that moment; links lead to the reader's own message, in a group to the case."""
    entries = tuple(_entry(line, language, public_url, now, shared) for line in parcel.lines)
    several = written(_SEVERAL, language).format(n=len(entries))
    numbers = list(dict.fromkeys(line.number for line in parcel.lines if line.number))
    subject = entries[0].head if len(entries) == 1 else " · ".join([several, *numbers[:3], *(["…"] if len(numbers) > 3 else [])])
    mark = f"{written(URGENT, language)} " if parcel.urgent else ""
    return Worded(f"[{written(PRODUCT, language)}] {mark}{subject}", entries, language)


def _entry(line: Line, language: str, public_url: str, now: datetime, shared: bool) -> Entry:
    task = written(line.task, language) if line.task else ""
    words = written(line.text, language)
    left = _left(line.due_at, now, language) if line.due_at else ""
    head = " · ".join(part for part in (line.number, task, left) if part) if line.number and task else words
    said = f"{words}{_clause(left, language)}"
    if line.form is not None:
        places = {wordings.NUMBER: line.number or "", wordings.TASK: task, wordings.LEFT: left, wordings.WORDS: words}
        said = wordings.filled(written(line.form, language), places)
    return Entry(head, said, _link(line, public_url, shared), line.urgent)


def _clause(left: str, language: str) -> str:
    return f" ({left})" if left and language.startswith("en") else f"（{left}）" if left else ""


def _link(line: Line, public_url: str, shared: bool) -> str:
    if not public_url:
        return ""
    base = public_url.rstrip("/")
    if not shared:
        return f"{base}/messages/{line.message_id}"
    return f"{base}/cases/{line.case_id}" if line.case_id else f"{base}/messages"


def _left(due_at: datetime, now: datetime, language: str) -> str:
    english, late = language.startswith("en"), due_at < now
    span = _span(abs(due_at - now), english)
    if english:
        return f"{span} overdue" if late else f"{span} left"
    return f"已超时 {span}" if late else f"还剩 {span}"


def _span(duration: timedelta, english: bool) -> str:
    days, hours, minutes = duration // _DAY, duration % _DAY // _HOUR, duration % _HOUR // _MINUTE
    units = ("d", "h", "min") if english else ("天", "小时", "分钟")
    parts = [f"{number} {unit}" for number, unit in zip((days, hours, minutes), units, strict=True) if number]
    return " ".join(parts[:2]) or ("under 1 min" if english else "不到 1 分钟")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = PackageLoader("engine.outbound.messages")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
