"""Which language is spoken, and that its catalogue is whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

from tests.messages import catalogues, merged, source_messages
from tuibp.locale.catalogue import compiled, entries
from tuibp.locale.choice import of_environment, of_words

ZH = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TUIBP_LANG": "zh-TW", "TERM": "xterm-256color"}
PLACES = re.compile(r"\{[^{}]*\}|%\(\w+\)[rs]|%[rs]")


def said(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """What the program writes where the environment is this."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("L", "T"))}
    command = [sys.executable, "-m", "tuibp", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=kept | environ, timeout=60)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_HK.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_Hant_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_TW:en"}, "zh-TW"),
        ({"LANG": "C", "LANGUAGE": "zh_TW"}, "en"),
        ({"LANG": "zh_TW.UTF-8", "TUIBP_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "TUIBP_LANG": "zh_tw"}, "zh-TW"),
        ({"LANG": "../../zh_TW"}, "en"),
    ],
)
def test_the_language_is_tuibp_lang_or_else_the_locale(environ: dict[str, str], language: str) -> None:
    assert of_environment(environ) == language


def test_the_option_is_taken_from_wherever_it_stands() -> None:
    assert of_words(["trace", "--lang", "en", "xor"]) == ("en", ["trace", "xor"])
    assert of_words(["--lang=zh-TW", "xor"]) == ("zh-TW", ["xor"])
    assert of_words(["xor", "--log", "x"]) == (None, ["xor", "--log", "x"])
    assert of_words(["--", "--lang", "en"]) == (None, ["--", "--lang", "en"])


def test_a_language_that_there_is_not_gets_one_line() -> None:
    for found in (said("--lang", "fr"), said("presets", TUIBP_LANG="fr")):
        assert (found.returncode, found.stdout) == (2, "")
        assert found.stderr.count("\n") == 1
        assert "en, zh-TW" in found.stderr


def test_catalogues_are_in_step_with_the_source() -> None:
    """Where this fails: `python -m tests.messages`."""
    for path in catalogues():
        source = path.read_text("utf-8")
        assert merged(source, source_messages()) == source


def test_no_place_for_a_value_is_lost_or_invented() -> None:
    wrong = []
    for path in catalogues():
        for message, translation in entries(path.read_text("utf-8")).items():
            if message and not places(translation) <= places(message):
                wrong.append((message, translation))
            # A word for one alone, or what is a word of the sentence here and none there, may be left out by nobody.
            if message and not places(translation) >= places(message.rpartition("\0")[2]):
                wrong.append((message, translation))
    assert wrong == []


def places(text: str) -> set[str]:
    return set(PLACES.findall(text))


def test_one_thing_has_one_name() -> None:
    """Names that the glossary lists as those of elsewhere are in no sentence."""
    other = (
        "類神經網路 偏置 偏權值 啟用值 活化值 激活函數 活化函數 啟動函式 成本 損失函數 學習速率 倒傳遞 前饋 順向傳遞"
    )
    other += " 鏈式法則 偏微分 逐元素乘積 樣本 小批量 回合 正則化 過擬合 變化率因子"
    root = Path(__file__).parent.parent
    texts = [*catalogues(), *(path for path in (root / "presets").rglob("*") if path.suffix in (".toml", ".md"))]
    found = {(path.name, name) for path in texts for name in other.split() if name in path.read_text("utf-8")}
    assert found == set()


def test_nothing_in_a_catalogue_is_a_guess() -> None:
    assert [path for path in catalogues() if "fuzzy" in path.read_text("utf-8")] == []


def test_the_built_catalogue_says_what_its_source_says() -> None:
    source = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "a\\n"
"“b”"
msgstr "甲"

msgid "{n} c"
msgid_plural "{n} cs"
msgstr[0] "{n} 丙"

msgid "d"
msgstr ""
"""
    built = GNUTranslations(BytesIO(compiled(source)))
    assert built.gettext("a\n“b”") == "甲"
    assert built.ngettext("{n} c", "{n} cs", 7) == "{n} 丙"
    assert built.gettext("d") == "d"


def test_reading_the_source_is_quick_enough_for_a_start() -> None:
    path = next(p for p in catalogues() if "zh_TW" in str(p))
    code = (
        "import time, pathlib; from tuibp.locale.catalogue import compiled\n"
        f"text = pathlib.Path({str(path)!r}).read_text('utf-8'); best = 9\n"
        "for _ in range(5):\n"
        "    start = time.process_time(); compiled(text); best = min(best, time.process_time() - start)\n"
        "print(best)"
    )
    taken = float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert taken < 0.15


def test_screens_in_chinese_have_no_english_sentence_and_no_line_that_is_cut(whole: bool, tmp_path: Path) -> None:
    """A sample of key scripts × presets × sizes; all of them with `--whole`."""
    share = "1" if whole else "0.004"
    environ = os.environ | {"XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "tests.chinese", share]
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=environ, timeout=3600)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_where_chinese_cannot_be_shown_english_is_spoken_and_doctor_says_so() -> None:
    found = said("doctor", **ZH | {"TERM": "linux"})
    assert "English: this terminal cannot show zh-TW" in found.stdout
    assert "繁體中文" in said("doctor", **ZH).stdout


def test_the_wheel_s_hook_is_a_file_that_the_source_archive_brings() -> None:
    assert ".ci/build_catalogues.py" in Path(__file__).parent.parent.joinpath("pyproject.toml").read_text("utf-8")
