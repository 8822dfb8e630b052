"""Files from any editor become part of a procedure: one file, several, or a whole folder in a zip archive."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.bundle import MAX_BYTES, MAX_FILE_BYTES, MAX_FILES, SUFFIXES, Bundle
from engine.procedure.manifest import FILE as MANIFEST
from engine.procedure.reading import FORMS_FOLDER
from engine.procedure.safe_zip import BEGINS, Archive, Damaged, Part, TooMuch

#: So many bytes a part of a path: file systems take 255, and what is exported gets endings while it is written.
_LONGEST_NAME = 200
_MEND = Text(
    "请上传 .bpmn、.dmn、.form、.yaml 文件，或装有它们的 zip。",
    "Upload a .bpmn, .dmn, .form or .yaml file, or a zip that holds such files.",
)


def take_in(base: Bundle, name: str, content: bytes) -> Bundle:
    """The base with the uploaded files in it; an archive with a procedure.yaml takes its place as a whole."""
    if not content.startswith(BEGINS) and not name.lower().endswith(".zip"):
        return Bundle({**base.files, _place(base, name): content})
    files = dict(_unpacked(content))
    roots = sorted(
        (PurePosixPath(path).parent for path in files if PurePosixPath(path).name == MANIFEST), key=lambda root: len(root.parts)
    )
    if roots:
        return Bundle(dict(_below(roots[0], files)))
    if not files:
        raise _refusal("压缩包里没有规程文件。", "The archive holds no files of a procedure.")
    return Bundle({**base.files, **{_place(base, path): data for path, data in files.items()}})


def _place(base: Bundle, name: str) -> str:
    """Where a file belongs that comes without its folder: where one of that name lies, else by its kind."""
    pure = PurePosixPath(name.replace("\\", "/"))
    _refuse_name(pure)
    if pure.suffix not in SUFFIXES or pure.name.startswith("."):
        raise _refusal(f"“{pure.name}”不是规程的文件。", f'"{pure.name}" is no file of a procedure.')
    there = [path for path in base.files if PurePosixPath(path).name == pure.name]
    if len(there) == 1:
        return there[0]
    return f"{FORMS_FOLDER}/{pure.name}" if pure.suffix == ".form" else pure.name


def _refuse_name(path: PurePosixPath) -> None:
    """A name that no folder could hold is refused before it is kept; one with a control sign would be kept as another."""
    if any(len(part.encode()) > _LONGEST_NAME for part in path.parts):
        short = f"{path.name[:20]}…"
        raise _refusal(
            f"文件名“{short}”太长，最多 {_LONGEST_NAME} 个字节（约 {_LONGEST_NAME // 3} 个汉字）。",
            f'The file name "{short}" is too long: it may have {_LONGEST_NAME} bytes.',
        )
    if not str(path).isprintable():
        shown = "".join(sign if sign.isprintable() else "?" for sign in path.name)
        raise _refusal(
            f"文件名“{shown}”里有看不见的字符，不能用。",
            f'The file name "{shown}" holds an invisible character and cannot be used.',
        )


def _below(root: PurePosixPath, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for path, data in files.items():
        pure = PurePosixPath(path)
        if pure.is_relative_to(root):
            yield pure.relative_to(root).as_posix(), data


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        archive = Archive(content, MAX_FILES, MAX_BYTES)
        for entry in _wanted(archive.parts):
            yield entry.filename, archive.read(entry)
    except TooMuch as problem:
        raise _refusal(
            f"压缩包里最多 {MAX_FILES} 个文件、{MAX_BYTES // 10**6} MB。",
            f"An archive may hold {MAX_FILES} files and {MAX_BYTES // 10**6} MB at most.",
        ) from problem
    except Damaged as problem:
        raise _refusal(
            "压缩包已损坏或加了密码，打不开。", "The archive is damaged or has a password and cannot be opened."
        ) from problem


def _wanted(entries: list[Part]) -> list[Part]:
    """The entries that belong to a procedure, none of them read yet; what is dangerous is refused, what is strange left out."""
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or stat.S_ISLNK(entry.external_attr >> 16):
            raise _refusal(
                f"压缩包里的文件名“{entry.filename}”不能用。",
                f'The archive holds the name "{entry.filename}", which cannot be used.',
            )
        if entry.file_size > MAX_FILE_BYTES:
            size = MAX_FILE_BYTES // 10**6
            raise _refusal(f"{entry.filename} 超过 {size} MB。", f"{entry.filename} is larger than {size} MB.")
    wanted = [entry for entry in entries if _belongs(PurePosixPath(entry.filename))]
    for entry in wanted:
        _refuse_name(PurePosixPath(entry.filename))
    return wanted


def _belongs(path: PurePosixPath) -> bool:
    return path.suffix in SUFFIXES and not any(part.startswith((".", "__")) for part in path.parts)


def _refusal(zh: str, en: str) -> Misconfigured:
    return Misconfigured(Text(zh, en), _MEND)
