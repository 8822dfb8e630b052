"""Whether this machine can write Chinese, asked once of what draws the text."""

from __future__ import annotations

from functools import lru_cache

from engine.domain.text import Text
from engine.errors import Unavailable

PACKAGES = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
NO_PANGO = Text(
    f"这台服务器不能生成 PDF：缺少 Pango。请管理员安装：{PACKAGES}。在此之前可以用浏览器打印本页。",
    f"This server cannot make PDF files: Pango is missing. Ask the administrator to run: {PACKAGES}. Until then, print the page.",
)
NO_FONT = Text(
    f"这台服务器不能生成 PDF：没有中文字体。请管理员安装：{PACKAGES}。在此之前可以用浏览器打印本页。",
    "This server cannot make PDF files: it has no Chinese font. "
    f"Ask the administrator to run: {PACKAGES}. Until then, print the page.",
)
#: Families with simplified Chinese, the first that is there is used; the stylesheet names the same ones.
FAMILIES = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei", "PingFang SC")


@lru_cache(maxsize=1)
def require() -> None:
    """Return once PDF files can be made here; Unavailable, naming the packages, when they cannot."""
    try:
        from weasyprint.text.ffi import ffi, fontconfig
    except OSError as missing:
        raise Unavailable(NO_PANGO) from missing
    if not any(_is_there(ffi, fontconfig, family) for family in FAMILIES):
        raise Unavailable(NO_FONT)


def _is_there(ffi, fontconfig, family: str) -> bool:  # type: ignore[no-untyped-def]
    # Fontconfig always answers with some font: a family is there when the answer bears its name.
    pattern = fontconfig.FcPatternCreate()
    config = fontconfig.FcInitLoadConfigAndFonts()
    fontconfig.FcPatternAddString(pattern, b"family", family.encode())
    fontconfig.FcConfigSubstitute(config, pattern, fontconfig.FcMatchFont)
    fontconfig.FcDefaultSubstitute(pattern)
    found = fontconfig.FcFontMatch(config, pattern, ffi.new("FcResult *"))
    name = ffi.new("FcChar8 **")
    position, names = 0, []
    while fontconfig.FcPatternGetString(found, b"family", position, name) == fontconfig.FcResultMatch:
        names.append(ffi.string(name[0]).decode())
        position += 1
    for made in (found, pattern):
        fontconfig.FcPatternDestroy(made)
    fontconfig.FcConfigDestroy(config)
    return family in names
