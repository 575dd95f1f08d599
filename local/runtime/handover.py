"""Hand a call over from a process with old sources to a fresh one in its place."""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "LOCAL_HANDED_OVER"


@dataclass(frozen=True, slots=True)
class Call:
    """An invocation as the Runtime API brought it."""

    body: bytes
    headers: dict[str, str]


def changed_since(started_ns: int, roots: Sequence[str], folders: Iterable[Path]) -> bool:
    """Tell whether a loaded module below the roots, or a file in the folders, is younger."""
    loaded = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    files = [file for file in loaded if file and file.startswith(tuple(roots))]
    files += [str(file) for folder in folders for file in folder.rglob("*")]
    return any(_modified_ns(file) > started_ns for file in files)


def start_again(call: Call) -> None:
    """Replace this process by a fresh one that answers the call."""
    handle, path = tempfile.mkstemp(prefix="handed-over-")
    with os.fdopen(handle, "w") as file:
        json.dump({"body": call.body.decode(), "headers": call.headers}, file)
    environment = {**os.environ, VARIABLE: path}
    command = [sys.executable, "-P", "-u", "-m", "local.runtime.client"]
    os.execve(sys.executable, command, environment)  # noqa: S606 - the same program again


def taken() -> Call | None:
    """Return the call that the process before this one handed over, once."""
    path = os.environ.pop(VARIABLE, None)
    if path is None:
        return None
    found = json.loads(Path(path).read_text())
    Path(path).unlink()
    return Call(found["body"].encode(), found["headers"])


def _modified_ns(file: str) -> int:
    try:
        return Path(file).stat().st_mtime_ns
    except FileNotFoundError:
        return sys.maxsize  # a file that is gone is a change, too
