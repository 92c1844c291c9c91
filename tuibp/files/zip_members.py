"""Members of a small zip file, found by its directory and unpacked one by one: what is not wanted takes no memory.

The standard library's reader is complete, and its import alone takes longer than opening a network may. An .npz
needs little of it: members stored or deflated, in one piece, none encrypted, below 4 GB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tuibp.files.heed import PIECE, read_told, tell
from tuibp.locale import _

END = struct.Struct("<4s4H2LH")
ENTRY = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
MEMBERS = 4_096
DIRECTORY_BYTES = 1_000_000


@dataclass(frozen=True)
class Member:
    name: str
    packed: int
    """Bytes in the file."""
    size: int
    """Bytes that it says it unpacks to."""
    method: int
    flags: int
    check: int
    """CRC-32."""
    start: int
    """Where its own header stands."""


def directory(file: BinaryIO, length: int) -> list[Member]:
    """All members of a zip file of so many bytes. Raises ValueError."""
    try:
        return list(_directory(file, length))
    except struct.error:
        raise ValueError(_("is a damaged zip file")) from None


def _directory(file: BinaryIO, length: int) -> Iterator[Member]:
    file.seek(max(0, length - END.size - 65_535))
    tail = file.read(END.size + 65_535)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise ValueError(_("is not a zip file"))
    count, begin = (END.unpack_from(tail, at)[i] for i in (4, 6))
    if count > MEMBERS:
        raise ValueError(_("has {count:,} members, more than {most:,}").format(count=count, most=MEMBERS))
    file.seek(begin)
    content, at = file.read(DIRECTORY_BYTES), 0
    for _number in range(count):
        fields = ENTRY.unpack_from(content, at)
        signature, flags, method = fields[0], fields[3], fields[4]
        check, packed, size, name_length, extra, comment, start = *fields[7:13], fields[16]
        if signature != b"PK\x01\x02" or packed > length or flags & 1 or method not in (0, 8):
            raise ValueError(_("has a member that is damaged, encrypted or packed in a way that is not read"))
        name = content[at + ENTRY.size : at + ENTRY.size + name_length].decode("utf-8", "replace")
        yield Member(name, packed, size, method, flags, check, start)
        at += ENTRY.size + name_length + extra + comment


def beginning(file: BinaryIO, member: Member, length: int) -> bytes:
    """The first `length` bytes of a member, unchecked. Raises ValueError."""
    return _content(file, member, min(length, member.size), min(length + 1_000, member.packed))


def unpacked(file: BinaryIO, member: Member) -> bytes:
    """The whole of a member, of the size and the checksum that the directory says. Raises ValueError."""
    content = _content(file, member, member.size + 1, member.packed)
    if len(content) != member.size or zlib.crc32(content) != member.check:
        raise ValueError(_("is damaged"))
    return content


def _content(file: BinaryIO, member: Member, most: int, packed: int) -> bytes:
    """At most so many bytes of a member, from so many packed ones."""
    file.seek(member.start)
    try:
        local = LOCAL.unpack(file.read(LOCAL.size))
        if local[0] != b"PK\x03\x04":
            raise ValueError(_("is damaged"))
        file.seek(local[9] + local[10], 1)
        if member.method == 0:
            return read_told(file, min(most, packed))
        return _inflated(file.read(packed), most)
    except (struct.error, zlib.error):
        raise ValueError(_("is damaged")) from None


def _inflated(packed: bytes, most: int) -> bytes:
    """At most so many bytes of what is packed there."""
    unpacking, content = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
    while packed and len(content) < most:
        piece = unpacking.decompress(packed, min(PIECE, most - len(content)))
        content += piece
        packed = unpacking.unconsumed_tail if piece else b""
        tell(len(content), most)
    return bytes(content)
