"""Diagrams broken by chance, the same way every time: what a transfer, a tool or a hand in the XML may have done to them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from random import Random

from lxml import etree

_HUGE = 5_200_000
_ODD = (
    "", " ", "0", "-1", "NaN", "1e400", "null", "Start", "End", "../../etc/passwd", "=", "${x}", "PT", "R/PT0S", "every(", "((((",
    'x = "', "()", "<b>", "]]>", "\u202e\u0301\U0001f600", "名 称", "a:b:c", "x" * 5_000, "1 div 0", "if then else",
    "a" * 300 + "(", "for x in [1..1000000000] return x",
)  # fmt: skip
_TAGS = (
    "task", "userTask", "subProcess", "process", "boundaryEvent", "callActivity", "definitions", "dataObjectReference", "lane",
    "adHocSubProcess", "sequenceFlow", "parallelGateway", "complexGateway", "eventBasedGateway", "timerEventDefinition",
    "endEvent", "nonsense",
)  # fmt: skip
_NOTHING = (
    b"", b" \n", b"\x00" * 50, b"\xef\xbb\xbf", b"<a/>", b"{}", b"PK\x03\x04", b"%PDF-1.4", b"<?xml?>", b"<", b"\xff\xfe",
)  # fmt: skip


def mutants(originals: Sequence[bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many broken files with what was done to each, made of these in turn."""
    chance = Random(seed)
    for number in range(count):
        source = originals[number % len(originals)]
        if number % 4:
            yield _in_the_tree(source, chance)
        else:
            done = _BYTES[number // 4 % len(_BYTES)]
            yield done.__name__, done(source, chance)


def _in_the_tree(source: bytes, chance: Random) -> tuple[str, bytes]:
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False))
    done = [chance.choice(_TREE) for _ in range(chance.choice((1, 1, 2, 5)))]
    for change in done:
        change(root, chance)
    return "+".join(change.__name__ for change in done), etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _some(root: etree._Element, chance: Random) -> etree._Element:
    return chance.choice(list(root.iter(etree.Element)))


def _inner(root: etree._Element, chance: Random) -> etree._Element | None:
    return chance.choice(found) if (found := list(root.iterdescendants(etree.Element))) else None


def drop(root: etree._Element, chance: Random) -> None:
    """An element is gone with all it holds."""
    gone = _inner(root, chance)
    if gone is not None and (parent := gone.getparent()) is not None:
        parent.remove(gone)


def unwrap(root: etree._Element, chance: Random) -> None:
    """The tag is gone, what it held stays."""
    gone = _inner(root, chance)
    if gone is not None and (parent := gone.getparent()) is not None:
        for child in list(gone):
            gone.addprevious(child)
        parent.remove(gone)


def double(root: etree._Element, chance: Random) -> None:
    """An element stands there twice, id and all."""
    one = _inner(root, chance)
    if one is not None:
        one.addnext(copy.deepcopy(one))


def move(root: etree._Element, chance: Random) -> None:
    """An element stands somewhere else."""
    one, place = _inner(root, chance), _some(root, chance)
    if one is not None and one is not place and one not in place.iterancestors():
        place.append(one)


def swap(root: etree._Element, chance: Random) -> None:
    """Two attributes have each other's values."""
    holders = [(one, name) for one in root.iter(etree.Element) for name in one.attrib]
    if len(holders) > 1:
        (one, name), (other, second) = chance.sample(holders, 2)
        said, instead = str(one.get(name)), str(other.get(second))
        one.set(name, instead)
        other.set(second, said)


def repoint(root: etree._Element, chance: Random) -> None:
    """A reference points to anything that has an id, or to nothing."""
    ids = [str(one.get("id")) for one in root.iter(etree.Element) if one.get("id")]
    pointing = [(one, name) for one in root.iter(etree.Element) for name in one.attrib if "Ref" in str(name) or name == "default"]
    if pointing and ids:
        one, name = chance.choice(pointing)
        one.set(name, chance.choice([*ids, "gone", "", str(one.get("id"))]))


def same_id(root: etree._Element, chance: Random) -> None:
    """Two elements have one id."""
    named = [one for one in root.iter(etree.Element) if one.get("id")]
    if len(named) > 1:
        one, other = chance.sample(named, 2)
        one.set("id", str(other.get("id")))


def bare(root: etree._Element, chance: Random) -> None:
    """An attribute is gone."""
    one = _some(root, chance)
    if one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]


def odd(root: etree._Element, chance: Random) -> None:
    """An attribute or a text says something odd."""
    one, said = _some(root, chance), chance.choice(_ODD)
    if one.attrib and chance.random() < 0.7:
        one.set(chance.choice(list(one.attrib)), said)
    else:
        one.text = said


def rename(root: etree._Element, chance: Random) -> None:
    """An element is of another kind, or of none."""
    one = _some(root, chance)
    space = etree.QName(one).namespace
    tag = chance.choice(_TAGS)
    one.tag = f"{{{space}}}{tag}" if space and chance.random() < 0.9 else tag


def shuffle(root: etree._Element, chance: Random) -> None:
    """What an element holds stands in another order."""
    one = _some(root, chance)
    inner = list(one)
    chance.shuffle(inner)
    one[:] = inner


def nest(root: etree._Element, chance: Random) -> None:
    """An element lies many times in copies of itself."""
    one = _inner(root, chance)
    if one is not None and len(list(one.iter())) < 20:
        for _ in range(chance.choice((3, 40, 260))):
            inside = copy.deepcopy(one)
            for child in list(one):
                one.remove(child)
            one.append(inside)
            one = inside


def crowd(root: etree._Element, chance: Random) -> None:
    """An element stands there hundreds of times."""
    one = _inner(root, chance)
    if one is not None and len(list(one.iter())) < 20:
        for _ in range(300):
            one.addnext(copy.deepcopy(one))


def comment(root: etree._Element, chance: Random) -> None:
    """People and programs have written between the elements."""
    _some(root, chance).insert(0, etree.Comment(" & <x> "))
    _some(root, chance).insert(0, etree.ProcessingInstruction("php", "echo 1"))


def cut(source: bytes, chance: Random) -> bytes:
    """The end is missing."""
    return source[: chance.randrange(len(source))]


def noise(source: bytes, chance: Random) -> bytes:
    """Some bytes are others."""
    written = bytearray(source)
    for _ in range(chance.choice((1, 3, 20))):
        written[chance.randrange(len(written))] = chance.randrange(256)
    return bytes(written)


def hole(source: bytes, chance: Random) -> bytes:
    """A piece is missing."""
    begin = chance.randrange(len(source))
    return source[:begin] + source[begin + chance.randrange(1, 400) :]


def declared(source: bytes, chance: Random) -> bytes:
    """The encoding is not the one that it names."""
    body = source.split(b"?>", 1)[-1]
    name = chance.choice(("utf-16", "gb18030", "ascii", "latin-1", "utf-7", "x-nothing", "EBCDIC-CP-US", ""))
    return f'<?xml version="1.0" encoding="{name}"?>'.encode() + body


def encoded(source: bytes, chance: Random) -> bytes:
    """It is written in another encoding, rightly declared or not at all."""
    body = source.split(b"?>", 1)[-1].decode("utf-8", errors="replace")
    name = chance.choice(("utf-16", "utf-32", "gb18030", "utf-8-sig", "big5", "latin-1"))
    head = chance.choice(("", f'<?xml version="1.0" encoding="{name}"?>'))
    return (head + body).encode(name, errors="replace")


def entities(source: bytes, chance: Random) -> bytes:
    """It brings entities: ones that swell, that read files, that are not declared."""
    swell = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};">' for n in range(1, 12))
    kind = chance.choice((f'<!ENTITY a0 "ha">{swell}', '<!ENTITY a11 SYSTEM "file:///etc/hostname">', '<!ENTITY % p "x">', ""))
    body = source.split(b"?>", 1)[-1].replace(b'name="', b'name="&a11;', 1)
    return f"<!DOCTYPE definitions [{kind}]>".encode() + body if kind else body


def nothing(_source: bytes, chance: Random) -> bytes:
    """There is nothing in it, or nothing of use."""
    return chance.choice(_NOTHING)


def huge(source: bytes, chance: Random) -> bytes:
    """It is beyond all measure."""
    head, _, rest = source.rpartition(b"</")
    much = chance.choice((b"<!--" + b"x" * _HUGE + b"-->", b"<x>" * 300_000, b" " * _HUGE, b"<x/>" * 100_000))
    return head + much + b"</" + rest


_TREE: tuple[Callable[[etree._Element, Random], None], ...] = (
    drop, drop, unwrap, double, move, swap, swap, repoint, repoint, same_id, bare, bare, odd, odd, rename, shuffle, nest, crowd,
    comment,
)  # fmt: skip
_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    cut, noise, hole, declared, encoded, entities, nothing, noise, hole, huge,
)  # fmt: skip
