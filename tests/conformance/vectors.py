"""Load vectors from a directory and put them to the engine, one by one."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conformance.answers import same
from tests.conformance.asked import Asked, Convention, UnsupportedError
from tests.conformance.kinds import KINDS

HERE = Path(__file__).parent / "vectors"

Kind = Callable[[Asked], Mapping[str, Any]]


@dataclass(frozen=True)
class Result:
    area: str
    kind: str
    id: str
    outcome: str
    """passed, failed or unsupported"""
    detail: str = ""


def directory() -> Path:
    return Path(os.environ.get("SOLDE_VECTORS", HERE))


def load(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))["vectors"]


def run(vector: Mapping[str, Any]) -> Result:
    """Ask the engine; an exception is a failure with its text, not the end of the run."""
    name = (vector["area"], vector["kind"], vector["id"])
    asked = Asked(vector["kind"], vector["input"], Convention.of(vector.get("convention") or {}))
    try:
        found = _answered(asked)
    except UnsupportedError as missing:
        return Result(*name, "unsupported", str(missing))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is this vector's failure
        return Result(*name, "failed", f"{type(error).__name__}: {error}")
    if same(found, vector["expected"]):
        return Result(*name, "passed")
    return Result(*name, "failed", f"expected {vector['expected']}, found {dict(found)}")


def _answered(asked: Asked) -> Mapping[str, Any]:
    if asked.kind not in KINDS:
        raise UnsupportedError(f"no mapping for kind {asked.kind}")
    found = KINDS[asked.kind](asked)
    if unread := asked.convention.unread():
        raise UnsupportedError(f"no policy for {', '.join(unread)}")
    return found
