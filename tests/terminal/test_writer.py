from __future__ import annotations

import os
import time

from tuibp.app.output.writer import Writer


def test_writing_never_waits_for_a_reader_that_has_stopped() -> None:
    reader, sender = os.pipe()
    writer = Writer(sender)
    since = time.monotonic()
    for _ in range(1000):
        writer.write(b"x" * 1000)
    assert time.monotonic() - since < 0.2
    assert writer.accepted == 1_000_000
    assert writer.pending > 800_000
    since = time.monotonic()
    assert not writer.close(0.2)
    assert time.monotonic() - since < 0.4
    os.close(reader)


def test_everything_arrives_in_order() -> None:
    reader, sender = os.pipe()
    writer = Writer(sender)
    for number in range(1000):
        writer.write(b"%d," % number)
    assert writer.close(2)
    os.close(sender)
    with open(reader, "rb") as file:
        assert file.read() == b"".join(b"%d," % number for number in range(1000))


def test_a_terminal_that_has_gone_takes_everything_silently() -> None:
    reader, sender = os.pipe()
    os.close(reader)
    writer = Writer(sender)
    writer.write(b"x")
    assert not writer.close(1)
    assert writer.broken
    writer.write(b"x")
    assert writer.pending == 0
    os.close(sender)
