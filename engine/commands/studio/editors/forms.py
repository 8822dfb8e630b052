"""A form of a draft changed piece by piece; a field that it needs is made in the vocabulary by the same command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from engine.commands.context import Procedures
from engine.commands.studio.editors.fields import new_field, require
from engine.commands.studio.editors.given import HELP, PROSE, Given, Raw, spare
from engine.commands.studio.editors.typing import bounds_of_piece
from engine.commands.studio.saving import NEW, Edit, Files, edit
from engine.commands.versions.editing import Saved
from engine.domain.actor import Actor
from engine.domain.text import Text
from engine.procedure import Bundle
from engine.procedure.expressions import Compiler
from engine.procedure.findings import Findings, Place
from engine.procedure.forms.component import WRITES
from engine.procedure.forms.reader import is_pattern
from engine.procedure.manifest import names_of
from engine.procedure.reading import FIELDS_FILE, FORMS_FOLDER, Reading, read_all
from engine.procedure.safe_yaml import read_yaml
from engine.procedure.vocabulary import Field, read_vocabulary
from engine.procedure.writing import forms
from engine.procedure.writing.conditions import ALL, ANY, BARE, COMPARISONS, SEVERAL, Condition, Shown, hiding_all
from engine.procedure.writing.merging import content_of, rewritten
from engine.storage.work import Work

FIELD, GROUP, WORDS = "field", "group", "words"
ALWAYS, WHEN, FEEL = "always", "when", "feel"
#: As many comparisons as a page offers at once; the second is posted as field_2, comparison_2, values_2.
MOST_CONDITIONS = 6
WIDTHS = ("", "wide", "half", "third")
_FORM_THERE = Text("已有同名的表单，请换个名字。", "There is a form of this name already: use another.")
_KIND = Text("这个字段不能这样填写，请另选一种。", "This field cannot be filled in so: choose another way.")
_FIELD = Text("请选看哪个字段。", "Choose the field to look at.")
_COMPARISON = Text("请选怎样比较。", "Choose how to compare.")
_VALUE = Text("请选或填一个值。", "Choose or write a value.")
_PERSONAL = Text("“{name}”是个人信息，不能用作条件。", "“{name}” is personal and cannot be a condition.")
_PATTERN = Text("这个格式读不懂，例如六位数字写成 [0-9]{6}。", "This pattern cannot be read; six digits are [0-9]{6}.")
_CLAUSE = Text("条款清单里没有“{key}”。", "There is no clause “{key}”.")
_TWICE = Text("这张表单上已经在填“{name}”。", "The form asks for “{name}” already.")


@dataclass(frozen=True, slots=True)
class AddPiece:
    """One more piece in a group ("" for none): a field, a new field, a group or words; ``given`` as posted."""

    at: Edit
    what: str
    inside: str
    given: Raw


@dataclass(frozen=True, slots=True)
class ChangePiece:
    """A piece as it is to be; ``given`` as posted."""

    at: Edit
    ref: str
    given: Raw


@dataclass(frozen=True, slots=True)
class MovePiece:
    """A piece further up (below 0) or down, or with ``inside`` given into that group, before that piece or last."""

    at: Edit
    ref: str
    by: int = 0
    inside: str | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class RemovePiece:
    """A piece and all that stands in it go."""

    at: Edit
    ref: str


@dataclass(frozen=True, slots=True)
class NewForm:
    """An empty form; its name is ``given`` as posted."""

    draft_id: str
    given: Raw
    take_over: bool = False


def handle_add(command: AddPiece, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The ref of the new piece."""
    made: list[str] = []

    def make(bundle: Bundle) -> Files:
        files, ref = _added(bundle, command)
        made.append(ref)
        return files

    edit(command.at, make, work, procedures, actor, now)
    return made[0]


def handle_change(command: ChangePiece, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """InvalidValues at the posted names."""
    return edit(command.at, partial(_changed, command), work, procedures, actor, now)


def handle_move(command: MovePiece, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """Where it stands already is no refusal."""

    def make(bundle: Bundle) -> Files:
        data = bundle.files[command.at.path]
        if command.inside is None:
            return {command.at.path: forms.shifted(data, command.ref, command.by)}
        return {command.at.path: forms.moved(data, command.ref, command.inside, command.before)}

    return edit(command.at, make, work, procedures, actor, now)


def handle_remove(command: RemovePiece, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> Saved:
    """The field stays in the vocabulary."""
    path = command.at.path
    return edit(command.at, lambda bundle: {path: forms.removed(bundle.files[path], command.ref)}, work, procedures, actor, now)


def handle_new(command: NewForm, work: Work, procedures: Procedures, actor: Actor, now: datetime) -> str:
    """The path of the new form; one is chosen where none was given."""
    given, made = Given(command.given), [""]

    def make(bundle: Bundle) -> Files:
        name = given.name("name", spare("form", {PurePosixPath(path).stem for path in bundle.named(".form", FORMS_FOLDER)}))
        made[0] = forms.FORMS.format(name)
        if made[0] in bundle.files:
            given.fault("name", _FORM_THERE)
        given.refuse()
        return {made[0]: forms.empty_form(name)}

    edit(Edit(command.draft_id, NEW, "", command.take_over), make, work, procedures, actor, now)
    return made[0]


def _added(bundle: Bundle, command: AddPiece) -> tuple[Files, str]:
    given, path = Given(command.given), command.at.path
    data = bundle.files[path]
    files: dict[str, bytes | None] = {}
    if command.what == GROUP:
        piece = forms.grouping(data, given.both("group_name", needed=True))
    elif command.what == WORDS:
        piece = forms.explaining(data, given.both("words", PROSE, needed=True))
    else:
        field, known = _chosen(bundle, command.what, given, files)
        _refuse_second(given, data, field, "key" if command.what == FIELD else "new_name")
        piece = forms.asking(field, known)
    given.refuse()
    return {**files, path: forms.added(data, piece, command.inside)}, str(piece["id"])


def _chosen(bundle: Bundle, what: str, given: Given, files: dict[str, bytes | None]) -> tuple[Field, dict[str, Field]]:
    """The field that is asked for; a new one is written into the vocabulary's file."""
    source = read_yaml(bundle.files.get(FIELDS_FILE), FIELDS_FILE, Findings())
    known = read_vocabulary(source, Findings())
    if what == FIELD:
        return require(given, given.one("key"), known, "key"), known
    key, entry = new_field(given, known)
    given.refuse()
    written = bundle.files.get(FIELDS_FILE, b"")
    files[FIELDS_FILE] = rewritten(written, {**content_of(written), key: entry})
    known = read_vocabulary(read_yaml(files[FIELDS_FILE], FIELDS_FILE, Findings()), Findings())
    return known[key], known


def _refuse_second(given: Given, data: bytes, field: Field, name: str) -> None:
    if field.key in forms.keys_on(data):
        given.fault(name, Text(_TWICE.zh.format(name=field.label.zh), _TWICE.en.format(name=field.label.en)))


def _changed(command: ChangePiece, bundle: Bundle) -> Files:
    path, reading, given = command.at.path, read_all(bundle, Findings()), Given(command.given)
    piece = next((one for one in forms.pieces_of(bundle.files[path]) if one.ref == command.ref), None)
    field = reading.vocabulary.get(piece.key) if piece else None
    wanted = forms.Wanted(
        kind=_kind(given, piece, field),
        label=given.both("label", needed=piece is not None and piece.kind == forms.GROUP),
        help=given.both("help", HELP),
        text=given.both("text", PROSE, needed=piece is not None and piece.kind == forms.WORDS),
        required=given.ticked("required"),
        readonly=given.ticked("readonly"),
        hide=_hide(given, reading),
        width=given.one("width") if given.one("width") in WIDTHS else "",
        clause=_clauses(given, reading),
        bounds=bounds_of_piece(given) | _pattern(given),
        pattern_told=given.both("own_told", HELP) if given.posted("own_told") else None,
    )
    given.refuse()
    return {path: forms.changed(bundle.files[path], command.ref, wanted)}


def _pattern(given: Given) -> dict[str, str]:
    """The pattern of this form, if it was posted; one that nobody can match is refused in FEEL's own words."""
    if not given.posted("own_pattern"):
        return {}
    pattern = given.one("own_pattern")
    if pattern and not is_pattern(pattern):
        given.fault("own_pattern", _PATTERN)
    return {forms.PATTERN: pattern}


def _kind(given: Given, piece: forms.Piece | None, field: Field | None) -> str:
    kind = given.one("kind") or (piece.kind if piece else "")
    if field is not None and piece is not None and kind != piece.kind and field.type not in WRITES.get(kind, ()):
        given.fault("kind", _KIND)
    return kind


def _hide(given: Given, reading: Reading) -> str:
    """The expression that hides it, by whichever way it was said."""
    way = given.one("show")
    if way == FEEL:
        return _written(given, reading)
    if way != WHEN:
        return ""
    found = [_compared(given, reading, "" if number == 1 else f"_{number}") for number in range(1, MOST_CONDITIONS + 1)]
    parts = tuple(one for one in found if one is not None)
    if not parts:
        given.fault("field", _FIELD)
    if given.faults:
        return ""
    join = ANY if given.one("join") == ANY else ALL
    return _readable(given, "values", hiding_all(Shown(join, parts), reading.vocabulary), reading)


def _compared(given: Given, reading: Reading, row: str) -> Condition | None:
    """One row of the conditions; None where no field is chosen in it."""
    field, comparison = reading.vocabulary.get(given.one(f"field{row}")), given.one(f"comparison{row}")
    several = given.many(f"values{row}")
    values = [] if comparison in BARE else several if comparison in SEVERAL else several[:1]
    if field is None:
        return None
    if field.personal:
        given.fault(f"field{row}", Text(_PERSONAL.zh.format(name=field.label.zh), _PERSONAL.en.format(name=field.label.en)))
    if comparison not in COMPARISONS:
        given.fault(f"comparison{row}", _COMPARISON)
    elif comparison not in BARE and (not values or not _fits(field, values)):
        given.fault(f"values{row}", _VALUE)
    return Condition(field.key, comparison, tuple(values))


def _fits(field: Field, values: list[str]) -> bool:
    """Whether the values are choices of the field, if it has any."""
    if field.type == "boolean":
        return all(value in ("true", "false") for value in values)
    return not field.choices or all(field.choice(value) for value in values)


def _written(given: Given, reading: Reading) -> str:
    """When it hides, in FEEL."""
    source = given.one("feel").removeprefix("=").strip()
    return _readable(given, "feel", f"={source}", reading) if source else ""


def _readable(given: Given, name: str, source: str, reading: Reading) -> str:
    """The expression, after noting why nobody can read it, or what in it is no field."""
    findings = Findings()
    compiled = Compiler(reading.names, findings).compile(source.removeprefix("="), Place(name))
    for problem in findings:
        given.fault(name, problem.text)
    strange = sorted(compiled.variables - reading.names) if compiled else []
    if strange:
        said = "、".join(strange), ", ".join(strange)
        given.fault(name, Text(f"词汇里没有“{said[0]}”。", f"The vocabulary has no “{said[1]}”."))
    return source


def _clauses(given: Given, reading: Reading) -> str:
    found = names_of(given.one("clause"))
    for key in found:
        if key not in reading.clauses:
            given.fault("clause", Text(_CLAUSE.zh.format(key=key), _CLAUSE.en.format(key=key)))
    return ",".join(found)
