"""Golden files: what was once written for good is compared, and rewritten only on purpose."""

import json
import os
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "golden"


def assert_golden(name: str, found: object) -> None:
    """Compare with tests/golden/<name>; `make golden` writes it, for a reviewer to read."""
    path = FOLDER / name
    if os.environ.get("SOLDE_GOLDEN") == "write":
        path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    assert found == json.loads(path.read_text()), f"{name}: run `make golden` if this is meant"


def assert_golden_text(name: str, found: str) -> None:
    """The same for text, kept as it is so that a reviewer reads its lines."""
    path = FOLDER / name
    if os.environ.get("SOLDE_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    assert found == kept, f"{name}: run `make golden` if this is meant"
