"""A person at a browser without JavaScript: opens pages, fills in the controls that a form shows, presses a button."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from lxml import html

#: Given a control's name, its kind and its choices, the text to enter; None leaves it as it was served.
Answer = Callable[[str, str, list[str]], Any]
_NOT_FILLED = frozenset({"hidden", "submit", "button", "file", "reset", "image"})


@dataclass(slots=True)
class Times:
    """Milliseconds from request to the last byte, by kind of page; ``worked`` is the processor's share in this process."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    worked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def summary(self) -> dict[str, dict[str, float]]:
        """The median and the 95th percentile of each."""
        return {
            name: {"p50": _percentile(times, 0.5), "p95": _percentile(times, 0.95)} for name, times in sorted(self.taken.items())
        }


def _percentile(times: list[float], share: float) -> float:
    return round(sorted(times)[min(int(len(times) * share), len(times) - 1)], 1)


@dataclass(frozen=True, slots=True)
class Page:
    """What was served: its final address, status and parsed content."""

    address: str
    status: int
    content: Any

    def form(self, action: str) -> Any:
        """The form that posts to this path."""
        forms = [form for form in self.content.forms if urljoin(self.address, form.get("action") or "").endswith(action)]
        if not forms:
            raise AssertionError(f"{self.address} ({self.status}) shows no form for {action}: {self.words()[:400]}")
        return forms[0]

    def words(self) -> str:
        """The page's text."""
        return " ".join(self.content.text_content().split())


class Person:
    """One browser with its own cookies."""

    def __init__(self, address: str, login: str, password: str, times: Times) -> None:
        self._address = address
        self._times = times
        # Proxies of the environment are for other hosts: the server measured is on this machine.
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        page = self.get("/sign-in", "sign_in")
        typed = {"login": login, "password": password}
        self.submit(page.form("/sign-in"), lambda name, kind, choices: typed.get(name), page, "sign_in")

    def get(self, path: str, name: str) -> Page:
        """Open a page."""
        return self._open(Request(urljoin(self._address, path)), name)

    def submit(self, form: Any, answer: Answer, page: Page, name: str, button: str | None = None) -> Page:
        """Fill in what the form shows and press a button."""
        fill(form, answer)
        posted = [*form.form_values(), *([(button, "1")] if button else [])]
        address = urljoin(page.address, form.get("action") or "")
        return self._open(Request(address, urlencode(posted).encode()), name)

    def _open(self, request: Request, name: str) -> Page:
        begun, worked = time.perf_counter(), time.process_time()
        try:
            answer = self._opener.open(request, timeout=30)
        except HTTPError as refused:
            answer = refused
        body = answer.read()
        self._times.taken[name].append((time.perf_counter() - begun) * 1000)
        self._times.worked[name].append((time.process_time() - worked) * 1000)
        return Page(answer.url, answer.status, html.document_fromstring(body, base_url=answer.url))


def fill(form: Any, answer: Answer) -> None:
    """Enter the answers into the controls of a parsed form; a control that is not shown cannot be filled."""
    for name, controls in _controls(form):
        first = controls[0]
        kind = _kind(first)
        if kind in ("radio", "checkbox"):
            _tick(controls, answer(name, kind, [control.get("value") or "on" for control in controls]))
        elif kind not in _NOT_FILLED:
            choices = [option for option in first.value_options if option] if kind == "select" else []
            entered = answer(name, kind, choices)
            if entered is not None:
                _enter(first, kind, entered)


def _kind(control: Any) -> str:
    if control.tag != "input":
        return str(control.tag)
    return "number" if control.get("inputmode") in ("decimal", "numeric") else control.get("type") or "text"


def _controls(form: Any) -> Iterator[tuple[str, list[Any]]]:
    by_name: dict[str, list[Any]] = defaultdict(list)
    for control in form.inputs:
        if control.name and control.get("type") not in _NOT_FILLED:
            by_name[control.name].append(control)
    yield from by_name.items()


def _tick(controls: list[Any], chosen: Any) -> None:
    if chosen is None:
        return
    wanted = set(chosen) if isinstance(chosen, (list, tuple)) else {chosen}
    for control in controls:
        ticked = (control.get("value") or "on") in wanted or (chosen is True)
        if ticked:
            control.set("checked", "checked")
        elif "checked" in control.attrib:
            del control.attrib["checked"]


def _enter(control: Any, kind: str, entered: Any) -> None:
    if kind == "select":
        if control.multiple:
            control.value = set(entered if isinstance(entered, list) else [entered])
        elif entered in control.value_options:
            control.value = entered
    elif kind == "textarea":
        control.value = str(entered)
    else:
        control.set("value", str(entered))
