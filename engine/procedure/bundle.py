"""A procedure's files as one immutable bundle, named by the digest of what they say."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from engine.domain.text import Text
from engine.errors import Misconfigured
from engine.procedure.safe_zip import Archive, Damaged, TooMuch

VERSION_FILE = "version.yaml"
MAX_FILES = 1_000
MAX_FILE_BYTES = 5_000_000
MAX_BYTES = 40_000_000
SUFFIXES = frozenset({".yaml", ".bpmn", ".dmn", ".form"})
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """The files of one procedure by their path inside its folder; equal contents have equal digests on every machine."""

    files: Mapping[str, bytes]

    def __post_init__(self) -> None:
        _refuse_excess(self.files)
        object.__setattr__(self, "files", MappingProxyType({path: self.files[path] for path in sorted(self.files)}))

    def __hash__(self) -> int:
        """Equal bundles hash alike, so that what was worked out about one can be kept."""
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over paths and contents; ``version.yaml`` is no part of it and line endings make no difference."""
        sha = hashlib.sha256()
        for path, content in self.files.items():
            if path != VERSION_FILE:
                for part in (path.encode(), content.replace(b"\r\n", b"\n")):
                    sha.update(len(part).to_bytes(8, "big") + part)
        return sha.hexdigest()

    def named(self, suffix: str, folder: str = "") -> dict[str, bytes]:
        """The files with this suffix that lie directly in the folder, by path."""
        parent = PurePosixPath(folder)
        return {path: data for path, data in self.files.items() if path.endswith(suffix) and PurePosixPath(path).parent == parent}

    def to_bytes(self) -> bytes:
        """A zip archive; the same files give the same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path, content in self.files.items():
                entry = zipfile.ZipInfo(path, EPOCH)
                entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
                archive.writestr(entry, content)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Bundle:
        """The bundle that ``to_bytes`` wrote; anything else is ``Misconfigured``."""
        try:
            archive = Archive(data, MAX_FILES, MAX_BYTES)
            return cls({part.filename: archive.read(part) for part in archive.parts})
        except TooMuch as problem:
            raise _excess() from problem
        except Damaged as problem:
            raise _refusal("这不是规程包，或者文件坏了。", "This is no procedure bundle, or it is damaged.") from problem


def load_folder(path: Path | str) -> Bundle:
    """Every procedure file below the folder; hidden files, links and other suffixes are left out."""
    root = Path(path)
    if not (root / "procedure.yaml").is_file():
        raise _refusal(f"文件夹 {root.name} 里没有 procedure.yaml。", f"The folder {root.name} has no procedure.yaml.")
    found = {file.relative_to(root): file for file in sorted(root.rglob("*")) if _counts(file, root)}
    _refuse_size(len(found), sum(file.stat().st_size for file in found.values()))
    return Bundle({short.as_posix(): file.read_bytes() for short, file in found.items()})


def _counts(file: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
    return file.suffix in SUFFIXES and file.is_file() and not file.is_symlink() and not hidden


def _refuse_excess(files: Mapping[str, bytes]) -> None:
    _refuse_size(len(files), sum(map(len, files.values())))
    for path, content in files.items():
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path or pure.as_posix() != path:
            raise _refusal(f"文件名 {path} 不能用。", f"The file name {path} cannot be used.")
        if len(content) > MAX_FILE_BYTES:
            raise _refusal(
                f"{path} 超过 {MAX_FILE_BYTES // 10**6} MB。", f"{path} is larger than {MAX_FILE_BYTES // 10**6} MB.", path
            )


def _refuse_size(count: int, size: int) -> None:
    if count > MAX_FILES or size > MAX_BYTES:
        raise _excess()


def _excess() -> Misconfigured:
    limits = (MAX_FILES, MAX_BYTES // 10**6)
    zh, en = "规程最多 {} 个文件、{} MB。", "A procedure has at most {} files and {} MB."
    return _refusal(zh.format(*limits), en.format(*limits))


def _refusal(zh: str, en: str, file: str | None = None) -> Misconfigured:
    mend = Text(
        "请选含 procedure.yaml 的规程文件夹或导出的规程包。",
        "Choose a procedure folder with procedure.yaml, or an exported bundle.",
    )
    return Misconfigured(Text(zh, en), mend, file)
