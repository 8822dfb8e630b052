"""Documents in tests: issued as people do, and, where the paper itself does not matter, without laying it out."""

from __future__ import annotations

import io
import re
from datetime import date

from pypdf import PdfReader

from engine.commands.documents import IssueDocument
from engine.commands.receipt import Receipt
from engine.domain.actor import Actor
from engine.outbound.documents.composing import html_of
from engine.outbound.documents.pdf import STYLE, to_pdf
from engine.outbound.documents.press import Press
from engine.queries import documents
from tests.office import Case, Office


def plainly(office: Office) -> None:
    """From here on a PDF is a few plain bytes of its page's title: nothing is laid out, and no Pango is needed."""
    application = office.application
    application.lay_out = plain
    application.press.close()
    application.press = Press(application.settings.var_dir / "plain", plain)


def plain(html: str) -> bytes:
    """The title of a page, as if it were a PDF."""
    found = re.search("<title>(.*?)</title>", html)
    return f"%PDF {found[1] if found else ''}".encode()


def issue(case: Case, kind: str, login: str = "reception", *, ordinal: int = 1, language: str = "zh_Hans") -> Receipt:
    """Issue a document as that person, who saw this ordinal as the next."""
    receipt: Receipt = case.do(IssueDocument(case.id, kind, language, ordinal), login)
    return receipt


def look(office: Office, case_id: str, kind: str, actor: Actor | str = "reception") -> documents.Drawn:
    """What the document says now, for that person."""
    with office.application.read() as reader:
        return documents.drawn(reader, office.actor(actor) if isinstance(actor, str) else actor, case_id, kind)


def noticed(office: Office, text: str) -> Case:
    """An invalid complaint about which a notice is written."""
    case = office.register(complainant_name="李海", complainant_phone="13912345678")
    case.reach("visit_or_notice", validity="invalid", grounds_sufficient="insufficient", explanation_result="not_accepted")
    answers = {"clarification_kind": "public_notice", "clarification_on": date(2026, 9, 28), "notice_redacted": True}
    case.complete("visit_or_notice", clarification_text=text, **answers)
    return case


def printed(case: Case, kind: str, language: str = "zh_Hans", *, number: str | None = "N-1", roll: bool = False) -> PdfReader:
    """The document of a case as a PDF, opened; as one long ``roll`` no edition of a font can move words to another page."""
    drawn = look(case.office, case.id, kind, "supervisor")
    html = html_of(drawn, language, case.office.application.zone, number=number)
    return opened(to_pdf(html, base_css=f"{STYLE} @page {{ size: 210mm 3000mm }}" if roll else STYLE))


def opened(content: bytes) -> PdfReader:
    """A PDF, to be looked into."""
    return PdfReader(io.BytesIO(content))


def words(pdf: PdfReader) -> str:
    """Everything written in it, without any space: lines may break elsewhere with another edition of a font."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))


def fonts(pdf: PdfReader) -> dict[str, bool]:
    """Every font used, and whether it is inside the file."""
    found = {}
    for page in pdf.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            whole = font.get_object()
            for inner in whole.get("/DescendantFonts", [whole]):
                descriptor = inner.get_object().get("/FontDescriptor", {}).get_object()
                found[str(whole["/BaseFont"])] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found
