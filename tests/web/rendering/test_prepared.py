"""What a process prepares once: compiled templates for all its applications, addresses when somebody asks for one."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment
from werkzeug.routing import BuildError, Map, Rule

from webforms.prepared import Address, Templates


def _environment(kept: Templates, **templates: str) -> Environment:
    return Environment(loader=DictLoader(templates), bytecode_cache=kept, autoescape=True)


def test_a_template_is_compiled_once_for_all_applications(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Templates()
    assert _environment(kept, page="{{ name }}!").get_template("page").render(name="a") == "a!"
    another = _environment(kept, page="{{ name }}!")
    monkeypatch.setattr(another, "_generate", None)  # it cannot compile anything
    assert another.get_template("page").render(name="<b>") == "&lt;b&gt;!"


def test_a_template_that_was_changed_is_compiled_anew() -> None:
    kept = Templates()
    _environment(kept, page="before").get_template("page")
    assert _environment(kept, page="after").get_template("page").render() == "after"
    assert _environment(kept, page="before").get_template("page").render() == "before"


@pytest.mark.parametrize("rule", ["/", "/cases/<case_id>", "/a/<path:path>", "/n/<int:number>/<self>"])
def test_an_address_is_written_as_the_library_writes_it(rule: str) -> None:
    values = {"case_id": "a b/ü", "path": "x/y z", "number": 7, "self": "me", "q": "楼道"}
    written = [Map([kind(rule, endpoint="e")]).bind("localhost").build("e", values) for kind in (Address, Rule)]
    assert written[0] == written[1]


def test_an_address_without_its_parts_is_refused() -> None:
    with pytest.raises(BuildError):
        Map([Address("/cases/<case_id>", endpoint="e")]).bind("localhost").build("e", {})


def test_addresses_are_compiled_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    library = Rule._compile_builder

    def noted(self: Rule, append_unknown: bool = True) -> object:
        compiled.append(self.rule)
        return library(self, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    there = Map([Address("/a", endpoint="a"), Address("/b", endpoint="b")]).bind("localhost")
    assert compiled == []
    assert [there.build("a"), there.build("a")] == ["/a", "/a"]
    assert compiled == ["/a"]
