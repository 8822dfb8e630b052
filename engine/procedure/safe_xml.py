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
_WHOLE = Text("请在原来的工具里重新导出，传完整的文件。", "Export it again from its tool, and send the whole file.")
_UTF8 = Text("请把文件另存为 UTF-8 编码。", "Save the file in the encoding UTF-8.")
_RIGHT = Text("请按行号找到这一处改正，或在原来的工具里重新导出。", "Mend it at this line, or export it again from its tool.")
#: What the XML library's numbers mean: the sentence and its mend; its own words are English alone.
_SYNTAX = {
    4: (Text("文件开头不是 XML", "it does not begin as XML"), _WHOLE),
    5: (Text("结尾之后还有别的内容", "something follows after its end"), _WHOLE),
    9: (Text("含有不允许的字符", "it holds a character that is not allowed"), _RIGHT),
    23: (Text("& 要写成 &amp;", "an & must be written &amp;"), _RIGHT),
    26: (Text("用了没有定义的实体", "it uses an entity that is not defined"), _RIGHT),
    38: (Text("属性里的 < 要写成 &lt;", "a < in an attribute must be written &lt;"), _RIGHT),
    42: (Text("同一个属性写了两遍", "an attribute is written twice"), _RIGHT),
    68: (Text("& 要写成 &amp;", "an & must be written &amp;"), _RIGHT),
    76: (Text("开始和结束的标签对不上", "an opening and a closing tag do not match"), _RIGHT),
    77: (Text("文件在中间断了", "it breaks off in the middle"), _WHOLE),
    99: (Text("命名空间的地址不合规，多半是有空格", "the address of a namespace is not valid: perhaps a space"), _RIGHT),
    201: (Text("用了没有声明的命名空间前缀", "it uses a namespace prefix that is not declared"), _RIGHT),
}
_TOO_DEEP, _ENCODING = 114, frozenset({32, 81})


def parse_xml(data: bytes, file: str, findings: Findings) -> etree._Element | None:
    """The root element, or None after noting why the file cannot be read."""
    if len(data) > MAX_XML_BYTES:
        size = MAX_XML_BYTES // 10**6
        findings.error(
            "xml-size",
            Place(file, 1),
            Text(f"文件超过 {size} MB，没有读取。", f"The file is larger than {size} MB and was not read."),
            MEND,
        )
        return None
    if not data.strip():
        findings.error("empty-file", Place(file, 1), Text("文件是空的。", "The file is empty."), _WHOLE)
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
    deep = _below(root, MAX_DEPTH)
    if deep is not None:
        _note_depth(_line(deep), file, findings)
    return deep is None


def _note_syntax(problem: etree.XMLSyntaxError, data: bytes, file: str, findings: Findings) -> None:
    if DOCTYPE.search(data):
        _note_doctype(file, findings)
        return
    # The library's types do not tell of the number that it gives.
    place, code = Place(file, problem.lineno), int(getattr(problem, "code", 0))
    if code == _TOO_DEEP:
        _note_depth(problem.lineno, file, findings)
    elif code in _ENCODING:
        text = Text("文件的编码和它自己写的不一致，读不出来。", "The file is not in the encoding it names and cannot be read.")
        findings.error("encoding", place, text, _UTF8)
    else:
        why, mend = _SYNTAX.get(code, (Text("这里的写法不对", str(problem.msg)), _RIGHT))
        text = Text(f"不是完好的 XML：{why.zh}。", f"This is not well-formed XML: {why.en}.")
        findings.error("xml", place, text, mend)


def _note_depth(line: int | None, file: str, findings: Findings) -> None:
    findings.error("xml-depth", Place(file, line), Text("元素嵌套太深。", "The elements are nested too deeply."), MEND)


def _note_doctype(file: str, findings: Findings) -> None:
    text = Text("文件里有 DOCTYPE 声明，为安全起见不读取。", "The file has a DOCTYPE declaration, which is refused for safety.")
    findings.error("doctype", Place(file, 1), text, Text("请删去 <!DOCTYPE …> 一行。", "Delete the <!DOCTYPE …> line."))


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _below(root: etree._Element, depth: int) -> etree._Element | None:
    """An element that lies deeper than this, None when there is none."""
    level = [root]
    for _ in range(depth):
        level = [child for parent in level for child in parent]
        if not level:
            return None
    return level[0]
