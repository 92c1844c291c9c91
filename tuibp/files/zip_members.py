"""Members of a small zip file, each size checked before memory is taken.

The standard library's reader is complete, and its import alone takes longer than opening a network may. An .npz
needs little of it: members stored or deflated, in one piece, none encrypted, below 4 GB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

END = struct.Struct("<4s4H2LH")
ENTRY = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
MEMBERS = 4_096


def members(content: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    """Name and content of every member, at most `limit` bytes in all. Raises ValueError."""
    try:
        yield from _members(content, limit)
    except (struct.error, zlib.error) as error:
        raise ValueError(f"is a damaged zip file: {error}") from None


def _members(content: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - END.size - 65_535))
    if at < 0:
        raise ValueError("is not a zip file")
    count, directory = (END.unpack_from(content, at)[i] for i in (4, 6))
    if count > MEMBERS:
        raise ValueError(f"has {count:,} members, more than {MEMBERS:,}")
    for _number in range(count):
        fields = ENTRY.unpack_from(content, directory)
        signature, flags, method = fields[0], fields[3], fields[4]
        check, packed, size, name_length, extra, comment, start = *fields[7:13], fields[16]
        if signature != b"PK\x01\x02":
            raise ValueError("is a damaged zip file")
        name = content[directory + ENTRY.size : directory + ENTRY.size + name_length].decode("utf-8", "replace")
        limit -= size
        if limit < 0 or packed > len(content):
            raise ValueError("unpacks to more than is read")
        yield name, _unpack(content, start, packed, size, method, flags, check)
        directory += ENTRY.size + name_length + extra + comment


def _unpack(content: bytes, start: int, packed: int, size: int, method: int, flags: int, check: int) -> bytes:
    local = LOCAL.unpack_from(content, start)
    if local[0] != b"PK\x03\x04" or flags & 1 or method not in (0, 8):
        raise ValueError("has a member that is damaged, encrypted or packed in a way that is not read")
    begin = start + LOCAL.size + local[9] + local[10]
    data = content[begin : begin + packed]
    if method == 8:
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, size + 1)
    if len(data) != size or zlib.crc32(data) != check:
        raise ValueError("has a damaged member")
    return data
