"""A person's own choices: `config.toml` and the variables `TUIBP_…`, each with the place that it comes from.

What is wrong is told in a line and left out; everything else holds, so that a slip keeps nobody from opening a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tuibp.files.errors import BadInput, printable, printable_path
from tuibp.locale import _
from tuibp.locale.choice import LANGUAGES, VARIABLE
from tuibp.locale.preferred import config_path

DEFAULT = "default"
AUTO = "auto"
THEMES = (AUTO, "dark", "light")
COLORS = (AUTO, "always", "never", "16", "256")
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True)
class Chosen:
    """A value, and where it comes from: a file, a variable of the environment, or the program itself."""

    value: Any
    source: str = DEFAULT


@dataclass(frozen=True)
class Config:
    """All that a person can choose once and for all."""

    path: Path | None = None
    """Of the file, whether or not there is one."""
    settings: Mapping[str, Chosen] = field(default_factory=lambda: {name: Chosen(d) for name, d in DEFAULTS.items()})
    keys: Mapping[str, Chosen] = field(default_factory=dict)
    """Keys of one's own by the name of their row: tuples of what was written, not yet held to the table."""
    objections: tuple[str, ...] = ()
    """What is wrong, a line each: file, place, reason."""

    def __getitem__(self, name: str) -> Any:
        return self.settings[name].value


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        text = str(value) if type(value) is int else value
        if text not in choices:
            raise BadInput(_("must be one of {choices}").format(choices=", ".join(choices)))
        return text

    return read


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in YES + NO:
        return str(value).lower() in YES
    raise BadInput(_("must be true or false"))


def _pace(value: Any) -> str | float:
    if value == AUTO:
        return AUTO
    try:
        pace = float(value)
    except (TypeError, ValueError, OverflowError):
        pace = -1.0
    if isinstance(value, bool) or not pace >= 1.0:
        raise BadInput(_("must be auto, or updates a second: 1 or more"))
    return pace


DEFAULTS: dict[str, Any] = {"theme": AUTO, "color": AUTO, "ascii": False, "language": AUTO, "pace": AUTO}
_READ: dict[str, Callable[[Any], Any]] = {
    "theme": _one_of(THEMES), "color": _one_of(COLORS), "ascii": _truth, "language": _one_of((AUTO, *LANGUAGES)),
    "pace": _pace,
}  # fmt: skip


def read_config(environ: Mapping[str, str]) -> Config:
    """What variables and file say; a variable goes before the file. Never raises: see `Config.objections`."""
    path = config_path(environ)
    settings = {name: Chosen(default) for name, default in DEFAULTS.items()}
    keys: dict[str, Chosen] = {}
    objections: list[str] = []
    for source, name, value in [*_of_file(path, objections), *_of_variables(environ)]:
        place = f"{source}: {printable(name)}" if source[:1] in "/…" else source
        try:
            if name.startswith("keys."):
                keys[name.removeprefix("keys.")] = Chosen(_written_keys(value), source)
            elif name in _READ:
                settings[name] = Chosen(_READ[name](value), source)
            else:
                from tuibp.files.nearest import did_you_mean

                raise BadInput(_("there is no such setting") + did_you_mean(name, [*_READ, "keys"]))
        except BadInput as error:
            objections.append(f"{place}: {error}")
    return Config(path, settings, keys, tuple(objections))


def _of_file(path: Path | None, objections: list[str]) -> Iterator[tuple[str, str, Any]]:
    """(source, name, value) of what stands in the file; keys are named `keys.step`."""
    if path is None or not path.exists():
        return
    from tuibp.files.toml_file import read_toml

    try:
        top = read_toml(path)
    except BadInput as error:
        objections.append(str(error))
        return
    source = printable_path(path)
    for name, value in top.items():
        if name != "keys":
            yield source, name, value
        elif isinstance(value, dict):
            yield from ((source, f"keys.{key}", chosen) for key, chosen in value.items())
        else:
            objections.append(f"{source}: keys: " + _("must be a table: [keys]"))


def _of_variables(environ: Mapping[str, str]) -> Iterator[tuple[str, str, Any]]:
    """The same of the environment: TUIBP_THEME=light, TUIBP_KEYS="step=n train=ctrl+t"."""
    for name in DEFAULTS:
        variable = VARIABLE if name == "language" else f"TUIBP_{name.upper()}"
        if value := environ.get(variable):
            yield variable, name, value.replace("_", "-").replace("tw", "TW") if name == "language" else value
    for word in environ.get("TUIBP_KEYS", "").split():
        name, _equals, written = word.partition("=")
        yield "TUIBP_KEYS", f"keys.{name}", [written] if written == "," else written.split(",")


def _written_keys(value: Any) -> tuple[str, ...]:
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list) or not written or not all(isinstance(key, str) and key for key in written):
        raise BadInput(_("must be a key or a list of keys"))
    return tuple(written)
