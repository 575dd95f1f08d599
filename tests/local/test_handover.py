"""When an environment is too old for its sources, and what it hands over."""

import json
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from local.runtime import handover
from local.runtime.handover import Call, changed_since, taken


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "used.py"
    file.write_text("")
    used = ModuleType("used_by_the_test")
    used.__file__ = str(file)
    monkeypatch.setitem(sys.modules, "used_by_the_test", used)
    return file


def test_only_what_is_younger_and_below_the_roots_counts(module: Path, tmp_path: Path) -> None:
    now, later = time.time_ns(), time.time_ns() + 10**12
    (tmp_path / "unused.py").write_text("")
    past = now - 10**12
    assert changed_since(past, [str(tmp_path)], [])
    assert not changed_since(later, [str(tmp_path)], [])
    assert not changed_since(past, [str(tmp_path / "elsewhere")], [])


def test_a_file_that_is_gone_is_a_change(module: Path, tmp_path: Path) -> None:
    module.unlink()
    assert changed_since(time.time_ns() + 10**12, [str(tmp_path)], [])


def test_files_of_a_watched_folder_count_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "invoice").mkdir()
    (tmp_path / "invoice" / "page.html").write_text("")
    assert changed_since(time.time_ns() - 10**12, ["/nowhere"], [tmp_path])
    assert not changed_since(time.time_ns() + 10**12, ["/nowhere"], [tmp_path])


def test_a_call_is_taken_over_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "call"
    file.write_text(json.dumps({"body": '{"a":"é"}', "headers": {"X": "1"}}))
    monkeypatch.setenv(handover.VARIABLE, str(file))
    assert taken() == Call('{"a":"é"}'.encode(), {"X": "1"})
    assert taken() is None
    assert not file.exists()
