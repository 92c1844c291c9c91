"""What all tests need: state that is saved goes to a folder of the test's own, and a busy machine fails no deadline."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("busy", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)  # the same change passes or fails every time
settings.load_profile("ci" if os.environ.get("CI") else "busy")


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    for name in [name for name in os.environ if name.startswith("TUIBP_")]:
        monkeypatch.delenv(name)


ROOT = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="the large products whole, not the sample CI runs")


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest) -> bool:
    """Whether the large products (keys × presets × screens × sizes, random walks) are wanted whole."""
    return bool(request.config.getoption("--whole"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on real lines take time on a machine that others may use: one bad moment is no failure. No other is tried
    again, or a race would hide; nor one that says itself how often it may be tried."""
    for item in items:
        if ROOT / "terminal" in item.path.parents and item.get_closest_marker("flaky") is None:
            item.add_marker(pytest.mark.flaky(reruns=3, reruns_delay=1))
