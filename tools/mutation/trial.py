"""One trial: the tests of a module in a process of their own, over the module or a mutant of it."""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Sequence
from types import CodeType, ModuleType
from typing import Any

import hypothesis.strategies  # noqa: F401 - loaded once, before every fork
import pytest
import xdist.scheduler.loadfile  # noqa: F401 - likewise

DIED, PASSED = "killed", "survived"
SLOWER = 10
"""A mutant that takes so many times as long as the module itself does not come to an end."""


class Instead(importlib.abc.MetaPathFinder):
    """Finds one module as it stands, and gives it other code."""

    def __init__(self, name: str, code: CodeType) -> None:
        self._name, self._code = name, code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> Any:  # noqa: ANN401 - a spec or nothing
        if fullname != self._name:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return None
        code = self._code
        spec.loader.get_code = lambda _name: code  # type: ignore[attr-defined]
        return spec


def tried(name: str, code: CodeType | None, tests: Sequence[str], *, seconds: float) -> str:
    """Run the tests over a module with other code; a run without end counts as one that fails."""
    child = os.fork()
    if child == 0:
        _run(name, code, tests)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return PASSED if os.waitstatus_to_exitcode(status) == 0 else DIED
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return DIED


def _run(name: str, code: CodeType | None, tests: Sequence[str]) -> None:
    """Never return: what the tests leave behind is of nobody's concern."""
    status = 1
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        if code is not None:
            sys.meta_path.insert(0, Instead(name, code))
        options = ["-x", "-q", "--no-header", "-p", "no:cacheprovider"]
        options += ["-m", "not hypothesis and not deep", "-o", "addopts=--import-mode=importlib"]
        options += ["-o", "filterwarnings=ignore"]  # what is loaded before a fork is warned of
        status = int(pytest.main([*options, *tests]))
    finally:
        os._exit(status)
