"""Builds the message catalogues into the wheel: each .po as the .mo that gettext reads."""

from __future__ import annotations

import runpy
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """Runs `tuibp/locale/catalogue.py` alone, since nothing else is installed yet. Editable installs read the .po."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root, built = Path(self.root), Path(mkdtemp(prefix="tuibp-"))
        compiled = runpy.run_path(str(root / "tuibp/locale/catalogue.py"))["compiled"]
        for number, source in enumerate(sorted(root.glob("tuibp/locale/*/LC_MESSAGES/*.po"))):
            target = built / f"{number}.mo"
            target.write_bytes(compiled(source.read_text("utf-8")))
            build_data["force_include"][str(target)] = str(source.relative_to(root).with_suffix(".mo"))
