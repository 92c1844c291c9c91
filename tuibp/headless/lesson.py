"""`tuibp lesson --list`: what there is to learn."""

from __future__ import annotations

from tuibp.headless.output import say
from tuibp.locale import _


def listed() -> int:
    """A line a lesson, in the order in which they are learned."""
    from tuibp.app.bench import Bench
    from tuibp.files.folder import lesson_names
    from tuibp.files.lesson_file import load_lesson

    names = lesson_names()
    wide = max(map(len, names))
    for name in names:
        lesson = load_lesson(name, Bench.known)
        told = _("{name}  {pages:>2} pages  {title}")
        say(told.format(name=name.ljust(wide), pages=len(lesson.pages), title=lesson.title.spoken))
    return 0
