"""Recording a call: the household first, then the intake form of the procedure in force."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine import errors
from engine.commands import cases, intake
from engine.domain.text import Text
from engine.queries import intake as queries
from engine.queries.similar import Typed, Whole, similar
from webforms import filling, refusals, visit
from webforms.navigation import case_address
from webforms.wording import said, t

blueprint = Blueprint("record", __name__)
#: Columns of the register that a household fills, and where they come from.
FILLS = {"complainant_name": "name", "complainant_phone": "phone", "address": "address"}
#: Columns of the register whose words say what a call is about.
WORDS_OF = ("subject", "text", "place")


@blueprint.get("/record")
def page() -> Response:
    """An empty form, with the household already chosen when the address names one."""
    offered = queries.intake(visit.reader(), visit.actor())
    household = queries.household_by_id(visit.reader(), visit.actor(), request.args.get("household", ""))
    return _page(offered, _filled(_as_last_time(offered), offered, household), household)


@blueprint.get("/record/household")
def household() -> str:
    """The households that a room or telephone number finds, as a part of the page."""
    found = queries.find_households(visit.reader(), visit.actor(), request.args.get("_q", ""))
    return render_template("record/found.html", found=found, searched=request.args.get("_q", "").strip())


@blueprint.post("/record/similar")
def earlier() -> str:
    """The earlier cases that are like what was typed so far, as a part of the page."""
    offered = queries.intake(visit.reader(), visit.actor())
    chosen = _chosen()
    typed = filling.typed()
    return render_template("record/similar.html", **_beside(offered, typed, chosen))


@blueprint.post("/record/fields")
def fields() -> str:
    """The form's fields alone, for the answers given so far."""
    offered = queries.intake(visit.reader(), visit.actor())
    return render_template(
        "rendering/fields_part.html", drawn=_drawn(offered, filling.typed(), {}, _chosen()), update_to=url_for("record.fields")
    )


@blueprint.post("/record")
def save() -> Response:
    """Record the complaint, then the next call or the case; what cannot be taken is shown with everything typed."""
    offered = queries.intake(visit.reader(), visit.actor())
    chosen = _chosen()
    if "_again" in request.form:
        return _again(offered, request.form["_again"])
    if filling.only_redraws():
        return _redrawn(offered, chosen)
    too_large = filling.oversized(offered.form)
    if too_large:
        return _page(offered, filling.typed(), chosen, too_large, status=413)
    session["estate"], session["channel"] = _estate(offered, chosen), filling.typed().get(offered.register.get("channel", ""))
    household_id, linked_id = chosen.id if chosen else None, request.form.get("_linked") or None
    where, typed = _estate(offered, chosen), filling.typed()
    command = intake.Register(where, typed, filling.request_id(), household_id, linked_id, _event() or None)
    try:
        receipt = visit.execute(command)
    except errors.InvalidValues as refusal:
        return _page(offered, typed, chosen, refusal.fields, refusal.text, refusals.status_of(refusal))
    except errors.InvalidState as refusal:
        if not command.event_id:
            raise
        return _page(offered, typed, chosen, None, refusal.text, refusals.status_of(refusal))
    _attach(offered.form, receipt.case_id)
    flash(t("record.saved", number=receipt.number), "success")
    return _onward(url_for("record.page") if "_next" in request.form else case_address(receipt.case_id))


def _onward(address: str) -> Response:
    """To the next page; a script that shows how files go up would lose its notices on the way, and is told where it is."""
    if "RD-Progress" in request.headers:
        return filling.carried_out(Response(status=204, headers={"RD-Location": address}))
    return filling.carried_out(redirect(address, 303))


def _redrawn(offered: queries.Intake, chosen: queries.Household | None) -> Response:
    """The form again, with the household just taken, also the only one found, or with the category suggested."""
    typed = filling.typed()
    if "_find" in request.form and chosen is None:
        found = queries.find_households(visit.reader(), visit.actor(), request.form.get("_q", ""))
        chosen = found[0] if len(found) == 1 else None
    if chosen is not None and {"_take", "_find"} & set(request.form):
        typed = _filled(typed, offered, chosen)
    if "_suggest" in request.form:
        typed = {**typed, offered.register["category"]: request.form["_suggest"]}
    return _page(offered, typed, chosen)


def _as_last_time(offered: queries.Intake) -> dict[str, Any]:
    """Whoever sits at the telephone records one call after the other."""
    key, last = offered.register.get("channel"), session.get("channel")
    return {key: last} if key and last else {}


def _again(offered: queries.Intake, case_id: str) -> Response:
    """No new complaint: what was typed is kept with the case that it is about."""
    receipt = visit.execute(cases.LogContact(case_id, _said_of(offered, filling.typed()) or t("record.again_said")))
    _attach(offered.form, case_id)
    flash(f"{receipt.number} · {said(receipt.said)}", "success")
    return _onward(case_address(case_id))


def _event() -> str:
    return request.form.get("_event", "")


def _said_of(offered: queries.Intake, typed: dict[str, Any]) -> str:
    keys = (offered.register[column] for column in WORDS_OF if column in offered.register)
    return " ".join(words for key in keys if (words := str(typed.get(key) or "").strip()))


def _similar(offered: queries.Intake, typed: dict[str, Any], household: queries.Household | None) -> Whole:
    category = str(typed.get(offered.register.get("category", "")) or "") or None
    place, words = _estate(offered, household), _said_of(offered, typed)
    return similar(visit.reader(), visit.actor(), Typed(place, household.id if household else None, category, words))


def _beside(offered: queries.Intake, typed: dict[str, Any], household: queries.Household | None) -> dict[str, Any]:
    """Earlier cases, and the category that they suggest while none is chosen."""
    whole, key = _similar(offered, typed, household), offered.register.get("category", "")
    field = offered.procedure.vocabulary.get(key)
    open_to_choice = field is not None and key in offered.form.keys and not typed.get(key)
    suggested = field.choice(whole.category) if open_to_choice and whole.category else None
    return {"whole": whole, "event_id": _event(), "suggested": suggested, "category_key": key}


def _attach(form: Any, case_id: str) -> None:
    # The case exists before its files do: a file that cannot be taken never costs the complaint.
    for _, file in filling.files(form):
        try:
            visit.execute(cases.Attach(case_id, file.filename, file.stream.read()))
        except (errors.Rejection, errors.Unavailable) as refusal:
            flash(t("record.file_failed", name=file.filename, why=said(refusal.text)), "warning")


def _chosen() -> queries.Household | None:
    household_id = request.form.get("_take") or ("" if "_drop" in request.form else request.form.get("_household", ""))
    return queries.household_by_id(visit.reader(), visit.actor(), household_id)


def _filled(raw: dict[str, Any], offered: queries.Intake, household: queries.Household | None) -> dict[str, Any]:
    if household is None:
        return raw
    keys = {column: offered.register[column] for column in FILLS if offered.register.get(column) in offered.form.keys}
    return {**raw, **{key: getattr(household, FILLS[column]) or "" for column, key in keys.items()}}


def _estate(offered: queries.Intake, household: queries.Household | None) -> str:
    wished = household.estate_id if household else request.form.get("_estate") or session.get("estate")
    return str(wished) if wished in {estate.value for estate in offered.estates} else offered.estates[0].value


def _drawn(offered: queries.Intake, raw: dict[str, Any], faults: Any, household: queries.Household | None = None) -> Any:
    return filling.draw(
        offered.form, raw, {}, _estate(offered, household), faults, left_out=(offered.register.get("household", ""),)
    )


def _page(
    offered: queries.Intake,
    raw: dict[str, Any],
    household: queries.Household | None,
    faults: dict[str, Text] | None = None,
    notice: Text | None = None,
    status: int = 200,
) -> Response:
    typed = request.form.get("_q", "").strip()
    found = queries.find_households(visit.reader(), visit.actor(), typed) if typed and household is None else ()
    body = render_template(
        "record/page.html",
        offered=offered,
        drawn=_drawn(offered, raw, faults, household),
        household=household,
        found=found,
        searched=typed,
        estate_id=_estate(offered, household),
        notice=notice,
        request_id=filling.request_id(),
        typed=request.method == "POST",
        **_beside(offered, raw, household),
    )
    return make_response(body, status)
