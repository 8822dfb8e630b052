"""Parsing XML that people upload: no entities, no network, no document type, a size limit."""

from __future__ import annotations

import re

from lxml import etree

from engine.domain.text import Text
from engine.procedure.findings import Findings, Place

MAX_XML_BYTES = 5_000_000
MAX_DEPTH = 200
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
MEND = Text("请用本系统的编辑器重新保存这个文件。", "Save the file again with the editor of this system.")


def parse_xml(data: bytes, file: str, findings: Findings) -> etree._Element | None:
    """The root element, or None after noting why the file cannot be read."""
    if len(data) > MAX_XML_BYTES:
        size = MAX_XML_BYTES // 10**6
        findings.error(
            "xml-size",
            Place(file),
            Text(f"文件超过 {size} MB，没有读取。", f"The file is larger than {size} MB and was not read."),
            MEND,
        )
        return None
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as problem:
        _note_syntax(problem, data, file, findings)
        return None
    return root if _plain(root, file, findings) else None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _plain(root: etree._Element, file: str, findings: Findings) -> bool:
    if root.getroottree().docinfo.internalDTD is not None:
        _note_doctype(file, findings)
        return False
    if _deeper_than(root, MAX_DEPTH):
        findings.error("xml-depth", Place(file), Text("元素嵌套太深。", "The elements are nested too deeply."), MEND)
        return False
    return True


def _note_syntax(problem: etree.XMLSyntaxError, data: bytes, file: str, findings: Findings) -> None:
    if DOCTYPE.search(data):
        _note_doctype(file, findings)
        return
    place = Place(file, problem.lineno)
    findings.error("xml", place, Text(f"不是完好的 XML：{problem.msg}。", f"This is not well-formed XML: {problem.msg}."), MEND)


def _note_doctype(file: str, findings: Findings) -> None:
    text = Text("文件里有 DOCTYPE 声明，为安全起见不读取。", "The file has a DOCTYPE declaration, which is refused for safety.")
    findings.error("doctype", Place(file, 1), text, Text("请删去 <!DOCTYPE …> 一行。", "Delete the <!DOCTYPE …> line."))


def _deeper_than(root: etree._Element, depth: int) -> bool:
    level = [root]
    for _ in range(depth):
        level = [child for parent in level for child in parent]
        if not level:
            return False
    return True
