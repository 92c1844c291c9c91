"""One's own choices: which place goes before which, and what is told of a file that is wrong."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.drive import press
from tuibp.app.app import TuibpApp
from tuibp.app.desk import Desk
from tuibp.app.own_keys import keymap_of
from tuibp.app.start import choose
from tuibp.cli import main
from tuibp.files import load
from tuibp.files.config import read_config
from tuibp.locale.choice import named, of_environment
from tuibp.locale.preferred import language_in_file


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the file."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "tuibp").mkdir()
    return tmp_path / "tuibp" / "config.toml"


def test_what_config_prints_says_the_same_again(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text('theme = "light"\npace = 50\n[keys]\ntrain = "ctrl+t"\nstep = ["n", "?"]\n')
    assert main(["config"]) == 2  # n was the notebook's, ? the help's
    first = capsys.readouterr().out
    assert tomllib.loads(first)["keys"]["step"] == ["n", "?"]
    own.write_text(first)
    main(["config"])
    assert tomllib.loads(capsys.readouterr().out) == tomllib.loads(first)


def test_a_variable_goes_before_the_file_and_each_says_where_it_comes_from(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text('theme = "light"\ncolor = 16\n')
    monkeypatch.setenv("TUIBP_THEME", "dark")
    monkeypatch.setenv("TUIBP_KEYS", "train=f9")
    assert main(["config", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["settings"]["theme"] == {"value": "dark", "source": "TUIBP_THEME"}
    assert told["settings"]["color"] == {"value": "16", "source": str(own)}
    assert told["settings"]["ascii"]["source"] == "default"
    assert told["keys"]["train"] == {"value": ["f9"], "source": "TUIBP_KEYS"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('theme = "blue"', "theme: must be one of auto, dark, light"),
        ('them = "dark"', "them: there is no such setting; did you mean theme?"),
        ("theme =", "is not TOML"),
        ('pace = "fast"', "pace: must be auto, or updates a second"),
        ("ascii = 3", "ascii: must be true or false"),
        ("keys = 3", "keys: must be a table"),
        ('[keys]\nstep = "j"\ntrain = "j"', "keys.train: j is keys.step already"),
        ('[keys]\nstep = "s"', "keys.step: s was the key of size, which has none now"),
        ('[keys]\nrace_sweep = "r"', "keys.race_sweep: r was the key of race_again, which has none now"),
        ('[keys]\nrace_again = "j"\nrace_sweep = "j"', "keys.race_sweep: j is keys.race_again already"),
        ('[keys]\nsteps = "s"', "keys.steps: there is no such key; did you mean step?"),
        ('[keys]\nstep = "hyper+q+"', "there is no key 'hyper+q+'"),
        ("[keys]\nstep = []", "keys.step: must be a key or a list of keys"),
        ("a" + ".a" * 50 + " = 1", "is nested too deeply"),
    ],
)
def test_what_is_wrong_gets_one_line_and_what_is_right_holds(
    own: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text("ascii = true\n" * ("ascii" not in text) + text)
    assert main(["config"]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert line.startswith(f"tuibp: {own}: ")
    assert told in line
    whole = "TOML" not in told and "nested" not in told and "ascii" not in text
    assert read_config({"XDG_CONFIG_HOME": str(own.parent.parent)})["ascii"] == whole
    desk = Desk.of(load("mazur"))
    choose(desk, read_config({"XDG_CONFIG_HOME": str(own.parent.parent)}))
    assert told in desk.message, "the program starts, and says it"


def test_the_language_is_the_variable_s_before_the_file_s_before_the_system_s(own: Path) -> None:
    system = {"LANG": "zh_TW.UTF-8", "XDG_CONFIG_HOME": str(own.parent.parent)}

    def asked(**more: str) -> str:
        return of_environment(system | more, named(language_in_file(system)))

    assert asked() == "zh-TW"
    own.write_text('language = "en"\n')
    assert asked() == "en"
    assert asked(TUIBP_LANG="zh_TW") == "zh-TW"
    own.write_text("language = \n")
    assert asked() == "zh-TW"


async def test_own_keys_do_what_they_say_and_footer_help_and_panels_show_them(own: Path) -> None:
    own.write_text('[keys]\nstep = "n"\nnotebook = "f5"\nhelp = "f1"\nsave = "ctrl+s"\n')
    config = read_config({"XDG_CONFIG_HOME": str(own.parent.parent)})
    desk = Desk.of(load("mazur"))
    choose(desk, config)
    assert keymap_of(config)[1] == ()
    app = TuibpApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "n step" in app.text().splitlines()[-1]
        await pilot.press("n")
        assert desk.state.place.stop > 0
        stop = desk.state.place.stop
        await pilot.press("space")
        assert desk.state.place.stop == stop, "the table's key is no key any more"
        await press(pilot, "p")
        await pilot.pause()
        assert "f1 help" in app.text().splitlines()[-1]
        await pilot.press("f1")
        await pilot.pause()
        assert "ctrl+s" in app.text()


def test_a_key_of_a_panel_that_is_lost_is_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text('[keys]\nstep = "h"\nsettings = "f2"\n')
    assert main(["config"]) == 2
    line = capsys.readouterr().err
    assert line == f"tuibp: {own}: keys.step: h was the key of matrices_measure, which has none now; ctrl+p finds it\n"


async def test_own_keys_hold_in_every_panel_that_has_the_table_s(own: Path) -> None:
    names = "up", "down", "left", "right", "settings", "lessons", "leave", "race_sweep"
    keys = "k", "j", "h", "l", "f2", "f3", "f4", "s"
    own.write_text("[keys]\n" + "".join(f'{name} = "{key}"\n' for name, key in zip(names, keys, strict=True)))
    desk = Desk.of(load("mazur"))
    choose(desk, read_config({"XDG_CONFIG_HOME": str(own.parent.parent)}))
    app = TuibpApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "end o")
        picker = app.screen
        assert "k j choose" in app.text().splitlines()[-1]
        before = picker.item  # type: ignore[attr-defined]  # the picker's
        await press(pilot, "j")
        assert picker.item != before  # type: ignore[attr-defined]
        await press(pilot, "k")
        assert picker.item == before  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert app.screen is picker, "esc is no key of a panel any more"
        await pilot.press("f4", "p")
        assert app.screen is not picker
        cursor = desk.scene().cursor
        await press(pilot, "l")
        assert desk.scene().cursor != cursor
        assert "h l weight" in app.text().splitlines()[-1]
        await pilot.press("f4", "r", "s")
        assert "s sweep" in app.text().splitlines()[-1]


def test_the_table_s_keys_hold_where_nothing_is_said() -> None:
    assert keymap_of(read_config({"XDG_CONFIG_HOME": "/nowhere"})) == keymap_of(read_config({}))


def test_completion_knows_commands_options_presets(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        script = capsys.readouterr().out
        for word in ("explain", "--weight", "--low-bandwidth", "deep-sigmoid"):
            assert word.lstrip("-") in script, (shell, word)
