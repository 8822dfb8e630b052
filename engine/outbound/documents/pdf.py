"""HTML to PDF: embedded fonts, running head, no way to any address."""

from __future__ import annotations

import logging
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any

from engine.outbound.documents import fonts

# Pango keeps state of its own beside Python, and a second layout at the same time would be no faster.
_ONE_AT_A_TIME = Lock()
#: The print stylesheet; `to_pdf` lays it under every document, and a page may serve it with `media="print"`.
STYLE = files(__name__.rpartition(".")[0]).joinpath("print.css").read_text(encoding="utf-8")


def to_pdf(html: str, *, base_css: str = STYLE) -> bytes:
    """The PDF of a whole HTML document, A4, with every font that it needs embedded.

    Only ``data:`` addresses are read: nothing in the document reaches the network or a file. The running head is what stands in
    ``.doc-head-left`` and ``.doc-head-right``, the foot in ``.doc-foot`` beside page x / y; ``@page`` rules of the document's own
    ``<style>`` may turn it to landscape. Unavailable, naming the packages to install, where Pango or a Chinese font is missing.
    """
    fonts.require()
    from weasyprint import CSS, HTML

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    closed = _closed()
    with _ONE_AT_A_TIME:
        document = HTML(string=html, url_fetcher=closed)
        made: bytes = document.write_pdf(stylesheets=[CSS(string=base_css, url_fetcher=closed)], pdf_tags=True)
    return made


@lru_cache(maxsize=1)
def _closed() -> Any:
    from weasyprint import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)
